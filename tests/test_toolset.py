from __future__ import annotations

from typing import Any

import pytest

from packlint import frontmatter
from packlint.client import Client, client
from packlint.loading import toolset

NEWEST = client()
OLDER = client("2.1.197")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Read, Write", ["Read", "Write"]),
        ("Read Write,Bash", ["Read", "Write", "Bash"]),
        ("Bash(git diff:*), Read", ["Bash(git diff:*)", "Read"]),
        ("Read; Write", ["Read;", "Write"]),
        ("Bash(", ["Bash("]),
        ("Bash(a, Read", ["Bash(a, Read"]),
        ("Read, Bash)", ["Read", "Bash)"]),
        (["Read, Write", "Bash", 3], ["Read", "Write", "Bash"]),
        ("Read,\nWrite ", ["Read", "Write"]),
        ("Read\nWrite", ["Read\nWrite"]),
        ("Read\tWrite, Edit", ["Read\tWrite", "Edit"]),
        ("Bash((a), Read", ["Bash((a)", "Read"]),
        (" , ", []),
        (None, []),
        (True, []),
        ({"Read": True}, []),
    ],
)
def test_lists_are_split_at_commas_and_blanks_and_nothing_else(value: Any, expected: list[str]) -> None:
    assert toolset.tokens(value) == expected


@pytest.mark.parametrize(
    ("values", "granted"),
    [
        pytest.param({"tools": "Read, Grep, Glob, Bash"}, ["Bash", "Read"], id="Bash displaces Grep and Glob"),
        pytest.param({"tools": "Read, Grep, Glob"}, ["Glob", "Grep", "Read"], id="without Bash they are given"),
        pytest.param(
            {"tools": "Read, Grep, Bash", "disallowedTools": "Bash"},
            ["Grep", "Read"],
            id="a denied Bash displaces nothing",
        ),
        pytest.param({"tools": "Task, KillShell"}, ["Agent", "TaskStop"], id="old names are understood"),
        pytest.param({"tools": "read, Reed, LS"}, [], id="other spellings give nothing"),
        pytest.param({"tools": None}, [], id="a blank list gives nothing"),
        pytest.param({"tools": "Read", "memory": "user"}, ["Edit", "Read", "Write"], id="memory adds three tools"),
        pytest.param({"tools": "Read", "memory": "project"}, ["Edit", "Read", "Write"], id="a project's memory, too"),
        pytest.param({"tools": "Read", "memory": "local"}, ["Edit", "Read", "Write"], id="and a local one"),
        pytest.param({"tools": "Read", "memory": "all"}, ["Read"], id="there is no other memory"),
        pytest.param({"tools": "Bash(git *)"}, ["Bash"], id="a pattern gives the whole tool"),
        pytest.param({"tools": r"Bash(a\)b)"}, ["Bash"], id="a parenthesis behind a backslash is none"),
        pytest.param({"tools": r"Bash(a\), Read"}, ["Read"], id="and closes nothing"),
        pytest.param({"tools": "Bash", "disallowedTools": r"Bash(a\)"}, ["Bash"], id="nor does it deny anything"),
        pytest.param(
            {"tools": "Read, Bash", "disallowedTools": "Bash(x)"}, ["Read"], id="a pattern takes the whole tool"
        ),
        pytest.param({"tools": "Read, CronCreate", "background": True}, ["Read"], id="the background takes some away"),
        pytest.param({"tools": "CronList", "background": 1}, ["CronList"], id="a number is not true"),
        pytest.param(
            {"tools": "Read, Bash", "disallowedTools": ["Read", "*"]},
            ["Bash", "Read"],
            id="a denied star denies nothing",
        ),
        pytest.param({"tools": "mcp__srv__x, Read"}, ["Read"], id="servers are not connected here"),
        pytest.param({"tools": "ExitPlanMode, Read"}, ["Read"], id="plan mode is not a subagent's"),
    ],
)
def test_what_an_agent_gets(values: dict[str, Any], granted: list[str]) -> None:
    assert toolset.resolve(values, NEWEST).granted == granted


@pytest.mark.parametrize(
    ("tools", "reason"),
    [
        pytest.param("Write", "denied by disallowedTools", id="denied"),
        pytest.param("Grep", "withheld because the agent has Bash", id="beside Bash"),
        pytest.param("LS", "no longer a tool", id="gone"),
        pytest.param("Reed", "unrecognized", id="unknown"),
        pytest.param("TaskList", "not given by client 2.1.328", id="a tool of older clients"),
        pytest.param("(x)", "not a tool name: parentheses do not match", id="parentheses and no name"),
        pytest.param("mcp__*", "names no MCP server", id="no server"),
        pytest.param("mcp__db__get_*", "names no MCP tool", id="some tools of a server"),
        pytest.param("mcp__db__get", "given only while that MCP server is connected", id="a tool of a server"),
    ],
)
def test_why_an_agent_does_not_get_a_tool(tools: str, reason: str) -> None:
    found = toolset.resolve({"tools": f"Bash, {tools}", "disallowedTools": "Write"}, NEWEST)
    assert [each.reason for each in found.dropped] == [reason]


