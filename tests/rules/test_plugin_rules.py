from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from packlint import lint
from packlint.client import client
from packlint.config import Settings
from packlint.discover import discover
from packlint.pack import Pack
from packlint.parsing import jsonplace
from tests.conftest import FindProblems

from .packs import PLUGIN, PROJECT, agent, command, findings, write

MANIFEST = ".claude-plugin/plugin.json"
HOOK = {"type": "command", "command": "true"}


def plugin(text: str) -> dict[str, str]:
    return {MANIFEST: text, **command("Do it.")}


def manifest(**keys: Any) -> dict[str, str]:
    """A plugin whose manifest has its own keys from line 3 on, one a line."""
    return plugin(json.dumps({"name": "shop"} | keys, indent=1))


def hooks(value: Any) -> dict[str, str]:
    return {"hooks/hooks.json": json.dumps(value), **command("Do it.")}


def marketplace(text: str) -> dict[str, str]:
    return {".claude-plugin/marketplace.json": text, **manifest()}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(manifest(version=1), ["3:13 PL002 error"], id="a number for a version"),
        pytest.param(manifest(author="Ann"), ["3:12 PL002 warning"], id="a text for an author"),
        pytest.param(manifest(author={"email": "a@b"}), ["3:12 PL002 warning"], id="an author without a name"),
        pytest.param(manifest(keywords="a"), ["3:14 PL002 warning"], id="a text for keywords"),
        pytest.param(manifest(homepage="shop"), ["3:14 PL002 warning"], id="no URL"),
        pytest.param(plugin('{"version": "1.0.0"}'), ["1:1 PL002 error"], id="no name"),
        pytest.param(plugin('{"name": ""}'), ["1:10 PL002 error"], id="an empty name"),
        pytest.param(plugin('{"name": "my shop"}'), ["1:10 PL003 error"], id="a space in the name"),
        pytest.param(plugin('{"name": "my:shop"}'), ["1:10 PL003 error"], id="a colon in the name"),
        pytest.param(plugin('{"name": "claude-shop"}'), ["1:10 PL003 warning"], id="a reserved word"),
        pytest.param(plugin('{"name": "MyShop"}'), ["1:10 PL003 warning"], id="capitals in the name"),
        pytest.param({**manifest(agents="./agents/"), **agent("B")}, ["3:12 PL004 error"], id="a folder of agents"),
        pytest.param({**manifest(agents=["agents/dev.md"]), **agent("B")}, ["4:3 PL004 error"], id="no ./"),
        pytest.param(manifest(skills="./nope/"), ["3:12 PL005 error"], id="a missing folder"),
        pytest.param(manifest(keyword=["a"]), ["3:2 PL006 warning"], id="a misspelt key"),
        pytest.param(manifest(category="a"), ["3:2 PL006 warning"], id="a key of a marketplace"),
        pytest.param(
            marketplace('{"name": "m", "plugins": [{"name": "shop", "source": "./"}]}'),
            ["1:1 PL007 error"],
            id="no owner",
        ),
        pytest.param(
            marketplace('{"name": "m", "owner": {"name": "a"},\n "plugins": [{"name": "shop"}]}'),
            ["2:14 PL007 error"],
            id="a plugin without a source",
        ),
        pytest.param(
            marketplace('{"name": "m m", "owner": {"name": "a"}, "plugins": []}'), ["1:10 PL007 error"], id="a space"
        ),
        pytest.param(hooks({"Stop": []}), ["1:1 PL008 error"], id="no hooks at the top"),
        pytest.param(hooks({"hooks": {"Stop": {}}}), ["1:20 PL008 error"], id="an event that is no list"),
        pytest.param(hooks({"hooks": {"Stop": [HOOK]}}), ["1:21 PL008 error"], id="a hook without a group"),
        pytest.param(
            hooks({"hooks": {"Stop": [{"hooks": [{"type": "command"}]}]}}), ["1:32 PL008 error"], id="no command"
        ),
        pytest.param(hooks({"hooks": {"Stopp": [{"hooks": [HOOK]}]}}), ["1:12 PL009 warning"], id="a misspelt event"),
        pytest.param(
            {
                **hooks({"hooks": {"Stop": [{"hooks": [{**HOOK, "command": "${CLAUDE_PLUGIN_ROOT}/a.sh"}]}]}}),
                "a.sh": "true\n",
            },
            ["1:64 PL010 warning"],
            id="a path without quotes",
        ),
        pytest.param(
            hooks({"hooks": {"Stop": [{"hooks": [{**HOOK, "command": 'sh "${CLAUDE_PLUGIN_ROOT}/a.sh"'}]}]}}),
            ["1:69 PL011 error"],
            id="a script that is not there",
        ),
        pytest.param({**manifest(), "Agents/x.md": "x\n"}, ["1:1 PL012 error"], id="a folder in capitals"),
        pytest.param(
            manifest(commands={"go": {"source": "commands/go.md"}}), ["5:14 PL004 error"], id="a command without ./"
        ),
        pytest.param(
            manifest(hooks={"hooks": {"stop": [{"hooks": [HOOK]}]}}),
            ["4:3 PL008 error", "5:4 PL009 warning"],
            id="hooks as in a file of hooks",
        ),
        pytest.param(
            {".claude-plugin/marketplace.json": "{", "settings.json": '{"agent": "none"}', **agent("B")},
            ["1:2 PL001 error"],
            id="settings that may be a person's own",
        ),
        pytest.param({"hooks/hooks.json": "{", **command("Do it.")}, ["1:2 PL001 error"], id="hooks that are no JSON"),
    ],
)
def test_a_defect_is_found_where_it_stands(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    assert findings(tmp_path, files, "PL", PLUGIN) == expected


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        pytest.param('{"name": "shop",\n}', (1, 16), "a comma too many", id="a comma at the end of an object"),
        pytest.param('{"name": "shop", "keywords": ["a" , ]}', (1, 35), "a comma too many", id="of a list"),
        pytest.param('{\n  // ours\n  "name": "shop"\n}', (2, 3), "it has a comment", id="a comment"),
        pytest.param('{"name": "shop"} /* ours */', (1, 18), "it has a comment", id="a comment behind it"),
        pytest.param('{"name": ,}', (1, 10), "Expecting value", id="a value left out"),
        pytest.param("{'name': 'shop'}", (1, 2), "Expecting property name enclosed in double quotes", id="quotes"),
    ],
)
def test_a_manifest_that_is_no_json_is_told_what_it_has(
    text: str, place: tuple[int, int], words: str, problems_of: FindProblems
) -> None:
    [found] = [each for each in problems_of({".claude-plugin/plugin.json": text}) if each.code == "PL001"]
    assert (found.place.line, found.place.column) == place
    assert found.message == f"not valid JSON: {words}"


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            manifest(
                version="abc",
                author={"name": "A"},
                homepage="https://a.b",
                keywords=["a"],
                license="MIT",
                displayName="S",
            ),
            id="all the usual keys",
        ),
        pytest.param({**manifest(agents=["./agents/dev.md"]), **agent("B")}, id="agents named one by one"),
        pytest.param(
            manifest(hooks={"Stop": [{"hooks": [HOOK]}]}, mcpServers={"a": {"command": "x"}}),
            id="hooks in the manifest",
        ),
        pytest.param(hooks({"description": "d", "hooks": {"Stop": [{"matcher": "x", "hooks": [HOOK]}]}}), id="hooks"),
        pytest.param(hooks({"modules": []}), id="modules for hooks"),
        pytest.param(
            marketplace(
                '{"name": "m", "owner": {"name": "a"}, "plugins": ['
                '{"name": "s", "source": {"source": "github", "repo": "a/b"}}]}'
            ),
            id="a source elsewhere",
        ),
        pytest.param({**manifest(), **agent("B"), ".claude/agents/x.md": "x\n"}, id="a project's agents beside"),
        pytest.param(
            manifest(mcpServers={"db": {"command": "db", "source": "db"}}), id="a server with a key of its own"
        ),
        pytest.param(
            marketplace('{"name": "m", "owner": {"name": "a"}, "plugins": [], "zone": 1}'), id="a marketplace's own key"
        ),
        pytest.param(
            {**manifest(skills=["./tools"]), "tools/x/SKILL.md": "---\ndescription: d\n---\n", "skill/y/SKILL.md": "x"},
            id="skills that are named, and a folder like that for skills",
        ),
        pytest.param(
            {**command("B"), "agents/notes.txt": "x", "agent/x.md": "x"}, id="a folder for agents, and one like it"
        ),
        pytest.param(
            {
                **hooks(
                    {"hooks": {"Stop": [{"hooks": [{**HOOK, "command": "${CLAUDE_PLUGIN_ROOT}/a.sh", "args": []}]}]}}
                ),
                "a.sh": "true\n",
            },
            id="a path that no shell sees",
        ),
    ],
)
def test_a_valid_plugin_is_silent(tmp_path: Path, files: dict[str, str]) -> None:
    assert findings(tmp_path, files, "PL", PLUGIN) == []


