"""An agent that is told to use a tool it does not get, and texts that only sound like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .packs import agent, findings


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Use Bash to run the tests.", ["7:5 TL013 warning"], id="told to"),
        pytest.param("1. Grep for callers.", ["7:4 TL013 warning"], id="told to in a list"),
        pytest.param(
            "The users are many. Use Bash to count them.", ["7:25 TL013 warning"], id="others spoken of before"
        ),
        pytest.param("Never use Bash for that.", [], id="told not to"),
        pytest.param("The user can use Bash to check.", [], id="the user's tool"),
        pytest.param("Ask the caller to run Grep.", [], id="the caller's tool"),
        pytest.param("The main session will use WebFetch for that.", [], id="the main session's tool"),
        pytest.param("```text\nUse Bash to run the tests.\n```", [], id="a text that is shown"),
    ],
)
def test_a_tool_that_is_not_granted(body: str, expected: list[str], tmp_path: Path) -> None:
    assert findings(tmp_path, agent(body, tools="Read, Edit"), "TL013") == expected


@pytest.mark.parametrize(
    ("tools", "expected"),
    [
        pytest.param("Read, MultiEdit", ["5:14 TL003 error"], id="nothing in its place"),
        pytest.param("Read, Edit, MultiEdit", ["5:20 TL003 warning"], id="what replaced it is listed"),
        pytest.param("Bash, LS", ["5:14 TL003 warning"], id="one of two that replaced it is listed"),
        pytest.param("Read, TodoRead", ["5:14 TL003 error"], id="nothing replaced it"),
    ],
)
def test_a_tool_that_is_gone_is_missed_where_nothing_replaces_it(
    tools: str, expected: list[str], tmp_path: Path
) -> None:
    assert findings(tmp_path, agent("You write.", tools=tools), "TL003") == expected


@pytest.mark.parametrize(
    ("tools", "expected"),
    [
        pytest.param("Read, Bash, Grep", ["7:5 TL013 info"], id="a search tool beside a shell, listed"),
        pytest.param("Read, Bash", ["7:5 TL013 info"], id="a search tool beside a shell"),
        pytest.param("Read", ["7:5 TL013 warning"], id="a search tool that is not listed"),
    ],
)
def test_to_be_told_to_search_is_advice_beside_a_shell(tools: str, expected: list[str], tmp_path: Path) -> None:
    assert findings(tmp_path, agent("Use Grep to find callers.", tools=tools), "TL013") == expected
