"""What a person is told: the text that is marked, the severity and the words, and what the client makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from packlint.discovery.layout import Layout

from .packs import PLUGIN, PROJECT, agent, command, told

Told = list[tuple[str, str, str]]
SHOP = {".claude-plugin/plugin.json": '{"name": "shop"}'}
SHOWN = "an agent copies what it is shown"


def fence(language: str, *lines: str) -> dict[str, str]:
    return agent("\n".join([f"```{language}", *lines, "```"]))


def skill(body: str, name: str = "x", **keys: str) -> dict[str, str]:
    [text] = command(body, **keys).values()
    return {f"skills/{name}/SKILL.md": text}


def named(*paths: str, **keys: str) -> dict[str, str]:
    """Commands and skills that are all alike."""
    [text] = command("Do it.", **keys).values()
    return dict.fromkeys(paths, text)


def words(told: Told) -> list[str]:
    return [said for _, said, _ in told]


def broken(marked: str, what: str) -> Told:
    return [(marked, f"warning: this {what}", SHOWN)]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(fence("json", '{"a": 1,', "}"), broken(",", "JSON does not parse: a comma too many"), id="comma"),
        pytest.param(
            fence("json", '{"a": [1 , ],', ' "b": 2}'),
            broken(",", "JSON does not parse: a comma too many"),
            id="a list",
        ),
        pytest.param(
            fence("json", '{"a": "b | c", }'),
            broken(",", "JSON does not parse: a comma too many"),
            id="a bar in a text",
        ),
        pytest.param(
            fence("json", '{"a": 1}', '{"b" 1}'), broken("1", "JSON does not parse: Expecting ':' delimiter"), id="2nd"
        ),
        pytest.param(
            fence("json", '{"a": 1, // ours', '"b" 2}'),
            broken("2", "JSON does not parse: Expecting ':' delimiter"),
            id="behind a comment",
        ),
        pytest.param(
            fence("json", "[1 2]"), broken("2", "JSON does not parse: Expecting ',' delimiter"), id="in a list"
        ),
        pytest.param(
            fence("json", '{"a": 1} ]'), broken("]", "JSON does not parse: Extra data"), id="one end too many"
        ),
        pytest.param(
            fence("json", '{"a": "b}'),
            broken('"', "JSON does not parse: Unterminated string starting at"),
            id="an open text",
        ),
        pytest.param(
            fence("python", "x = = 1"), broken("= 1", "Python does not parse: invalid syntax"), id="to the end"
        ),
        pytest.param(
            fence("python", "x = 1", "y = (1,", "z = 2"),
            broken("(1,", "Python does not parse: '(' was never closed"),
            id="in a line below",
        ),
        pytest.param(fence("toml", "[a]", "b = c"), broken("c", "TOML does not parse: Invalid value"), id="to its end"),
        pytest.param(
            fence("toml", "a = [1,"), broken("a = [1,", "TOML does not parse: Invalid value"), id="at the end"
        ),
        pytest.param(
            fence("toml", "x = 1", "a = [1,"), broken("a = [1,", "TOML does not parse: Invalid value"), id="a last line"
        ),
        pytest.param(
            fence("toml", "a = b", "c = 1"), broken("b", "TOML does not parse: Invalid value"), id="a first line"
        ),
        pytest.param(
            fence("python", "def f(x: int -> str:"),
            broken("-> str:", "Python does not parse: invalid syntax"),
            id="head",
        ),
        pytest.param(
            fence("yaml", "x: 1", "a: b: c"),
            broken(": c", "YAML does not parse: mapping values are not allowed in this context"),
            id="a colon",
        ),
    ],
)
def test_code_that_does_not_parse(files: dict[str, str], expected: Told, tmp_path: Path) -> None:
    assert told(tmp_path, files, "CD") == expected


@pytest.mark.parametrize(
    ("language", "fine", "let_be", "wrong"),
    [
        ("json", '{"a": 1}', '{"a": ...}', '{"a": 1,}'),
        ("json", '{"a": 1}', "HTTP/1.1 200", '{"a": 1,}'),
        ("python", "x = 1", "x = <name> +", "x = = 1"),
        ("toml", "a = 1", "a = <name>", "a = b"),
        ("yml", "a: 1", "a: {{ b }}: c", "a: b: c"),
        ("bash", "ls", "$ echo 'a", "echo 'a"),
        ("shell", "ls", "{{ x }} 'a", "echo 'a"),
        ("sh", "ls", "/go <name>", "echo 'a"),
    ],
)
def test_code_that_is_let_be_does_not_hide_the_next(
    language: str, fine: str, let_be: str, wrong: str, tmp_path: Path
) -> None:
    files = agent("\n\n".join(f"```{language}\n{code}\n```" for code in (fine, let_be, wrong)))
    assert [said.partition(":")[0] for said in words(told(tmp_path, files, "CD"))].count("warning") == 1


def test_a_fault_beside_a_placeholder_is_told_by_itself(tmp_path: Path) -> None:
    [(marked, said, _)] = told(tmp_path, fence("bash", "echo <a> b 'c"), "CD006")
    assert (marked, said) == ("'", "warning: no shell takes this: a quote that is not closed")


@pytest.mark.parametrize("language", ["json", "python", "toml", "yaml", "bash"])
def test_a_difference_is_not_judged(language: str, tmp_path: Path) -> None:
    lines = {"bash": ("- echo 'a", "+ echo b"), "yaml": ("- a: b: c", "+ a: b: d")}
    files = fence(language, *lines.get(language, ('- {"a" = = 1,', '+ {"a" = = 2,')))
    assert told(tmp_path, files, "CD") == []


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("`/home/ana/notes/routers.md`", "file"),
        ("[x](/Users/ana/a.md)", "file"),
        (r"`C:\Users\ana\notes\a.md`", "file"),
        ("`/home/ana/work/shop/`", "folder"),
        ("`/home/ana/work/shop`", None),
        ("`/home/ana/work/`", None),
        ("`/home/ana/run.sh`", None),
        ("`~/.config/a.md`", None),
        ("`/home/node/app/a.md`", None),
    ],
)
def test_a_path_of_one_machine(path: str, what: str | None, tmp_path: Path) -> None:
    expected = [f"on any other machine the {what} is not there"] if what else []
    assert [consequence for _, _, consequence in told(tmp_path, agent(path), "RF004")] == expected


ERASED = "client 2.1.197 erases it{}; client 2.1.328 replaces it where so many words were typed"


@pytest.mark.parametrize(
    ("body", "hint", "severity", "instead"),
    [
        pytest.param("$ARGUMENTS for $50 a month", "<x>", "warning", "", id="all that is typed has its place"),
        pytest.param("Ask above $50 a month", "<x>", "error", " and does not append what the person typed", id="none"),
        pytest.param(
            "Ask above $50 a month", "", "warning", " and does not append what the person typed", id="no hint"
        ),
        pytest.param("$0 and $1, for $50 a month", "<x>", "error", "", id="two words have their place"),
    ],
)
def test_a_price_that_is_taken_for_an_argument(
    body: str, hint: str, severity: str, instead: str, tmp_path: Path
) -> None:
    said = f"{severity}: '$50' is a price, and the client takes it for an argument; write '\\$50'"
    found = told(tmp_path, command(body, argument_hint=hint), "CM003", version="2.1.197")
    assert found == [("$50", said, ERASED.format(instead))]


@pytest.mark.parametrize(
    ("files", "kind"),
    [(command("Do it.", agent="Explore"), "command"), (skill("Do it.", agent="Explore"), "skill")],
)
def test_an_agent_without_a_fork(files: dict[str, str], kind: str, tmp_path: Path) -> None:
    [(marked, said, consequence)] = told(tmp_path, files, "CM009")
    assert (marked, said) == ("agent: Explore", "warning: 'agent' does nothing without 'context: fork'")
    assert consequence == f"clients 2.1.197 and 2.1.328 run the {kind} in the main thread"
    assert told(tmp_path / "empty", command("Do it.", agent='""'), "CM009") == []


@pytest.mark.parametrize(
    ("keys", "layout", "marked", "said", "consequence"),
    [
        pytest.param(
            {"effort": "hihg"},
            PLUGIN,
            "hihg",
            "warning: 'effort' must be low, medium, high, xhigh or max; did you mean 'high'?",
            "the client ignores another word, and sends no effort at all for a number",
            id="a misspelt word",
        ),
        pytest.param(
            {"effort": '"3 of 5"'},
            PLUGIN,
            '"3 of 5"',
            "warning: 'effort' must be low, medium, high, xhigh or max",
            "the client ignores another word, and sends no effort at all for a number",
            id="a number and words where a word belongs",
        ),
        pytest.param(
            {"maxTurns": '"7 turns"'},
            PLUGIN,
            '"7 turns"',
            "warning: 'maxTurns' must be a whole number from 1",
            "the client reads it as 7",
            id="a number and words",
        ),
        pytest.param(
            {"maxTurns": '"1e1"'},
            PLUGIN,
            '"1e1"',
            "warning: 'maxTurns' must be a whole number from 1",
            "client 2.1.197 reads it as 1; client 2.1.328 reads it as 10",
            id="a number that two clients read in two ways",
        ),
        pytest.param(
            {"maxTurns": '"0x10"'},
            PLUGIN,
            '"0x10"',
            "warning: 'maxTurns' must be a whole number from 1",
            "the client ignores it, so the agent has no limit",
            id="no number",
        ),
        pytest.param(
            {"isolation": "remote"},
            PLUGIN,
            "remote",
            "warning: 'isolation' of a plugin's agent must be worktree",
            "clients 2.1.197 and 2.1.328 ignore it: the agent works in the user's own files",
            id="isolation elsewhere",
        ),
        pytest.param(
            {"permissionMode": "plna"},
            PROJECT,
            "plna",
            "warning: 'permissionMode' must be acceptEdits, auto, bypassPermissions, default, dontAsk, manual or plan;"
            " did you mean 'plan'?",
            "the client ignores it",
            id="a key that a project's agent has",
        ),
        pytest.param(
            {"mcpServers": "[github, {a: {command: x}, b: {command: y}}]"},
            PROJECT,
            "{a: {command: x}, b: {command: y}}",
            "error: an item of 'mcpServers' has 2 servers; each needs an item of its own",
            "the client passes over the item and starts no server for it",
            id="two servers in one",
        ),
    ],
)
def test_a_value_of_an_agent_that_the_client_does_not_know(
    keys: dict[str, str], layout: Layout, marked: str, said: str, consequence: str, tmp_path: Path
) -> None:
    assert told(tmp_path, agent("You write.", **keys), "FM017", layout) == [(marked, said, consequence)]


@pytest.mark.parametrize(
    ("keys", "layout"),
    [
        ({"effort": ""}, PLUGIN),
        ({"permissionMode": "plna"}, PLUGIN),
        ({"isolation": "remote"}, PROJECT),
        ({"mcpServers": "[github, 3]"}, PLUGIN),
        ({"mcpServers": "{a: {command: x}}"}, PROJECT),
        ({"user-invocable": "yes"}, PROJECT),
        ({"x": "&x {effort: hihg}", "<<": "*x"}, PROJECT),
        ({"maxTurns": '"7"'}, PROJECT),
    ],
)
def test_a_value_of_an_agent_that_does_no_harm(keys: dict[str, str], layout: Layout, tmp_path: Path) -> None:
    assert told(tmp_path, agent("You write.", **keys), "FM017", layout) == []


def test_each_bad_value_of_a_file_is_told(tmp_path: Path) -> None:
    files = agent("You write.", permissionMode="plna", effort="", maxTurns="{a: b}", color="pnik", memory="usr")
    assert [marked for marked, _, _ in told(tmp_path / "agent", files, "FM017")] == ["pnik", "usr"]
    files = command("Do it.", disable_model_invocation="on", user_invocable="yes", context="frok")
    assert [marked for marked, _, _ in told(tmp_path / "command", files, "FM017")] == ["on", "yes", "frok"]


@pytest.mark.parametrize(
    ("key", "value", "marked", "said", "consequence"),
    [
        pytest.param(
            "user_invocable",
            "yes",
            "yes",
            "warning: 'user-invocable' is on for some clients alone; write true",
            "client 2.1.197 takes it for false, client 2.1.328 for true",
            id="a word for true",
        ),
        pytest.param(
            "user_invocable",
            "",
            "user-invocable:",
            "warning: 'user-invocable' must be true or false",
            "the client takes it for false: only the model can call the command",
            id="nothing hides a command from people",
        ),
        pytest.param(
            "disable_model_invocation",
            "maybe",
            "maybe",
            "warning: 'disable-model-invocation' must be true or false",
            "the client takes it for false, so the model may call the command",
            id="a word for neither",
        ),
    ],
)
def test_a_switch_of_a_command(key: str, value: str, marked: str, said: str, consequence: str, tmp_path: Path) -> None:
    assert told(tmp_path, command("Do it.", **{key: value}), "FM017") == [(marked, said, consequence)]


@pytest.mark.parametrize(
    "keys",
    [
        {"user_invocable": '"true"', "disable_model_invocation": "false"},
        {"x": "&x {user-invocable: yes}", "<<": "*x"},
        {"mcpServers": "[3]"},
    ],
)
def test_a_switch_that_all_clients_read_alike_or_that_stands_elsewhere(keys: dict[str, str], tmp_path: Path) -> None:
    assert told(tmp_path, command("Do it.", **keys), "FM017", PROJECT) == []


def comment(text: str, key: str) -> Told:
    said = f"warning: '{text.rstrip()}' is a YAML comment, not part of {key}"
    return [(text, said, f"the client reads {key} without it")]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        pytest.param({"description": "Fixes issue #12"}, comment("#12", "description"), id="after words"),
        pytest.param({"description": "#12"}, comment("#12", "description"), id="instead of words"),
        pytest.param({"description": "a \t#b  "}, comment("#b  ", "description"), id="after a tab"),
        pytest.param({"description": "a\n  b #c"}, comment("#c", "description"), id="in a second line"),
        pytest.param({"initialPrompt": "Go #1"}, comment("#1", "initialPrompt"), id="a first prompt"),
        pytest.param({"description": "'a b' # ours"}, [], id="after quotes"),
        pytest.param({"description": "[a] # ours"}, [], id="after a list"),
        pytest.param({"description": ">\n  a #b"}, [], id="in a block"),
        pytest.param({"model": "haiku # fast"}, [], id="after a model"),
        pytest.param({"description": "Use when: x #12"}, [], id="in a value that the client quotes"),
        pytest.param({"description": "~ # ours"}, [], id="after nothing"),
        pytest.param({"description": "a # packlint: ignore[DS001] short"}, [], id="a comment for packlint"),
    ],
)
def test_a_comment_that_cuts_a_value_short(keys: dict[str, str], expected: Told, tmp_path: Path) -> None:
    assert told(tmp_path, agent("You write.", **keys), "FM011", PROJECT) == expected


def test_control_characters_are_counted_and_those_of_a_lost_frontmatter_left_out(tmp_path: Path) -> None:
    lost = {"agents/dev.md": "---\nname: d\x00ev\ndescription: Use it.\n---\nB\n"}
    assert told(tmp_path, lost, "TX006") == []
    lost = {"agents/dev.md": "---\nname: d\x00ev\ndescription: Use it.\n---\nB\x07\x07 \x1b\n"}
    for version, marked, count in ((None, "\x07\x07", "U+0007 and 1 more"), ("2.1.197", "\x00", "NUL and 2 more")):
        [found] = told(tmp_path, lost, "TX006", version=version)
        assert found[:2] == (marked, f"warning: a control character: {count}")


def test_one_control_character_is_told_alone(tmp_path: Path) -> None:
    [(marked, said, _)] = told(tmp_path, agent("a\x07b"), "TX006")
    assert (marked, said) == ("\x07", "warning: a control character: U+0007")


def test_a_pattern_that_restricts_nothing(tmp_path: Path) -> None:
    tools = "Bash(git *), Agent(Explore), Task(Plan), Foo(x), MultiEdit(x), (x), Read"
    found = told(tmp_path, agent("You write.", tools=tools), "TL011")
    said = "warning: the pattern in '{}' restricts nothing in an agent"
    assert found == [
        ("Bash(git *)", said.format("Bash(git *)"), "the client gives all of Bash"),
        ("Agent(Explore)", said.format("Agent(Explore)"), "the client gives starting any agent"),
        ("Task(Plan)", said.format("Task(Plan)"), "the client gives starting any agent"),
    ]


CUT = "clients 2.1.197 and 2.1.328 cut the metadata here{}, and what follows becomes body"


@pytest.mark.parametrize(
    ("text", "severity", "lost"),
    [
        pytest.param("Reviews --- all\ntools: Read\n---\n", "error", "tools", id="a key below"),
        pytest.param(
            "Reviews --- all\n  more\n\ntools: Read\nmodel: x\n---\n", "error", "tools", id="more lines below"
        ),
        pytest.param("Reviews --- all\n---\n", "error", None, id="nothing below"),
        pytest.param("Reviews --- all", "error", None, id="the end of the file"),
        pytest.param("Reviews all\n-----\nB\n", "warning", None, id="a longer line"),
        pytest.param("Reviews all\n---x\ntools: Read\n---\n", "error", "tools", id="a key below a longer line"),
        pytest.param("Reviews all\n--- # ours\nB\n", "warning", None, id="a comment"),
        pytest.param("Reviews all\n--- \t\nx: y\n---\n", None, None, id="blanks behind the end"),
        pytest.param("Reviews all\n---", None, None, id="no text below"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_dashes_in_a_value(text: str, severity: str | None, lost: str | None, newline: str, tmp_path: Path) -> None:
    files = {"agents/dev.md": f"---\nname: dev\ndescription: {text}".replace("\n", newline)}
    below = f"; the keys below, from '{lost}' on, are lost" if lost else ""
    expected = [("---", f"{severity}: '---' inside the frontmatter ends it", CUT.format(below))] if severity else []
    assert told(tmp_path, files, "FM007") == expected


def eaten(marked: str, what: str, shown: str, key: str = "description") -> Told:
    said = f"error: '{marked.split(maxsplit=1)[0]}' is read as a YAML {what}, not as text"
    return [(marked, said, f"the client sees {key} as {shown}")]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"description": "!now use it"}, eaten("!now use it", "tag", "'use it'")),
        ({"description": "!now"}, eaten("!now", "tag", "empty")),
        ({"description": "&x y"}, eaten("&x y", "anchor", "'y'")),
        ({"description": "!x a  # ours"}, eaten("!x a", "tag", "'a'")),
        ({"model": "!x haiku"}, eaten("!x haiku", "tag", "'haiku'", "model")),
        ({"description": '!x ""'}, eaten('!x ""', "tag", "empty")),
        ({"description": "&x"}, eaten("&x", "anchor", "empty")),
        ({"description": "!!str a"}, []),
        ({"tools": "!x [Read]"}, []),
    ],
)
def test_a_tag_or_an_anchor_that_eats_a_word(keys: dict[str, str], expected: Told, tmp_path: Path) -> None:
    assert told(tmp_path, agent("You write.", **keys), "FM010") == expected


def test_only_what_a_tag_eats_is_told(tmp_path: Path) -> None:
    files = agent("You write.", model="!!str haiku", color="red", description="!now use it")
    assert [marked for marked, _, _ in told(tmp_path, files, "FM010")] == ["!now use it"]


def gone(tool: str, instead: str, gives: str, severity: str) -> tuple[str, str, str]:
    said = f"{severity}: '{tool.partition('(')[0]}' is no longer a tool{instead}"
    return tool, said, f"clients 2.1.197 and 2.1.328 drop it without a word: it {gives}"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            agent("B", tools="Read, MultiEdit(src/**), TodoRead"),
            [
                gone("MultiEdit(src/**)", "; use Edit", "gives the agent nothing", "error"),
                gone("TodoRead", "", "gives the agent nothing", "error"),
            ],
            id="of an agent",
        ),
        pytest.param(
            agent("B", disallowedTools="LS"),
            [gone("LS", "; use Bash (ls) or Glob", "takes nothing away", "warning")],
            id="denied",
        ),
        pytest.param(
            command("B", allowed_tools="MultiEdit"),
            [gone("MultiEdit", "; use Edit", "grants nothing", "warning")],
            id="granted",
        ),
    ],
)
def test_a_tool_that_is_gone(files: dict[str, str], expected: Told, tmp_path: Path) -> None:
    assert told(tmp_path, files, "TL003") == expected


def denied(token: str, said: str, severity: str = "warning") -> Told:
    return [(token, f"{severity}: {said}", "the client takes the whole tool away")]


@pytest.mark.parametrize(
    ("tools", "denials", "expected"),
    [
        pytest.param("Read, Bash", "Bash(rm *)", denied("Bash(rm *)", "'Bash' is listed in tools and denied here")),
        pytest.param("Task", "Agent", denied("Agent", "'Agent' is listed in tools and denied here"), id="an old name"),
        pytest.param(
            None,
            "Bash(rm *)",
            denied("Bash(rm *)", "'Bash(rm *)' denies all of Bash, not a pattern of it"),
            id="of all",
        ),
        pytest.param(
            "'*'",
            "Bash(rm *)",
            denied("Bash(rm *)", "'Bash(rm *)' denies all of Bash, not a pattern of it"),
            id="of all by a star",
        ),
        pytest.param(None, "Bash", [], id="a whole tool of all"),
        pytest.param("Read", "Bash(rm *)", [], id="a tool that is not listed"),
        pytest.param("[]", "Bash(rm *)", [], id="a tool of none"),
        pytest.param(
            "Read, mcp__gh__b, mcp__gh__a, mcp__ab__c",
            "mcp__gh",
            denied("mcp__gh", "'mcp__gh__a' is listed in tools and denied here"),
            id="a server",
        ),
        pytest.param(
            "mcp__gh__a, mcp__ab__c",
            '"mcp__*"',
            denied("mcp__*", "'mcp__ab__c' is listed in tools and denied here"),
            id="every server",
        ),
        pytest.param("mcp__gh__a", "mcp__ab", [], id="another server"),
        pytest.param("Read", '"mcp__*"', [], id="every server, and none is listed"),
        pytest.param("mcp__gh", "mcp__gh__a", [], id="one tool of a server"),
        pytest.param(
            "Read",
            '["*", Read, "*"]',
            [
                (
                    "*",
                    "error: '*' denies nothing; name the tools, or list in 'tools' what is left",
                    "clients 2.1.197 and 2.1.328 deny nothing then, the other tools of the list included",
                )
            ],
            id="a star",
        ),
    ],
)
def test_a_tool_that_an_agent_is_denied(tools: str | None, denials: str, expected: Told, tmp_path: Path) -> None:
    listed = {} if tools is None else {"tools": tools}
    assert told(tmp_path, agent("You write.", **listed, disallowedTools=denials), "TL010") == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        pytest.param({"disallowed_tools": "Bash, Edit"}, ["Bash"], id="granted in part and denied as a whole"),
        pytest.param({"disallowed_tools": "Bash(rm *)"}, [], id="denied in part"),
        pytest.param({"disallowedTools": "Bash"}, ["Bash"], id="by the key of an agent"),
        pytest.param({"disallowed_tools": "Edit", "disallowedTools": "Bash"}, [], id="by a key that is not read"),
    ],
)
@pytest.mark.parametrize("kind", ["command", "skill"])
def test_a_tool_that_a_command_is_denied(kind: str, keys: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    files = {"command": command, "skill": skill}[kind]("Do it.", allowed_tools="Bash(git:*)", **keys)
    told_of = f"the client refuses Bash while the {kind}'s turn lasts"
    said = "warning: 'Bash' is granted in allowed-tools and denied here"
    assert told(tmp_path, files, "TL010") == [(each, said, told_of) for each in expected]