@pytest.mark.parametrize(
    ("source", "metadata", "expected"),
    [
        pytest.param("./", {}, [], id="a path"),
        pytest.param("shop", {}, ["1:86 PL007 error"], id="a bare name"),
        pytest.param("shop", {"pluginRoot": "./plugins"}, ["1:86 PL007 warning"], id="a bare name below a root"),
        pytest.param("a/b", {"pluginRoot": "."}, ["1:86 PL001 error", "1:86 PL007 error"], id="a path below a root"),
        pytest.param("", {"pluginRoot": "."}, ["1:86 PL007 error"], id="nothing below a root"),
    ],
)
def test_where_the_files_of_a_marketplaces_plugin_are(
    source: str, metadata: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    catalogue = {"name": "m", "owner": {"name": "an author"}, "plugins": [{"name": "shop", "source": source}]}
    files = marketplace(json.dumps(catalogue | {"metadata": metadata}))
    assert (
        findings(tmp_path, files | {f"plugins/shop/{path}": text for path, text in agent("B").items()}, "PL")
        == expected
    )


def test_a_key_is_known_to_the_clients_that_have_it(tmp_path: Path) -> None:
    for version, expected in (("2.1.332", []), ("2.1.328", ["3:2 PL006 warning"])):
        assert findings(tmp_path, manifest(optionalDependencies=["till"]), "PL006", version=version) == expected


def test_only_a_link_to_hooks_may_not_lead_out_of_a_plugin(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("{}")
    root = write(tmp_path / "shop", manifest(mcpServers="./servers.json", hooks="./more.json"))
    for name in ("servers.json", "more.json"):
        (root / name).symlink_to(tmp_path / "real.json")
    assert findings(root, {}, "PL005") == ["4:11 PL005 error"]


def test_a_linked_agent_is_overlooked_in_a_plugin_alone(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text(agent("B")["agents/dev.md"], encoding="utf-8")
    for folder, layout, expected in (("a", PLUGIN, ["1:1 PL013 error"]), ("b", PROJECT, [])):
        root = write(tmp_path / folder, agent("B"), layout)
        base = root / ".claude" if layout is PROJECT else root
        (base / "agents" / "linked.md").symlink_to(tmp_path / "real.md")
        assert findings(root, {}, "PL", layout) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("Bsh(rm *)", ["1:27 PL014 warning"]),
        ("MultiEdit", ["1:27 PL014 warning"]),
        ("Bash(rm *)", []),
        ("*", []),
        ("mcp__a__b", []),
    ],
)
def test_permissions_name_tools(tmp_path: Path, rule: str, expected: list[str]) -> None:
    files = {"settings.json": json.dumps({"permissions": {"deny": [rule]}}), **command("Do it.")}
    assert findings(tmp_path, files, "PL", PROJECT) == expected


def test_every_part_of_a_json_text_has_its_place() -> None:
    text = '{"a": [1, {"b": "x\\"y"}], "a": -2.5e3,\n "c": {}}'
    found = jsonplace.read(text)
    assert found is not None
    assert {path: text[spot.start : spot.end] for path, spot in found.spots.items()} == {
        (): text,
        ("a",): "-2.5e3",
        ("a", 0): "1",
        ("a", 1): '{"b": "x\\"y"}',
        ("a", 1, "b"): '"x\\"y"',
        ("c",): "{}",
    }
    assert text[found.spot("c").key_start : found.spot("c").key_end] == '"c"'
    assert jsonplace.read("[1,]") is None


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(plugin('\ufeff{"name": "shop"}'), id="a byte order mark"),
        pytest.param(manifest(author="Ann"), id="a text for an author"),
        pytest.param(manifest(hooks={"Stopp": []}), id="an event that does not exist"),
    ],
)
def test_what_keeps_the_client_from_loading_the_plugin_is_an_error_for_that_client(
    files: dict[str, str], tmp_path: Path
) -> None:
    for version, severity in (("2.1.197", "error"), ("2.1.328", "warning")):
        [found] = findings(tmp_path, files, "PL", version=version)
        assert found.endswith(severity)


