"""Tools that an agent does not get, and texts that only sound like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .packs import agent, command, findings, problems


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Use Bash to run the tests.", ["7:5 TL013 warning"], id="told to"),
        pytest.param("Use Bash to run. Use Bash to test.", ["7:5 TL013 warning"], id="told to twice"),
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


def test_an_agent_without_any_tool_is_told_so_once(tmp_path: Path) -> None:
    files = agent("Use Bash to run the tests.", model="haiku", tools="Foo")
    assert findings(tmp_path, files, "TL") == ["5:8 TL001 warning", "5:8 TL006 error"]


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


@pytest.mark.parametrize(
    ("tools", "expected"),
    [
        pytest.param("Read | Edit", ["5:13 TL012 warning"], id="a bar loses nothing"),
        pytest.param("Read, `Edit`", ["5:14 TL012 error"], id="back ticks lose the tool"),
        pytest.param('"Read\\tEdit, Write"', ["5:8 TL012 error"], id="a tab parts nothing"),
        pytest.param("Read, MCP__github", ["5:14 TL002 error"], id="a server in capitals"),
        pytest.param("Read, mcp__", ["5:14 TL001 warning"], id="no server"),
        pytest.param("mcp__github__get, Foo", ["5:26 TL001 warning"], id="a server may be there"),
    ],
)
def test_a_token_that_names_no_tool(tools: str, expected: list[str], tmp_path: Path) -> None:
    assert findings(tmp_path, agent("You write.", model="haiku", tools=tools), "TL") == expected


def test_both_search_tools_beside_a_shell_are_one_finding(tmp_path: Path) -> None:
    found = problems(tmp_path, agent("You review.", tools="Read, Grep, Glob, Bash"), "TL009")
    assert [problem.message for problem in found] == ["'Grep' and 'Glob' are withheld because the agent has Bash"]


def test_no_tool_is_proposed_whose_name_says_more(tmp_path: Path) -> None:
    found = problems(tmp_path, agent("You write.", tools="Read, Update"), "TL001")
    assert [problem.message for problem in found] == ["unknown tool 'Update'"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(agent("You write.", tools="Read, MultiEdit"), ["5:14 TL003 error"], id="its work is lost"),
        pytest.param(
            agent("You write.", tools="Edit, MultiEdit, LS, Bash"),
            ["5:14 TL003 warning", "5:25 TL003 warning"],
            id="the list has what took its place",
        ),
        pytest.param(agent("You write.", tools="Read, TodoRead"), ["5:14 TL003 error"], id="nothing took its place"),
        pytest.param(agent("You read.", disallowedTools="Edit, MultiEdit"), ["5:24 TL003 warning"], id="denied"),
        pytest.param(command("Ship it.", allowed_tools="Read, LS"), ["3:22 TL003 warning"], id="granted"),
    ],
)
def test_a_tool_that_is_gone_is_an_error_where_something_is_lost(
    files: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    assert findings(tmp_path, files, "TL003") == expected


@pytest.mark.parametrize(
    ("model", "severity"),
    [
        pytest.param("haiku fast", "error", id="two words"),
        pytest.param("some thing", "error", id="two words that nobody knows"),
        pytest.param("hiaku", "error", id="a slip"),
        pytest.param("bogus", "warning", id="what another service may have"),
    ],
)
def test_a_model_that_can_be_none_is_an_error(model: str, severity: str, tmp_path: Path) -> None:
    assert findings(tmp_path, agent("You write.", model=model), "FM016") == [f"4:8 FM016 {severity}"]


@pytest.mark.parametrize(
    ("tools", "version", "expected"),
    [
        pytest.param("Bash, Monitor", "2.1.197", ["5:14 TL007 warning"], id="a tool of newer clients"),
        pytest.param("Bash, Monitor", "2.1.328", [], id="the same in a newer client"),
        pytest.param("Read, TaskList", "2.1.328", ["5:14 TL007 warning"], id="a tool of older clients"),
        pytest.param("Read, ToolSearch", "2.1.328", [], id="a tool that the client adds itself"),
        pytest.param("LSP", "2.1.328", [], id="a tool of another setting"),
    ],
)
def test_a_tool_that_another_client_gives(tools: str, version: str, expected: list[str], tmp_path: Path) -> None:
    files = agent("You write.", model="haiku", tools=tools)
    assert findings(tmp_path, files, "TL", version=version) == expected
