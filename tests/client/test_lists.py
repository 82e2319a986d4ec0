"""Of a list in a frontmatter the client makes a text, for some keys: packlint says for which."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from packlint import schema
from packlint.client import client as facts_of
from packlint.discovery.layout import Layout
from packlint.loading.numbers import whole_number
from tests.client.driver import drive
from tests.client.launching import MAIN_MODEL, launch_all
from tests.client.scripted_api import Call, Request, Turn
from tests.client.staging import Sample, stage

_AGENT = "---\nname: {name}\ndescription: plain\nmodel: sonnet\n{key}: {value}\n---\nBody of {name}.\n"
_EFFORTS = {"word": "max", "one": "[max]", "nested": "[[Max]]", "two": "[max, low]", "other": "[most]"}
# More turns than any agent here may take.
_PATIENCE = 6


def _agents(key: str, values: dict[str, str]) -> list[Sample]:
    return [
        Sample(name, f"agents/{name}.md", _AGENT.format(name=name, key=key, value=value).encode())
        for name, value in values.items()
    ]


def _launch(name: str) -> dict[str, Any]:
    return {"description": name, "prompt": f"go {name}", "subagent_type": name, "run_in_background": False}


@pytest.mark.parametrize("layout", list(Layout))
def test_the_effort_of_a_list_is_that_of_its_text(binary: Path, layout: Layout) -> None:
    roll = launch_all(binary, _agents("effort", _EFFORTS), layout)
    sent = {name.rpartition(":")[2]: request.body.get("output_config") for name, request in roll.sent.items()}
    honoured = {name for name in _EFFORTS if sent[name] == {"effort": "max"}}
    assert honoured == {"word", "one", "nested"}
    given = {"word": "max", "one": ["max"], "nested": [["Max"]], "two": ["max", "low"], "other": ["most"]}
    assert honoured == {name for name in given if not [*schema.misfits("agent", {"effort": given[name]}, layout.value)]}


def test_the_turns_of_a_list_are_those_of_its_text(binary: Path, version: str, tmp_path: Path) -> None:
    values = {"one": [3], "text": ["2"], "two": [2, 3], "grouped": [1, 500]}
    samples = _agents("maxTurns", {name: str(value).replace("'", '"') for name, value in values.items()})
    staged = stage(samples, Layout.PROJECT, tmp_path)
    turns = dict.fromkeys(values, 0)

    def answer(request: Request) -> Turn:
        name = next((name for name in values if f"go {name}" in request.texts), None)
        if name is not None:
            turns[name] += 1
            call = Call("Bash", {"command": "true", "description": "waits"}, f"toolu_{name}_{turns[name]}")
            return [call] if turns[name] < _PATIENCE else "done"
        if not request.body.get("tools") or request.tool_results:
            return "done"
        return [Call("Agent", _launch(name), f"toolu_{name}") for name in values]

    drive(binary, ["begin"], answer, staged.cwd, arguments=["--model", MAIN_MODEL])
    for name, value in values.items():
        read = whole_number(schema.as_read("agent", "maxTurns", value), facts_of(version))
        assert turns[name] == min(read or _PATIENCE, _PATIENCE), name
