"""The text of settings.json: hooks go in and come out, and no other character changes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from toolkit.failure import ToolkitError
from toolkit.project_copy import settings

HOOKS: dict[str, list[Any]] = {
    "PostToolUse": [{"matcher": "Write", "hooks": [{"type": "command", "command": "format ü"}]}],
    "SubagentStop": [{"hooks": [{"type": "command", "command": "gates"}]}],
}
OWN = {"matcher": "Bash", "hooks": [{"type": "command", "command": 'echo "[{}],:"'}]}

TEXTS = {
    "empty object": "{}",
    "empty object with a line break": "{\n}\n",
    "one line": '{"model": "opus"}',
    "inline lists": '{\n  "permissions": {"allow": ["Read", "Bash(ls:*)"]},\n  "model": "opus"\n}\n',
    "four spaces": '{\n    "model": "opus"\n}\n',
    "tabs": '{\n\t"model": "opus"\n}\n',
    "windows line ends": '{\r\n  "model": "opus"\r\n}\r\n',
    "empty hooks": '{"hooks": {}}',
    "empty event": '{"hooks": {"SubagentStop": []}, "model": "opus"}',
    "own hooks of another event": json.dumps({"hooks": {"Stop": [OWN]}}),
    "own hooks of the same events": json.dumps({"hooks": {"PostToolUse": [OWN], "SubagentStop": [OWN]}}, indent=1),
    "a key called hooks elsewhere": '{"env": {"hooks": "{}"}, "a \\"hooks\\"": [1, {"hooks": []}]}',
    "not in ASCII": '{"env": {"NAME": "J\\u00fcrgen Müller 日本"}}',
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hooks_go_in_and_come_out_to_the_character(text: str) -> None:
    after, inserted = settings.with_hooks(text, HOOKS)
    found, before = json.loads(after), json.loads(text)
    for event, groups in HOOKS.items():
        assert found["hooks"][event] == before.get("hooks", {}).get(event, []) + groups
    assert {key: value for key, value in found.items() if key != "hooks"} == {
        key: value for key, value in before.items() if key != "hooks"
    }
    assert {*found.get("hooks", {})} == {*before.get("hooks", {}), *HOOKS}
    assert settings.without_hooks(after, HOOKS, inserted) == text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_was_changed_since_survives(text: str) -> None:
    after, inserted = settings.with_hooks(text, HOOKS)
    changed = json.loads(after)
    changed["later"] = {"x": [1]}
    changed["hooks"].setdefault("Stop", []).append(OWN)
    left = json.loads(settings.without_hooks(json.dumps(changed), HOOKS, inserted))
    expected = json.loads(text)
    expected.setdefault("hooks", {}).setdefault("Stop", []).append(OWN)
    expected["hooks"] = {event: groups for event, groups in expected["hooks"].items() if groups}
    assert left == expected | {"later": {"x": [1]}}


def test_a_key_added_after_the_hooks_leaves_valid_text() -> None:
    after, inserted = settings.with_hooks('{\n  "model": "opus"\n}\n', HOOKS)
    later = after.removesuffix("\n}\n") + ',\n  "later": 1\n}\n'
    assert settings.without_hooks(later, HOOKS, inserted) == '{\n  "model": "opus",\n  "later": 1\n}\n'


def test_hooks_that_are_there_are_not_added_again() -> None:
    after, _ = settings.with_hooks(None, HOOKS)
    assert settings.with_hooks(after, HOOKS) == (after, [])


@pytest.mark.parametrize("text", [None, "", " \n"], ids=repr)
def test_without_settings_a_file_is_made(text: str | None) -> None:
    after, inserted = settings.with_hooks(text, HOOKS)
    assert json.loads(after) == {"hooks": HOOKS}
    assert settings.is_empty(settings.without_hooks(after, HOOKS, inserted))


def test_equal_hooks_of_the_users_own_layout_are_found() -> None:
    written = json.dumps({"hooks": HOOKS}, indent=8)
    assert settings.present(written, HOOKS) == HOOKS
    assert json.loads(settings.without_hooks(written, HOOKS, [])) == {}


@pytest.mark.parametrize("text", ["{", "[]", "null", '{"hooks": 1}', '{"hooks": {"Stop": {}}}', "// x\n{}"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ToolkitError):
        settings.with_hooks(text, HOOKS)
