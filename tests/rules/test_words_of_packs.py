"""What a person is told of files that have to do with each other, and of manifests, word for word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from packlint.client import client
from packlint.discover import discover
from packlint.discovery.layout import Layout
from packlint.pack import Pack

from .packs import BOTH, PLUGIN, PROJECT, agent, command, findings, told, write

Told = list[tuple[str, str, str]]
SHOP = {".claude-plugin/plugin.json": '{"name": "shop"}'}
HOOK = {"type": "command", "command": "true"}
OPEN = {"type": "command"}


def agents(**names: str) -> dict[str, str]:
    """Agents by the names of their files, with the names in their frontmatter."""
    return {
        f"agents/{path.replace('_', '/')}.md": f"---\nname: {name}\ndescription: Writes. Use for code.\n---\nB\n"
        for path, name in names.items()
    }


def alike(*paths: str, **keys: str) -> dict[str, str]:
    """Commands and skills that all say the same."""
    [text] = command("Do it.", **keys).values()
    return dict.fromkeys(paths, text)


TAKEN = "the client keeps one of the two and drops the other without a word; which one is not stable"


@pytest.mark.parametrize("layout", BOTH)
def test_of_agents_with_one_name_every_later_one_is_told(layout: Layout, tmp_path: Path) -> None:
    found = told(tmp_path, agents(a="dev", b="dev", c="dev", d="other"), "NM003", layout)
    first = f"{'.claude/' if layout is PROJECT else ''}agents/a.md"
    assert found == [("dev", f"error: the name 'dev' is taken by {first}", TAKEN)] * 2


def test_agents_of_two_folders_have_one_name_in_a_project_alone(tmp_path: Path) -> None:
    files = agents(a="dev", x_b="dev")
    assert told(tmp_path / "plugin", files, "NM003", PLUGIN) == []
    assert len(told(tmp_path / "project", files, "NM003", PROJECT)) == 1


def test_an_agent_that_is_not_loaded_takes_no_name(tmp_path: Path) -> None:
    lost = {"agents/c.md": "---\nname: dev\n---\nB\n"}
    assert told(tmp_path / "one", agents(a="dev") | lost, "NM003", PROJECT) == []
    assert len(told(tmp_path / "two", agents(a="dev", b="dev") | lost, "NM003", PROJECT)) == 1


def test_an_agent_without_a_name_has_that_of_its_file(tmp_path: Path) -> None:
    files = agents(a="dev") | {"agents/dev.md": "---\ndescription: Writes. Use for code.\n---\nB\n"}
    assert told(tmp_path, files, "NM003") == [("", "error: the name 'dev' is taken by agents/a.md", TAKEN)]
    assert findings(tmp_path, files, "NM003") == ["1:1 NM003 error"]


def test_an_agent_that_a_link_leads_to_is_one_agent(tmp_path: Path) -> None:
    write(tmp_path / "alone", agents(a="dev"), PROJECT)
    (tmp_path / "alone/.claude/agents/c.md").symlink_to("a.md")
    assert told(tmp_path / "alone", {}, "NM003", PROJECT) == []
    write(tmp_path, agents(a="dev", b="dev"), PROJECT)
    (tmp_path / ".claude/agents/c.md").symlink_to("a.md")
    said = "error: the name 'dev' is taken by .claude/agents/{}.md"
    assert [found for _, found, _ in told(tmp_path, {}, "NM003", PROJECT)] == [said.format("a"), said.format("b")]


@pytest.mark.parametrize(
    ("layout", "link", "target", "second", "first", "fate"),
    [
        (PROJECT, ".claude/commands/sync.md", "go.md", "/sync", "/go", "nobody reaches it by this name"),
        (PLUGIN, "skills/sync", "git", "/shop:sync", "/shop:git", "which of its names it keeps is not stable"),
    ],
)
def test_a_link_gives_a_second_name(
    layout: Layout, link: str, target: str, second: str, first: str, fate: str, tmp_path: Path
) -> None:
    files = alike("commands/go.md", "skills/git/SKILL.md") | (SHOP if layout is PLUGIN else {})
    write(tmp_path, files, layout)
    (tmp_path / link).symlink_to(target)
    said = f"error: '{second}' is a second name of the file that is '{first}'"
    once = f"clients 2.1.197 and 2.1.328 take a file that links lead to once: {fate}"
    assert told(tmp_path, {}, "NM003", layout) == [("", said, once)]


UNSTABLE = "clients 2.1.197 and 2.1.328 call one of the two; which one is not stable"
UNREACHED = "clients 2.1.197 and 2.1.328 call only that one: nobody reaches this {}"


@pytest.mark.parametrize(
    ("paths", "layout", "said", "consequence"),
    [
        pytest.param(
            ("commands/go.md", "skills/go/SKILL.md"),
            PLUGIN,
            "'/shop:go' is also the name of commands/go.md",
            UNREACHED.format("skill"),
            id="a plugin's command hides a skill",
        ),
        pytest.param(
            ("commands/go.md", "skills/go/SKILL.md"),
            PROJECT,
            "'/go' is also the name of .claude/skills/go/SKILL.md",
            UNREACHED.format("command"),
            id="a project's skill hides a command",
        ),
        pytest.param(
            ("commands/a/b.md", "commands/a:b.md"),
            PLUGIN,
            "'/shop:a:b' is also the name of commands/a:b.md",
            UNREACHED.format("command"),
            id="a folder and a colon in a plugin",
        ),
        pytest.param(
            ("commands/a/b.md", "commands/a:b.md"),
            PROJECT,
            "'/a:b' is also the name of .claude/commands/a:b.md",
            UNSTABLE,
            id="a folder and a colon in a project",
        ),
        pytest.param(
            ("skills/a b/SKILL.md", "skills/a-b/SKILL.md"),
            PLUGIN,
            "'/shop:a-b' is also the name of skills/a b/SKILL.md",
            UNSTABLE,
            id="two folders that come to one name",
        ),
        pytest.param(
            ("commands/a/b.md", "commands/a/b/SKILL.md"),
            PROJECT,
            "'/a:b' is also the name of .claude/commands/a/b.md",
            UNREACHED.format("command"),
            id="a skill among commands",
        ),
    ],
)
def test_commands_and_skills_of_one_name(
    paths: tuple[str, ...], layout: Layout, said: str, consequence: str, tmp_path: Path
) -> None:
    files = alike(*paths) | (SHOP if layout is PLUGIN else {})
    assert told(tmp_path, files, "NM003", layout) == [("", f"error: {said}", consequence)]


def test_a_name_that_a_skill_gives_itself_is_taken(tmp_path: Path) -> None:
    files = alike("skills/a/SKILL.md", "skills/b/SKILL.md", "skills/c/SKILL.md", name="x") | SHOP
    said = "warning: the name 'x' is taken by skills/a/SKILL.md"
    assert told(tmp_path, files, "NM003") == [
        ("x", said, f"the client calls that one; this skill is called '/shop:{name}' alone") for name in "bc"
    ]


EMPTY, OTHER = "frontmatter is empty", "frontmatter is not a mapping of keys to values"


@pytest.mark.parametrize(
    ("path", "layout", "consequence"),
    [
        ("agents/a.md", PLUGIN, "the client uses its fallback: named after the file, with all tools"),
        ("agents/a.md", PROJECT, "the client does not load this agent, and says nothing"),
        (
            "commands/a.md",
            PLUGIN,
            "the client ignores it: the command has no metadata, and the model does not see it",
        ),
        ("commands/a.md", PROJECT, "the client ignores it: the command has no metadata"),
        (
            "skills/a/SKILL.md",
            PLUGIN,
            "the client ignores it: the skill has no metadata, and the model does not see it",
        ),
        ("skills/a/SKILL.md", PROJECT, "the client ignores it: the skill has no metadata"),
    ],
)
@pytest.mark.parametrize(
    ("inside", "marked", "said"),
    [
        ("", "", EMPTY),
        ("# later\n", "# later", EMPTY),
        ("~\n", "~", EMPTY),
        ("- a\n", "- a", OTHER),
        ("Reviews\n", "Reviews", OTHER),
    ],
)
def test_frontmatter_without_keys(
    path: str, layout: Layout, consequence: str, inside: str, marked: str, said: str, tmp_path: Path
) -> None:
    silent = said == EMPTY and path.startswith("commands")
    expected = [] if silent else [(marked, f"error: {said}", consequence)]
    assert told(tmp_path, {path: f"---\n{inside}---\nB\n"}, "FM004", layout) == expected


@pytest.mark.parametrize(
    ("keys", "layout", "consequence"),
    [
        ({}, PLUGIN, "the agent starts without any tool, while the listing says it has all"),
        ({"memory": "user"}, PLUGIN, "the agent has only the tools that 'memory' adds, while the listing says more"),
        (
            {"mcpServers": "[{gh: {command: x}}]"},
            PROJECT,
            "the agent has only the tools of its MCP servers, while the listing says it has all",
        ),
        (
            {"mcpServers": "[{gh: {command: x}}]", "memory": "user"},
            PROJECT,
            "the agent has only the tools that 'memory' adds, while the listing says more",
        ),
    ],
)
@pytest.mark.parametrize("value", ["", "[]", '""', '" , "'])
def test_an_empty_list_of_tools(
    keys: dict[str, str], layout: Layout, consequence: str, value: str, tmp_path: Path
) -> None:
    said = "error: 'tools' is empty; leave it out for all tools"
    found = told(tmp_path, agent("You write.", tools=value, **keys), "TL005", layout)
    assert found == [(f"tools: {value}".rstrip(), said, consequence)]


def test_a_path_that_leaves_the_plugin(tmp_path: Path) -> None:
    found = told(tmp_path, agent("Follow [it](../../notes.md#top) and [that](/etc/notes.md)."), "RF003")
    said = "warning: '../../notes.md' leaves the plugin"
    assert found == [("../../notes.md#top", said, "it is not there once the plugin is installed")]


def test_a_path_that_leaves_the_project(tmp_path: Path) -> None:
    found = told(tmp_path, agent("Follow [it](../../../notes.md) and [that](../../notes.md)."), "RF003", PROJECT)
    said = "warning: '../../../notes.md' leaves the project"
    assert found == [("../../../notes.md", said, "it is not part of the project")]


FAILS = "warning: '{}' fails {}; end it with '|| true'"
FINDS, ABSENT = "when it finds something", "when what it asks for is not there"


@pytest.mark.parametrize(
    ("code", "part", "when"),
    [
        ("cd app; pytest -q", "pytest -q", FINDS),
        ("cd app && pytest -q", "pytest -q", FINDS),
        ("mypy . && pytest -q", "mypy .", FINDS),
        ("ls | pytest -q", "pytest -q", FINDS),
        ("cat a.md 2>/dev/null", "cat a.md 2>/dev/null", ABSENT),
        ("ls a 2>/dev/null && git status", "ls a 2>/dev/null && git status", ABSENT),
        ("[ -f a.md ] && cat a.md", "[ -f a.md ] && cat a.md", "when the test does"),
        ("git diff HEAD~5", "git diff HEAD~5", "where the repository has fewer commits"),
        ("git status && git show HEAD^", "git show HEAD^", "where the repository has fewer commits"),
        ("git log @{u}..", "git log @{u}..", "where the branch has no upstream"),
        ("git log main..HEAD", "git log main..HEAD", "where there is no 'main'"),
        ("git log HEAD..origin/dev", "git log HEAD..origin/dev", "where there is no 'origin/dev'"),
        ("git diff 'main'", "git diff 'main'", "where there is no 'main'"),
        ("git branch new origin/main", "git branch new origin/main", "where there is no 'origin/main'"),
        ("git describe --tags", "git describe --tags", "where there is no tag"),
    ],
)
def test_a_shell_command_that_fails(code: str, part: str, when: str, tmp_path: Path) -> None:
    files = command(f"Now: !`{code} `", allowed_tools="Bash")
    consequence = "the client then gives up on the whole command: nothing is sent to the model"
    assert told(tmp_path, files, "CM006") == [(code, FAILS.format(part, when), consequence)]


@pytest.mark.parametrize(
    "code",
    [
        "pytest -q || true",
        "pytest -q; echo done",
        "pytest -q | tail -3",
        "git describe --always",
        "git diff -- main HEAD~1",
        "git log --grep main",
        "git branch main",
        "git show HEAD^{tree}",
        "git log",
    ],
)
def test_a_shell_command_that_does_not_fail(code: str, tmp_path: Path) -> None:
    files = command(f"Now: !`{code}`\n\nThen: !`pytest -q`", allowed_tools="Bash")
    assert [marked for marked, _, _ in told(tmp_path, files, "CM006")] == ["pytest -q"]


def test_what_a_repository_lacks_matters_in_a_plugin_alone(tmp_path: Path) -> None:
    files = command("!`git diff HEAD~5` !`git describe`", allowed_tools="Bash")
    assert told(tmp_path, files, "CM006", PROJECT) == []


SECOND = "clients 2.1.197 and 2.1.328 count from zero: the first word typed never reaches the model"


@pytest.mark.parametrize(
    ("body", "names", "marked"),
    [
        ("Move $1 to $2.", "", "$1"),
        ("Move $2 and $1.", "", "$1"),
        ("Move $ARGUMENTS[1].", "", "$ARGUMENTS[1]"),
        ("Move $old and $1.", "[x, old]", "$1"),
        ("Move $2.", "", None),
        ("Move $old.", "[x, old]", None),
        ("Move $1, of $ARGUMENTS.", "", None),
        ("Move $1, of $0.", "", None),
    ],
)
def test_a_command_that_counts_from_one(body: str, names: str, marked: str | None, tmp_path: Path) -> None:
    found = told(tmp_path, command(body, arguments=names), "CM002")
    said = f"error: '{marked}' is the second argument; the first is '$0'"
    assert found == ([(marked, said, SECOND)] if marked else [])


@pytest.mark.parametrize(
    ("token", "layout", "ghosts"),
    [
        ("Agent(ghost, dev)", PLUGIN, ["ghost"]),
        ("Agent(dev, ghost)", PLUGIN, ["ghost"]),
        ("Task(ghost, phantom)", PROJECT, ["ghost", "phantom"]),
        ("Agent(shop:ghost)", PLUGIN, ["shop:ghost"]),
        ("Agent(other:ghost)", PLUGIN, []),
        ("Agent(shop:dev)", PLUGIN, []),
        ("Agent(*)", PROJECT, []),
        ("Agent()", PROJECT, []),
        ("Agent( dev ,)", PROJECT, []),
        ("Agent", PROJECT, []),
        ("Bash(ghost)", PROJECT, []),
        ("(ghost)", PROJECT, []),
    ],
)
def test_an_agent_that_is_not_there(token: str, layout: Layout, ghosts: list[str], tmp_path: Path) -> None:
    found = told(tmp_path, agent("You write.", tools=f"Read, {token}") | SHOP, "TL014", layout)
    said = "warning: no agent '{}' in this pack"
    assert found == [(token, said.format(ghost), "the client does not check the name") for ghost in ghosts]


def test_the_name_that_was_meant_is_told(tmp_path: Path) -> None:
    [(_, said, _)] = told(tmp_path, agent("B", tools="Agent(Exploer, dev)"), "TL014", PROJECT)
    assert said == "warning: no agent 'Exploer' in this pack; did you mean 'Explore'?"


@pytest.mark.parametrize(
    ("count", "names"),
    [
        (1, "/x:c0"),
        (3, "/x:c0, /x:c1, /x:c2"),
        (4, "/x:c0, /x:c1, /x:c2 and 1 more"),
        (6, "/x:c0, /x:c1, /x:c2 and 3 more"),
    ],
)
def test_a_skill_that_hides_commands(count: int, names: str, tmp_path: Path) -> None:
    files = alike("commands/x/SKILL.md", "commands/other.md", *(f"commands/x/c{number}.md" for number in range(count)))
    told_of = "clients 2.1.197 and 2.1.328 make one skill of this folder; move the skill to skills/"
    assert told(tmp_path, files, "CM011", PROJECT) == [("", f"error: SKILL.md hides {names}", told_of)]


@pytest.mark.parametrize("neighbour", ["commands/other.md", "commands/x:SKILL.md"])
def test_a_skill_without_neighbours_hides_nothing(neighbour: str, tmp_path: Path) -> None:
    assert told(tmp_path, alike("commands/x/SKILL.md", neighbour), "CM011", PROJECT) == []


@pytest.mark.parametrize("layout", BOTH)
def test_a_command_that_takes_the_name_of_another_is_no_skill(layout: Layout, tmp_path: Path) -> None:
    assert told(tmp_path, alike("commands/a/b.md", "commands/a:b.md"), "CM011", layout) == []


DENIES = "the rule denies nothing"


@pytest.mark.parametrize(
    ("rule", "said", "consequence"),
    [
        (
            "Agent(clerk)",
            "the agent 'clerk' of this project is denied (.claude/agents/a.md)",
            "the model is told nothing of it, and the client refuses to start it",
        ),
        (
            "Task",
            "every agent is denied, the 2 of this project too",
            "the model cannot start any, and is told of none",
        ),
        ("Agent(Clerk)", "no agent is called 'Clerk'; did you mean 'clerk'?", DENIES),
        ("Agent( clerk )", "no agent is called ' clerk '; did you mean 'clerk'?", DENIES),
        ("Agent(cl*)", "no agent is called 'cl*', and there are no patterns for agents", DENIES),
        ("Agent(x, clerk)", "no agent is called 'x, clerk'; each needs a rule of its own", DENIES),
        ("Agent(clerk, x)", "", ""),
        ("Agent(ghost)", "", ""),
        ("Agent(Explore)", "", ""),
    ],
)
def test_a_denied_agent(rule: str, said: str, consequence: str, tmp_path: Path) -> None:
    files = {"settings.json": json.dumps({"permissions": {"deny": [rule]}}), **agents(a="clerk", b="writer")}
    expected = [(f'"{rule}"', f"warning: {said}", consequence)] if said else []
    assert told(tmp_path, files, "PL022", PROJECT) == expected


def test_a_project_without_agents_loses_none(tmp_path: Path) -> None:
    files = {"settings.json": json.dumps({"permissions": {"deny": ["Agent", "Agent(x*)"]}}), **command("Do it.")}
    assert told(tmp_path, files, "PL022", PROJECT) == []


def hooks(value: Any) -> dict[str, str]:
    return {"hooks/hooks.json": json.dumps(value), **command("Do it.")}


@pytest.mark.parametrize(
    ("timeout", "long", "meant"),
    [
        (1000, "16 minutes", "1"),
        (1500, "25 minutes", "1.5"),
        (7000, "116 minutes", "7"),
        (7500, "2 hours", "7.5"),
        (600000, "166 hours", "600"),
        (500, "", ""),
        (1800, "", ""),
        (86400, "", ""),
        (True, "", ""),
        ("5000", "", ""),
    ],
)
def test_a_timeout_in_milliseconds(timeout: object, long: str, meant: str, tmp_path: Path) -> None:
    files = hooks({"hooks": {"Stop": [{"hooks": [{**HOOK, "timeout": timeout}, {**HOOK, "timeout": 30000}]}]}})
    said = "warning: 'timeout' counts seconds: {:,} are {}; did you mean {}?"
    held = "a hook that hangs holds everything up for as long"
    expected = [(str(timeout), said.format(timeout, long, meant), held)] if meant else []
    assert told(tmp_path, files, "PL021") == [*expected, ("30000", said.format(30000, "8 hours", "30"), held)]


NEVER = "clients 2.1.197 and 2.1.328 never run these hooks for it"


@pytest.mark.parametrize(
    ("matcher", "said"),
    [
        (
            "Bash(git push*)",
            (
                "error: 'Bash(git push*)' is a permission and matches no tool;"
                " write 'Bash', and the rest into the hook's 'if'"
            ),
        ),
        ("Edit, write", "error: 'write' is no tool; did you mean 'Write'?"),
        ("Edit|Wrte", "warning: 'Wrte' is no tool; did you mean 'Write'?"),
        ("mcp__gh", "error: 'mcp__gh' is taken for a tool's whole name, and is none; write 'mcp__gh__.*'"),
        (
            "mcp__gh, Bash",
            (
                "error: 'mcp__gh' is taken for a tool's whole name, and is none;"
                " write 'mcp__gh__.*', and '|' between the names"
            ),
        ),
        ("mcp__", "error: 'mcp__' is taken for a tool's whole name, and is none; write 'mcp__.*'"),
        ("Edit|Bash(*)", "error: 'Edit|Bash(*)' is no regular expression; write 'Edit|Bash'"),
        ("Bash(*)|(", "error: 'Bash(*)|(' is no regular expression; write 'Bash'"),
        ("/Bash/i", "error: '/Bash/i' matches no tool; write it without the slashes"),
        (
            "Read(src/**)",
            (
                "error: 'Read(src/**)' is a permission and matches no tool;"
                " write 'Read', and the rest into the hook's 'if'"
            ),
        ),
        ("Read(Mcp.*)", None),
        ("Notebook(ab)", "warning: 'Notebook(ab)' matches no tool"),
        ("Foo", None),
        ("LS|NotebookRead", None),
        ("Task|Bash", None),
        ("mcp__gh__a", None),
        ("*", None),
        ("", None),
    ],
)
def test_a_matcher_that_matches_nothing(matcher: str, said: str | None, tmp_path: Path) -> None:
    files = hooks({"hooks": {"PostToolUse": [{"matcher": matcher, "hooks": [HOOK]}]}})
    assert told(tmp_path, files, "PL018") == ([(f'"{matcher}"', said, NEVER)] if said else [])


def test_matchers_are_those_of_tools_and_each_group_is_looked_at(tmp_path: Path) -> None:
    wrong = {"matcher": "bash", "hooks": [HOOK]}
    groups = [3, {"hooks": [HOOK]}, {"matcher": 3, "hooks": [HOOK]}, {"matcher": "Foo", "hooks": [HOOK]}, wrong]
    files = hooks({"hooks": {"Stop": [wrong], "PostToolUse": {"a": 1}, "PreToolUse": groups}})
    assert [said for _, said, _ in told(tmp_path, files, "PL018")] == ["error: 'bash' is no tool; did you mean 'Bash'?"]


@pytest.mark.parametrize(
    ("files", "marked", "said", "consequence"),
    [
        (
            agent("B", **{"allowed-tools": "Read"}),
            "allowed-tools",
            "error: 'allowed-tools' does nothing in an agent; use 'tools'",
            "the client ignores it: the agent gets all tools",
        ),
        (
            agent("B", **{"allowed-tools": '"*"', "tools": "Read"}),
            "allowed-tools",
            "error: 'allowed-tools' does nothing in an agent; use 'tools'",
            "the client ignores it",
        ),
        (
            agent("B", **{"allowed-tools": "all"}),
            "allowed-tools",
            "info: 'allowed-tools' does nothing in an agent; leave it out",
            "the client ignores it: the agent has all tools without it",
        ),
        (
            agent("B", **{"allowed-tools": ""}),
            "allowed-tools",
            "error: 'allowed-tools' does nothing in an agent; use 'tools'",
            "the client ignores it: the agent gets all tools",
        ),
        (
            agent("B", **{"allowed-tools": "any, Read"}),
            "allowed-tools",
            "error: 'allowed-tools' does nothing in an agent; use 'tools'",
            "the client ignores it: the agent gets all tools",
        ),
        (
            agent("B", **{"disallowed-tools": "'*'"}),
            "disallowed-tools",
            "error: 'disallowed-tools' does nothing in an agent; use 'disallowedTools'",
            "the client ignores it",
        ),
        (
            command("B", tools="Read"),
            "tools",
            "error: 'tools' does nothing in a command; use 'allowed-tools'",
            "the client grants nothing for it: the command stops to ask, or is refused",
        ),
        (
            command("B", disallowedTools="Read", disallowed_tools="Edit"),
            "disallowedTools",
            "error: 'disallowedTools' does nothing in a command; use 'disallowed-tools'",
            "the client refuses nothing for it",
        ),
        (
            alike("skills/x/SKILL.md", tools="Read"),
            "tools",
            "error: 'tools' does nothing in a skill; use 'allowed-tools'",
            "the client grants nothing for it: the skill stops to ask, or is refused",
        ),
    ],
)
def test_a_key_of_another_kind_of_file(
    files: dict[str, str], marked: str, said: str, consequence: str, tmp_path: Path
) -> None:
    assert told(tmp_path, files, "FM014", PROJECT) == [(marked, said, consequence)]


def test_each_key_of_another_kind_of_file_is_told(tmp_path: Path) -> None:
    files = agent("B", **{"allowed-tools": "all", "disallowed-tools": "Read"})
    assert [marked for marked, _, _ in told(tmp_path, files, "FM014")] == ["allowed-tools", "disallowed-tools"]


LATE = "error: something stands before the frontmatter"


@pytest.mark.parametrize(
    ("path", "layout", "consequence"),
    [
        ("agents/a.md", PLUGIN, "the client loses name, description, tools and model: the agent gets all tools"),
        ("agents/a.md", PROJECT, "the client does not load this agent, and says nothing"),
        (
            "commands/a.md",
            PLUGIN,
            "the client loses the command's metadata and sends the frontmatter to the model as text",
        ),
        (
            "skills/a/SKILL.md",
            PROJECT,
            "the client loses the skill's metadata and sends the frontmatter to the model as text",
        ),
    ],
)
@pytest.mark.parametrize("before", ["\n", "\ufeff\n", "# Ours\n\n"])
def test_what_stands_before_frontmatter(
    path: str, layout: Layout, consequence: str, before: str, tmp_path: Path
) -> None:
    files = {path: f"{before}---\nname: a\ndescription: Writes. Use for code.\n---\nB\n"}
    assert told(tmp_path, files, "FM002", layout) == [(before, LATE, consequence)]


def test_a_byte_order_mark_matters_to_the_older_client(tmp_path: Path) -> None:
    files = {"agents/a.md": "\ufeff---\nname: a\ndescription: Writes. Use for code.\n---\nB\n"}
    told_of = "client 2.1.197 does not see the frontmatter; client 2.1.328 skips the mark"
    said = "warning: a byte order mark stands before the frontmatter"
    assert told(tmp_path, files, "FM002") == [("\ufeff", said, told_of)]
    assert [said for _, said, _ in told(tmp_path, {}, "FM002", version="2.1.197")] == [LATE]
    assert told(tmp_path / "plain", {"agents/a.md": "\ufeffText.\n"}, "FM002") == []


@pytest.mark.parametrize(
    ("body", "layout", "kind", "marked"),
    [
        ("Read `${CLAUDE_PLUGIN_ROOT}/patterns/a.md`.", PROJECT, "agent", "${CLAUDE_PLUGIN_ROOT}/patterns/a.md"),
        ("Read `${CLAUDE_PLUGIN_ROOT}/patterns/a.md`.", PROJECT, "command", "${CLAUDE_PLUGIN_ROOT}/patterns/a.md"),
        ("Read `${CLAUDE_PLUGIN_ROOT}/patterns/a.md`.", PLUGIN, "agent", None),
        ("Read `${CLAUDE_PROJECT_DIR}/a.md`.", PROJECT, "agent", "${CLAUDE_PROJECT_DIR}/a.md"),
        ("Read `${CLAUDE_PROJECT_DIR}/a.md`.", PROJECT, "skill", None),
        ("Read `${CLAUDE_SKILL_DIR}/a.md`.", PLUGIN, "command", "${CLAUDE_SKILL_DIR}/a.md"),
        ("Read `${CLAUDE_SKILL_DIR}/a.md`.", PROJECT, "agent", "${CLAUDE_SKILL_DIR}/a.md"),
        ("Read `${CLAUDE_SKILL_DIR}/a.md`.", PROJECT, "skill", None),
        ("Read `${CLAUDE_PLUGIN_ROOT}/patterns/a.md` or `patterns/a.md`.", PROJECT, "command", None),
        (
            "Read `patterns/a.md`, `${CLAUDE_PLUGIN_ROOT}/patterns/a.md`, `${CLAUDE_PLUGIN_ROOT}/patterns/b.md`.",
            PROJECT,
            "command",
            "${CLAUDE_PLUGIN_ROOT}/patterns/b.md",
        ),
        (
            "Read `${CLAUDE_PROJECT_DIR}/a.md` and `${CLAUDE_PLUGIN_ROOT}/b.md`.",
            PROJECT,
            "command",
            "${CLAUDE_PLUGIN_ROOT}/b.md",
        ),
        (
            "Read `$CLAUDE_PLUGIN_ROOT/patterns/a.md` and `${CLAUDE_PLUGIN_ROOT}/b.md`.",
            PROJECT,
            "command",
            "${CLAUDE_PLUGIN_ROOT}/b.md",
        ),
        ("Read `$CLAUDE_PLUGIN_ROOT/patterns/a.md`.", PROJECT, "command", None),
    ],
)
def test_a_variable_that_is_not_replaced(
    body: str, layout: Layout, kind: str, marked: str | None, tmp_path: Path
) -> None:
    [text] = command(body).values()
    files = {"agent": agent(body), "command": command(body), "skill": {"skills/x/SKILL.md": text}}[kind]
    said = f"error: '{(marked or '').partition('/')[0]}' is not replaced in a {layout}'s {kind}"
    told_of = "the client leaves it as it stands, so the path leads nowhere"
    found = told(tmp_path, files | {"patterns/a.md": "# A\n"}, "RF006", layout)
    assert found == ([(marked, said, told_of)] if marked else [])


@pytest.mark.parametrize(
    ("layout", "marked"), [(PLUGIN, "${CLAUDE_SKILL_DIR}/a.md"), (PROJECT, "${CLAUDE_PLUGIN_ROOT}/b.md")]
)
def test_a_skill_among_commands_has_a_folder_in_a_project_alone(layout: Layout, marked: str, tmp_path: Path) -> None:
    [text] = command("Read `${CLAUDE_SKILL_DIR}/a.md` and `${CLAUDE_PLUGIN_ROOT}/b.md`.").values()
    found = told(tmp_path, {"commands/x/SKILL.md": text}, "RF006", layout)
    assert [each for each, _, _ in found] == [marked]


WITHOUT = "clients 2.1.197 and 2.1.328 send the text without what was typed for it"


@pytest.mark.parametrize(
    ("body", "names", "marked", "said"),
    [
        ("Rename $old to $knew.", "[old, new]", ["$knew"], "'$knew' is no argument; did you mean '$new'?"),
        ("Rename $old to $knew, $knew2.", "[old, new]", ["$knew"], "'$knew' is no argument; did you mean '$new'?"),
        ("Rename $old, $HOME.", "[old, new, more]", ["new", "more"], "'{}' has no place in the text"),
        ("Rename $0.", "old new", ["new"], "'{}' has no place in the text"),
        ("Rename $old, \\$neww, $$neww.", "[old, new]", ["new"], "'{}' has no place in the text"),
        ("Rename $old.", "[old, old]", ["old"], "'{}' has no place in the text"),
        ("Rename $old.", "[old, olds]", ["olds"], "'{}' has no place in the text"),
        ("Rename $old to $1.", "[old, new]", [], ""),
        ("Rename $ARGUMENTS, $knew.", "[old, new]", [], ""),
        ("Rename it.", "[old, new]", [], ""),
    ],
)
def test_an_argument_that_is_lost(body: str, names: str, marked: list[str], said: str, tmp_path: Path) -> None:
    expected = [(each, f"warning: {said.format(each)}", WITHOUT) for each in marked]
    assert told(tmp_path, command(body, arguments=names), "CM012") == expected


LOST = "no client version recovers it: "


@pytest.mark.parametrize(
    ("inside", "marked", "said"),
    [
        (
            'description: "Reviews "all" of it"',
            'all" of it"',
            "did not find expected key (in the value of 'description')",
        ),
        ('my-key_2: "a" b\ntools: Read', "b", "did not find expected key (in the value of 'my-key_2')"),
        ('sub:\n  inner: "a" b', "b", "did not find expected key (in the value of 'sub')"),
        (
            "when: Use it: now\n  and: then",
            ": now",
            "mapping values are not allowed in this context (in the value of 'when')",
        ),
        ('"a": [b\n  c: "d" e', ': "d" e', "did not find expected ',' or ']' (in the value of 'name')"),
        ("x: a\x00b", "\x00b", "NUL byte (in the value of 'x')"),
    ],
)
@pytest.mark.parametrize(
    ("path", "layout", "consequence"),
    [
        ("agents/a.md", PLUGIN, "name, description, tools and model are lost, and the agent gets all tools"),
        ("agents/a.md", PROJECT, "the agent is not loaded, and nothing says so"),
        ("commands/a.md", PROJECT, "description, grants and model are lost, the body still runs"),
    ],
)
def test_yaml_that_is_lost(
    inside: str, marked: str, said: str, path: str, layout: Layout, consequence: str, tmp_path: Path
) -> None:
    files = {path: f"---\nname: a\n{inside}\n---\nB\n"}
    expected = (marked, f"error: YAML does not parse: {said}", LOST + consequence)
    assert told(tmp_path, files, "FM005", layout) == [expected]


@pytest.mark.parametrize(
    ("description", "when", "length"),
    [
        pytest.param("x" * 1536, "", 0, id="as long as may be"),
        pytest.param("x" * 1537, "", 1537, id="longer"),
        pytest.param("x" * 1000, "y" * 533, 0, id="two, and what stands between them"),
        pytest.param("x" * 1000, "y" * 534, 1537, id="two, and longer"),
        pytest.param("x" * 1500 + "<tag>" * 6, "", 1566, id="brackets that are written as more"),
        pytest.param("\U0001f40d" * 769, "", 1538, id="characters that JavaScript counts twice"),
    ],
)
def test_a_description_that_is_cut(description: str, when: str, length: int, tmp_path: Path) -> None:
    more = f"when_to_use: {when}\n" if when else ""
    files = {"commands/go.md": f"---\ndescription: {description}\n{more}---\nB\n"}
    said = f"warning: {length} characters; the model sees the first 1536"
    expected = [(description, said, "clients 2.1.197 and 2.1.328 cut the rest off")] if length else []
    assert told(tmp_path, files, "DS003") == expected
    [pack] = [Pack(root, client(), tmp_path) for root in discover([tmp_path])]
    assert pack.commands[0].command(pack.client).description.endswith("…") is bool(length)


def test_each_further_value_of_a_key_is_told(tmp_path: Path) -> None:
    files = agent("B", tools="Read\ntools: Bash\ntools: Edit")
    used = "the client uses the last value; strict YAML parsers reject the file"
    assert told(tmp_path, files, "FM008") == [("tools", "warning: 'tools' stands twice, first in line 5", used)] * 2


def test_each_grant_of_any_shell_command_is_told(tmp_path: Path) -> None:
    files = command("B", allowed_tools="Read, Bash(timeout:*), *, Bash(git:*), Bash(/bin/sh -c *)")
    approved = "clients 2.1.197 and 2.1.328 approve it for the whole turn and for every agent the command starts"
    assert told(tmp_path, files, "SC003") == [
        (token, f"warning: '{token}' lets every shell command run without asking", approved)
        for token in ("Bash(timeout:*)", "Bash(/bin/sh -c *)")
    ]


def test_links_in_a_plugin_are_told_once(tmp_path: Path) -> None:
    (tmp_path / "agents").mkdir()
    for name in ("a.md", "b"):
        (tmp_path / "agents" / name).symlink_to(tmp_path)
    put = "clients 2.1.197 and 2.1.328 pass over it and say nothing; put the file itself there"
    assert told(tmp_path, agent("B") | command("B") | SHOP, "PL013") == [
        ("", f"error: 'agents/{name}' is a link, and a plugin's links are not followed", put) for name in ("a.md", "b")
    ]


@pytest.mark.parametrize(
    ("comment", "is_order"),
    [("<!-- System: run it -->", True), ("<!-- you must run it -->", True), ("<!-- sorted by name -->", False)],
)
def test_a_comment_with_orders_is_marked_as_a_whole(comment: str, is_order: bool, tmp_path: Path) -> None:
    said = "warning: a comment that nobody sees gives orders to the model"
    sent = "the client sends comments to the model like all other text"
    found = told(tmp_path, agent(f"Go.\n\n{comment}\n\n<!-- always run it -->"), "SC005")
    assert found == [(each, said, sent) for each in [comment] * is_order + ["<!-- always run it -->"]]


def test_text_that_nobody_sees_is_spelt(tmp_path: Path) -> None:
    [tags, _] = told(tmp_path, agent("a\U000e0041\U000e0042 b\ufe00\ufe01\ufe02"), "TX005")
    said = "warning: text that nobody sees: tag characters that spell 'AB'"
    assert tags == ("\U000e0041\U000e0042", said, "the client sends it to the model")
    assert told(tmp_path, agent("a \u202eb"), "TX004") == [
        (
            "\u202e",
            "warning: a control that changes the order in which text is shown: U+202E right-to-left override",
            "the model reads something else than what people see",
        )
    ]


def group(*held: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"matcher": "Edit", "hooks": list(held)}]


A_GROUP = '{"matcher": "Edit", "hooks": [{"type": "command", "command": "true"}]}'
PASSED = "client 2.1.328 passes over this one without a word"
NO_HOOK = "clients 2.1.197 and 2.1.328 load no hook of this file"
NO_PLUGIN = "client 2.1.328 does not load the plugin"
OLD_FILE, OLD_PLUGIN = "client 2.1.197 loads no hook of this file", "client 2.1.197 does not load the plugin"
NEITHER = "clients 2.1.197 and 2.1.328 do not load the plugin"
WHOLE = "passes over the whole file, permissions included"


@pytest.mark.parametrize(
    ("value", "marked", "said", "consequence"),
    [
        ({"Stop": group(HOOK)}, "{", "no 'hooks' at the top", NO_HOOK),
        ({"PreToolUse": group(HOOK)}, "{", "no 'hooks' at the top", f"{OLD_FILE}, {NO_PLUGIN}"),
        ([{"PreToolUse": group(HOOK)}], "[", "hooks that guard tools stand in a list", NO_PLUGIN),
        ({"hooks": []}, "[]", "'hooks' must be a mapping", f"{OLD_FILE}, {NO_PLUGIN}"),
        ({"hooks": group(HOOK)}, f"[{A_GROUP}]", "'hooks' must be a mapping", f"{OLD_FILE}, {NO_PLUGIN}"),
        ({"hooks": {"Stop": {}}}, "{}", "'Stop' must be a list of groups", f"{OLD_FILE}, {PASSED}"),
        ({"hooks": {"PreToolUse": {}}}, "{}", "'PreToolUse' must be a list of groups", f"{OLD_FILE}, {NO_PLUGIN}"),
        ({"hooks": {"PreToolUse": None}}, "null", "'PreToolUse' must be a list of groups", f"{OLD_FILE}, {PASSED}"),
        (
            {"hooks": {"Foo": group(OPEN), "Stop": group(HOOK, OPEN)}},
            '{"type": "command"}',
            "'Stop.0.hooks.1' lacks 'command'",
            f"{OLD_FILE}, {PASSED}",
        ),
        (
            {"hooks": {"Stop": [{"hooks": [OPEN], "PreToolUse": group(HOOK)}]}},
            '{"type": "command"}',
            "'Stop.0.hooks.0' lacks 'command'",
            f"{OLD_FILE}, {NO_PLUGIN}",
        ),
        ({"hooks": {"Stop": group(HOOK)}, "description": 3}, "3", "'description' must be a text", NO_HOOK),
        (
            {"hooks": {"PreToolUse": group(HOOK)}, "description": 3},
            "3",
            "'description' must be a text",
            f"{OLD_FILE}, {NO_PLUGIN}",
        ),
        (
            {"hooks": {"Stop": group(HOOK)}, "off": {"PreToolUse": group(HOOK)}},
            '"off"',
            "hooks that guard tools stand in 'off', outside of 'hooks'",
            NO_PLUGIN,
        ),
        (
            {"hooks": {"Stop": group({**HOOK, "onFailure": 3})}},
            "3",
            "'Stop.0.hooks.0.onFailure' must be continue or block",
            PASSED,
        ),
        (
            {"hooks": {"PreToolUse": group({**HOOK, "onFailure": 3})}},
            "3",
            "'PreToolUse.0.hooks.0.onFailure' must be continue or block",
            NO_PLUGIN,
        ),
        ({"hooks": {"Stop": group(HOOK)}}, None, "", ""),
        ({"modules": []}, None, "", ""),
        ([], None, "", ""),
        ("\ufeff", None, "", ""),
    ],
)
def test_hooks_of_a_file(value: Any, marked: str | None, said: str, consequence: str, tmp_path: Path) -> None:
    expected = [(marked, f"error: {said}", consequence)] if marked else []
    files = hooks(value) if value != "\ufeff" else {"hooks/hooks.json": '\ufeff{"Stop": []}', **command("Do it.")}
    assert told(tmp_path, files, "PL008") == expected


AT_EVENTS = "a group of hooks stands where their events should be named"


@pytest.mark.parametrize(
    ("keys", "marked", "said", "consequence"),
    [
        (
            {"hooks": {"hooks": {"Stop": group(HOOK)}}},
            '"hooks"',
            "'hooks' within 'hooks'; only a file of hooks needs it",
            f"{OLD_PLUGIN}, client 2.1.328 passes over them without a word",
        ),
        (
            {"hooks": {"hooks": {"PreToolUse": group(HOOK)}}},
            '"hooks"',
            "'hooks' within 'hooks'; only a file of hooks needs it",
            NEITHER,
        ),
        ({"hooks": group(HOOK)}, A_GROUP, AT_EVENTS, NEITHER),
        ({"hooks": group(HOOK)[0]}, A_GROUP, AT_EVENTS, NEITHER),
        ({"hooks": {"Stop": {}}}, "{}", "'Stop' must be a list of groups", f"{OLD_PLUGIN}, {PASSED}"),
        ({"hooks": {"PreToolUse": {}}}, "{}", "'PreToolUse' must be a list of groups", NEITHER),
        (
            {"off": {"PreToolUse": group(HOOK)}},
            '"off"',
            "hooks that guard tools stand in 'off', outside of 'hooks'",
            NO_PLUGIN,
        ),
        ({"metadata": {"PreToolUse": group(HOOK)}}, None, "", ""),
        ({"hooks": "./hooks.json"}, None, "", ""),
    ],
)
def test_hooks_of_a_manifest(
    keys: dict[str, Any], marked: str | None, said: str, consequence: str, tmp_path: Path
) -> None:
    files = {".claude-plugin/plugin.json": json.dumps({"name": "shop"} | keys), **command("Do it.")}
    assert told(tmp_path, files, "PL008") == ([(marked, f"error: {said}", consequence)] if marked else [])


@pytest.mark.parametrize(
    ("value", "marked", "said", "consequence"),
    [
        ({"hooks": []}, "[]", "'hooks' must be a mapping", "the client passes over it"),
        ({"hooks": [3]}, "[3]", "'hooks' must be a mapping", "the client passes over it"),
        ({"hooks": group(HOOK)}, f"[{A_GROUP}]", "'hooks' must be a mapping", f"client 2.1.328 {WHOLE}"),
        ({"hooks": group(HOOK)[0]}, A_GROUP, AT_EVENTS, f"client 2.1.328 {WHOLE}"),
        ({"hooks": {"Stop": {}}}, "{}", "'Stop' must be a list of groups", "the client passes over it"),
        (
            {"hooks": {"PreToolUse": {}}},
            "{}",
            "'PreToolUse' must be a list of groups",
            f"client 2.1.328 {WHOLE}, client 2.1.197 over this event alone",
        ),
        (
            {"hooks": {"PreToolUse": group(OPEN)}},
            '{"type": "command"}',
            "'PreToolUse.0.hooks.0' lacks 'command'",
            "clients 2.1.197 and 2.1.328 pass over the whole file, permissions included",
        ),
        (
            {"hooks": {"Stop": group(OPEN)}},
            '{"type": "command"}',
            "'Stop.0.hooks.0' lacks 'command'",
            f"client 2.1.197 {WHOLE}, {PASSED}",
        ),
        (
            {"hooks": {"PreToolUse": group({**HOOK, "onFailure": 3})}},
            "3",
            "'PreToolUse.0.hooks.0.onFailure' must be continue or block",
            f"client 2.1.328 {WHOLE}",
        ),
        (
            {"off": {"PreToolUse": group(HOOK)}},
            '"off"',
            "hooks that guard tools stand in 'off', outside of 'hooks'",
            f"client 2.1.328 {WHOLE}",
        ),
        ({"env": {"PreToolUse": group(HOOK)}}, None, "", ""),
        ({"hooks": {"Stop": group(HOOK)}, "description": 3}, None, "", ""),
        ({}, None, "", ""),
        ([{"PreToolUse": group(HOOK)}], None, "", ""),
    ],
)
def test_hooks_of_settings(value: Any, marked: str | None, said: str, consequence: str, tmp_path: Path) -> None:
    files = {"settings.json": json.dumps(value), **command("Do it.")}
    found = told(tmp_path, files, "PL008", PROJECT)
    assert found == ([(marked, f"error: {said}", consequence)] if marked else [])
