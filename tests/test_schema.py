from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from packlint import schema

VALUES: list[Any] = [
    None, True, False, 0, 1, 3, -1, 1.5, "", "x", "red", "true", "3", "0", "fork", "plan", "high",
    {"name": ""}, {"name": "x"}, "https://x.example", "./x", [], ["x"], ["x", 1], [None], {}, {"x": 1},
]  # fmt: skip


@pytest.mark.parametrize("kind", schema.KINDS)
def test_the_schema_is_a_schema(kind: str) -> None:
    Draft202012Validator.check_schema(schema.load(kind))


@pytest.mark.parametrize("kind", schema.KINDS)
def test_misfits_are_what_jsonschema_refuses(kind: str) -> None:
    for key, part in schema.load(kind)["properties"].items():
        validator = Draft202012Validator(part)
        for value in VALUES:
            found = [misfit.key for misfit in schema.misfits(kind, {key: value}, "project")]
            fits = validator.is_valid(schema.as_read(kind, key, value))
            assert found == ([] if fits else [key]), (key, value)


@pytest.mark.parametrize(
    ("key", "value", "refused"),
    [
        *[("effort", ["low"], False), ("effort", [["Max"]], False), ("effort", ["low", "high"], True)],
        *[("effort", ["low", None], True), ("effort", [], True), ("effort", {"low": 1}, True), ("effort", [1], True)],
        *[("maxTurns", [3], False), ("maxTurns", ["3"], False), ("maxTurns", [], True), ("maxTurns", [True], True)],
        *[("autoCompactWindow", [200000], False), ("autoCompactWindow", [120, 123], False)],
        *[("autoCompactWindow", [200, 0], True), ("model", ["haiku"], True), ("permissionMode", ["plan"], True)],
        *[("memory", ["user"], True), ("isolation", ["worktree"], True), ("background", ["true"], True)],
    ],
)
def test_of_a_list_the_client_makes_a_text_for_some_keys(key: str, value: Any, refused: bool) -> None:
    assert [misfit.key for misfit in schema.misfits("agent", {key: value}, "project")] == ([key] if refused else [])


@pytest.mark.parametrize(
    ("values", "message", "consequence"),
    [
        ({"color": "magenta"}, "red, blue, green, yellow, purple, orange, pink or cyan", "the client ignores it"),
        ({"maxTurns": 0}, "a whole number from 1", "the client ignores it, so the agent has no limit"),
        ({"name": 3}, "a text", "the client does not load the agent"),
        ({"hooks": "x"}, "a mapping", "client 2.1.328 does not load the agent"),
    ],
)
def test_misfits_say_what_is_expected_and_what_happens(values: dict[str, Any], message: str, consequence: str) -> None:
    [misfit] = schema.misfits("agent", values, "project")
    assert (misfit.message, misfit.consequence) == (message, consequence)


def test_a_line_break_behind_a_word_is_a_part_of_it() -> None:
    assert [misfit.key for misfit in schema.misfits("agent", {"effort": "low\n"}, "project")] == ["effort"]
    assert not list(schema.misfits("agent", {"effort": "LOW", "maxTurns": "3\n"}, "project"))