def _market(*entries: tuple[str, list[Any]]) -> dict[str, str]:
    """The plugin `shop`, which needs `till`, in a marketplace with these entries from elsewhere and what they need."""
    listed: list[Any] = [{"name": "shop", "source": "./"}]
    for name, needed in entries:
        source = {"source": "github", "repo": f"a/{name}"}
        listed.append({"name": name, "source": source, "dependencies": needed})
    return {
        ".claude-plugin/marketplace.json": json.dumps({"name": "m", "owner": {"name": "a"}, "plugins": listed}),
        **manifest(dependencies=["till"]),
    }


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(_market(("till", ["desk"]), ("desk", [])), [], id="all there"),
        pytest.param(
            _market(("till", ["desk"]), ("desk", ["till"])), ["PL019 error"] * 2, id="two that need each other"
        ),
        pytest.param(
            _market(("till", ["desk"]), ("desk", ["far", "desk"]), ("far", [])),
            ["PL019 error"] * 2,
            id="one that leads to one that needs itself",
        ),
        pytest.param(
            _market(("till", ["desk"]), ("desk", ["none"])),
            ["PL007 error", "PL019 error"],
            id="one that needs one that needs another",
        ),
        pytest.param(_market(*((f"p{n}", [f"p{n + 1}"]) for n in range(2_000)), ("till", ["p0"]), ("p2000", [])), []),
        pytest.param(_market(*((f"p{n}", [f"p{m}" for m in range(n)]) for n in range(40)), ("till", ["p39"])), []),
    ],
)
def test_what_the_plugins_of_a_marketplace_need_in_turn(
    files: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    found = findings(tmp_path, files, "PL")
    assert sorted(each.partition(" ")[2] for each in found) == expected


@pytest.mark.parametrize(
    ("matcher", "expected"),
    [
        pytest.param("Edit|write", ["1:39 PL018 error"], id="a tool in small letters"),
        pytest.param("Grep|Glob|Search", ["1:39 PL018 warning"], id="a name that is like a tool's"),
        pytest.param("Bash(*)", ["1:39 PL018 error"], id="any arguments"),
        pytest.param("Edit|Bash(?)", ["1:39 PL018 error"], id="any arguments of one of two"),
        pytest.param("[Bash", ["1:39 PL018 error"], id="an open set"),
        pytest.param("/Bash/", ["1:39 PL018 error"], id="slashes"),
        *(
            pytest.param(each, ["1:39 PL018 error"], id=each)
            for each in (
                *("!Bash", "(?i)bash", "Bash++", "^bash$", "Bash;Write", "Bash/Write", "Bash&Write", "@Bash", "'Bash'"),
                *("Bash and Write", "Bash OR Write", "not Bash", r"Bash\Z", "(?>Bash)", "(?P<n>Bash)", "(?x)Bash"),
                *("{Bash,Edit}", "Bash{2,1}", "tool:Bash", "Bash, !Edit"),
            )
        ),
        pytest.param("Zip.*", ["1:39 PL018 warning"], id="an expression without a tool in it"),
        *(
            pytest.param(each, [], id=each)
            for each in ("*", "Bash( *)", "Bash()", "(Bash)", "Bash*", r"Bash\b", "[^]*")
        ),
        *(
            pytest.param(each, [], id=each)
            for each in (
                *("^(?!Bash$)", "(?i:bash)", "(?<name>Bash)", "!Edit|Bash", "^mcp__db__.*", "B.*sh", "^Task$", "[^E]+"),
                *("Bash|", "Bash||Write", "Bash:*", "Bash, Write", "Bash(?!x)", "Bash{1}", r"(\w+\w+)+x"),
            )
        ),
        pytest.param("Bash{99999999999}", [], id="more times than Python counts"),
        pytest.param("(" * 400 + "Bash" + ")" * 400, [], id="as deep as Python does not go"),
        pytest.param("[[Bash]", [], id="what Python warns of"),
        pytest.param("(Bash" * 40_000, [], id="longer than anybody writes"),
    ],
)
def test_a_matcher_is_an_error_where_no_client_can_find_a_tool_by_it(
    matcher: str, expected: list[str], tmp_path: Path
) -> None:
    files = hooks({"hooks": {"PreToolUse": [{"matcher": matcher, "hooks": [HOOK]}]}})
    assert findings(tmp_path, files, "PL018", PLUGIN) == expected


def test_an_event_is_not_renamed_to_one_that_is_there(tmp_path: Path) -> None:
    told = {"Stop": [{"hooks": [HOOK]}]}
    root = write(tmp_path, hooks({"hooks": {"stop": [{"hooks": [HOOK]}], **told}}))
    packs = [Pack(found, client(), root) for found in discover([root], PLUGIN)]
    assert [each.fix for each in lint.check(packs, Settings(select=("PL009",)))] == [None]


CLERK = {"agents/clerk.md": "---\nname: clerk\ndescription: Keeps the books. Use for invoices.\n---\nYou keep them.\n"}


@pytest.mark.parametrize(
    ("deny", "name", "expected"),
    [
        pytest.param("Agent(clerk)", "settings.json", ["4:12 PL022 warning", "1:27 PL022 warning"], id="by its name"),
        pytest.param("Task", "settings.json", ["4:12 PL022 warning", "1:27 PL022 warning"], id="with all others"),
        pytest.param("Agent(clerk)", "settings.local.json", ["4:12 PL022 info", "1:27 PL022 info"], id="by one person"),
        pytest.param("Agent(Clerk)", "settings.local.json", ["1:27 PL022 warning"], id="by one person, in vain"),
        pytest.param("Agent(Explore)", "settings.json", [], id="another one"),
    ],
)
def test_a_text_that_calls_a_denied_agent(deny: str, name: str, expected: list[str], tmp_path: Path) -> None:
    files = {name: json.dumps({"permissions": {"deny": [deny]}}), **CLERK, **command("Start the `clerk` agent.")}
    assert sorted(findings(tmp_path, files, "PL022", PROJECT), reverse=True) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param('Use `subagent_type: "Explore"` first.', ["4:22 PL022 warning"], id="called"),
        pytest.param("Never start the `Explore` agent.", [], id="not to be called"),
        pytest.param("Start the `clerk` agent.", [], id="another one called"),
    ],
)
def test_a_text_that_calls_a_denied_agent_of_the_client(body: str, expected: list[str], tmp_path: Path) -> None:
    settings = json.dumps({"permissions": {"deny": ["Agent(Explore)"]}})
    assert findings(tmp_path, {"settings.json": settings, **CLERK, **command(body)}, "PL022", PROJECT) == expected