@pytest.mark.parametrize("values", [{}, {"tools": "*"}, {"tools": "Read, *"}, {"disallowedTools": "*"}])
def test_everything(values: dict[str, Any]) -> None:
    found = toolset.resolve(values, NEWEST)
    assert found.all
    assert set(found.granted) == NEWEST.default_tools


def test_denying_bash_takes_monitor_with_it_where_there_is_one() -> None:
    found = toolset.resolve({"disallowedTools": "Bash"}, NEWEST)
    assert NEWEST.default_tools - set(found.granted) == {"Bash", "Monitor"}
    assert not found.all
    assert "TaskCreate" in toolset.resolve({"disallowedTools": "Bash"}, OLDER).granted


@pytest.mark.parametrize(
    ("tools", "denied", "refused"),
    [
        pytest.param("Reed", None, True, id="an unknown name alone"),
        pytest.param("LS, Read", "Read", True, id="what is left is unknown"),
        pytest.param("Read", "Read", False, id="all denied is not refused"),
        pytest.param("Bash", "Bash(git *)", True, id="all denied by a pattern"),
        pytest.param("Bash", "Bash(git *), Bash", False, id="denied by a pattern and by name"),
        pytest.param("Bash", "Bash()", False, id="empty parentheses are no pattern"),
        pytest.param("Bash", "Bash(*)", False, id="a star is no pattern"),
        pytest.param("Read(x)", "Read", False, id="a pattern behind what is denied"),
        pytest.param("Agent", "Agent", False, id="no subagents"),
        pytest.param("Task", "Agent", True, id="of subagents the written name counts"),
        pytest.param("Agent(x)", "Agent", True, id="of subagents the pattern counts, too"),
        pytest.param("mcp__a__b", "mcp__a", False, id="a server is denied"),
        pytest.param("mcp__a__b", "mcp__a(x)", False, id="a server is denied with a pattern"),
        pytest.param("mcp__a__b", "mcp__*", False, id="every server is denied"),
        pytest.param("mcp__a__*", "mcp__a", False, id="all tools of a server and the server is denied"),
        pytest.param("mcp__a", "mcp__a__b", True, id="one tool of a server is denied"),
        pytest.param("mcp__a", "mcp__b", True, id="another server is denied"),
        pytest.param("ToolSearch", None, False, id="a name that gives nothing and is known"),
        pytest.param("ToolSearch, Reed", None, False, id="one such name among unknown ones"),
        pytest.param("", None, False, id="an empty list is not refused"),
    ],
)
def test_when_the_launch_is_refused(tools: str, denied: str | None, refused: bool) -> None:
    values = {"tools": tools} | ({"disallowedTools": denied} if denied else {})
    assert toolset.resolve(values, NEWEST).refused is refused
    assert toolset.resolve(values, OLDER).refused is False


@pytest.mark.parametrize(
    "tools", ["Read, Bash(git *), Write", "[Read, 'Bash(git *)', Write]", "\n  - Read\n  - Bash(git *)\n  - Write"]
)
def test_tokens_are_found_where_they_stand(tools: str) -> None:
    text = f"---\nname: x\ntools: {tools}\n---\n"
    found = frontmatter.read(text, strips_bom=True, refuses_nul=True)
    located = toolset.locate(text, found, "tools")
    assert [text[token.start : token.end] for token in located] == ["Read", "Bash(git *)", "Write"]


@pytest.mark.parametrize("client", [OLDER, NEWEST])
def test_the_background_leaves_an_agent_in_plan_mode_what_ends_it(client: Client) -> None:
    for tools in ("ExitPlanMode", "ExitPlanMode(x), CronCreate"):
        found = toolset.resolve({"tools": tools, "background": True}, client, plans=True)
        assert found.granted == ["ExitPlanMode"]
        assert not found.refused
    assert "ExitPlanMode" in toolset.resolve({"background": True}, client, plans=True).granted


def test_an_agent_whose_tools_the_background_takes_away_is_refused_too() -> None:
    assert toolset.resolve({"tools": "CronCreate", "background": True}, NEWEST).refused
    assert not toolset.resolve({"tools": "CronCreate, Read", "background": True}, NEWEST).refused
    assert not toolset.resolve({"tools": None, "background": True}, NEWEST).refused
    assert not toolset.resolve({"tools": "CronCreate", "background": True}, OLDER).refused
