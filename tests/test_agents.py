"""What an agent is called and what is said of it; every case was tried on 2.1.197 and 2.1.328."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from packlint import frontmatter
from packlint.client import client, largest_file
from packlint.discover import discover
from packlint.discovery.layout import Layout
from packlint.loading import numbers, servers
from packlint.loading.loader import Agent, Role, load_agent
from packlint.pack import Pack
from packlint.rules import unknown_skill

NEWEST = client()
OLDER = client("2.1.197")
_LONGEST = 256


def _load(lines: str, layout: Layout, version: Any = NEWEST, file: str = "reviewer.md") -> Agent:
    found = frontmatter.read(f"---\n{lines}\n---\nBody\n", strips_bom=True, refuses_nul=True)
    return load_agent(found, Role(layout, "pk", (file,)), version)


@pytest.mark.parametrize(
    ("name", "loaded"),
    [
        pytest.param("a" * _LONGEST, True, id="as long as may be"),
        pytest.param("a" * (_LONGEST + 1), False, id="longer"),
        pytest.param("\U0001f600" * (_LONGEST // 2), True, id="of characters that count twice"),
        pytest.param("\U0001f600" * (_LONGEST // 2 + 1), False, id="of more of them"),
        pytest.param("fast:reviewer", False, id="a colon"),
        pytest.param("fast\uff1areviewer", False, id="a full-width colon"),
        pytest.param("fast\ufe55reviewer", False, id="a small colon"),
        pytest.param("fast\u2236reviewer", True, id="a ratio"),
    ],
)
def test_names_that_newer_clients_do_not_load_in_a_project(name: str, loaded: bool) -> None:
    lines = f'name: "{name}"\ndescription: about'
    assert _load(lines, Layout.PROJECT).loaded is loaded
    assert _load(lines, Layout.PROJECT, OLDER).loaded
    assert _load(lines, Layout.PLUGIN).loaded


@pytest.mark.parametrize(
    ("name", "called"),
    [
        pytest.param("0", "0", id="zero"),
        pytest.param("-0", "0", id="below zero"),
        pytest.param("false", "false", id="false"),
        pytest.param("null", "reviewer", id="nothing"),
        pytest.param("[null]", "reviewer", id="a list of nothing"),
        pytest.param("{}", "[object Object]", id="an empty mapping"),
    ],
)
def test_a_plugins_agent_is_called_by_the_text_of_its_name(name: str, called: str) -> None:
    assert _load(f"name: {name}", Layout.PLUGIN).invoke == f"pk:{called}"


def test_a_plugins_agent_has_its_folders_before_its_name_whatever_its_file_is_called() -> None:
    found = frontmatter.read("---\nname: reviewer\n---\nBody\n", strips_bom=True, refuses_nul=True)
    agent = load_agent(found, Role(Layout.PLUGIN, "pk", ("reviews", "SKILL.md")), NEWEST)
    assert agent.invoke == "pk:reviews:reviewer"


def test_too_long_a_name_gives_way_to_that_of_the_file() -> None:
    name = "a" * (_LONGEST + 1)
    assert _load(f"name: {name}", Layout.PLUGIN).name == "reviewer"
    assert _load(f"name: {name}", Layout.PLUGIN, OLDER).name == name


@pytest.mark.parametrize(
    ("lines", "description"),
    [
        pytest.param("when-to-use: dashes", "dashes", id="with dashes"),
        pytest.param("when_to_use: under\nwhen-to-use: dashes", "under", id="the underscores go before"),
        pytest.param("description: [a]\nwhen_to_use: {a: b}\nwhen-to-use: 3", "3", id="what is no text is passed over"),
    ],
)
def test_what_stands_in_for_a_plugins_description(lines: str, description: str) -> None:
    agent = _load(f"name: a\n{lines}", Layout.PLUGIN)
    assert (agent.description, agent.degraded) == (description, False)
    assert not _load(f"name: a\n{lines}", Layout.PROJECT).loaded


def test_plan_mode_is_a_projects_alone() -> None:
    lines = "name: a\ndescription: about\npermissionMode: %s"
    given = {
        (layout, mode): "ExitPlanMode" in _load(lines % mode, layout).tools.granted
        for layout in Layout
        for mode in ("plan", "default")
    }
    assert [each for each, is_given in given.items() if is_given] == [(Layout.PROJECT, "plan")]


def test_what_is_no_usable_description_is_said() -> None:
    agent = _load("name: a\ndescription: [a]", Layout.PLUGIN)
    assert (agent.degraded, agent.reason) == (True, "description is not a usable text")
    assert _load("name: a", Layout.PROJECT).reason == "description is missing"


def test_a_key_of_newer_clients_does_nothing_in_an_older_one() -> None:
    lines = "name: a\ndescription: about\nautoCompactWindow: 5"
    assert _load(lines, Layout.PROJECT, OLDER).ignored_fields == ["autoCompactWindow"]
    assert _load(lines, Layout.PROJECT).ignored_fields == []


def test_what_stands_in_for_a_description_does_nothing_in_a_project() -> None:
    lines = "name: a\ndescription: about\nwhen_to_use: later\nwhen-to-use: later"
    assert _load(lines, Layout.PROJECT).ignored_fields == ["when-to-use", "when_to_use"]
    assert _load(lines, Layout.PLUGIN).ignored_fields == []


@pytest.mark.parametrize(
    ("file", "called"), [("a.MD", "pk:a.MD"), ("a.Md", "pk:a.Md"), ("a.mD", "pk:a.mD"), ("a.md", "pk:a")]
)
def test_a_plugins_agent_may_end_in_capitals_and_keeps_them(file: str, called: str, tmp_path: Path) -> None:
    place = tmp_path / "agents" / file
    place.parent.mkdir()
    place.write_text("---\ndescription: about\n---\nBody\n")
    (pack,) = (Pack(root, NEWEST, str(tmp_path)) for root in discover([tmp_path], Layout.PLUGIN))
    assert [each.agent(NEWEST).invoke.replace(f"{pack.name}:", "pk:", 1) for each in pack.agents] == [called]


@pytest.mark.parametrize(("more", "is_read"), [(0, True), (1, False)])
@pytest.mark.parametrize(
    ("place", "layout", "kind"),
    [
        ("agents/a.md", Layout.PLUGIN, "any"),
        ("commands/a.md", Layout.PLUGIN, "any"),
        ("skills/a/SKILL.md", Layout.PLUGIN, "any"),
        ("patterns/a.md", Layout.PLUGIN, "any"),
        (".claude/commands/a.md", Layout.PROJECT, "any"),
        (".claude/skills/a/SKILL.md", Layout.PROJECT, "project_skill"),
    ],
)
def test_what_is_larger_than_clients_read(
    place: str, layout: Layout, kind: str, more: int, is_read: bool, tmp_path: Path
) -> None:
    whole = b"---\nname: a\ndescription: about\n---\n".ljust(largest_file(kind) + more, b"x")
    other = place.rpartition(".claude/")[1] + "agents/b.md"
    for path, text in ((place, whole), (other, b"See `patterns/a.md`.\n")):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text)
    (pack,) = (Pack(root, NEWEST, str(tmp_path)) for root in discover([tmp_path], layout))
    unread = [file.shown for file in pack.files if file.unreadable]
    assert unread == ([] if is_read or place.startswith("patterns") else [place])


@pytest.mark.parametrize(
    ("names", "beyond"),
    [
        pytest.param([f"s{number}" for number in range(32)], None, id="as many as may be"),
        pytest.param([f"s{number}" for number in range(33)], "s32", id="one more"),
        pytest.param(["s0"] * 9 + [f"s{number}" for number in range(33)], "s32", id="what comes again does not count"),
    ],
)
def test_more_skills_than_newer_clients_take(names: list[str], beyond: str | None, tmp_path: Path) -> None:
    head = f"---\nname: a\ndescription: about\nskills: [{', '.join(names)}]\n---\n"
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents/a.md").write_text(head)
    for version in (NEWEST, OLDER):
        (pack,) = (Pack(root, version, str(tmp_path)) for root in discover([tmp_path], Layout.PLUGIN))
        found = [each for each in unknown_skill.check(pack.agents[0], pack) if "takes the first" in each.message]
        assert [head[each.start : each.end] for each in found] == ([beyond] if beyond else [])


@pytest.mark.parametrize(
    ("text", "older", "newer"),
    [
        *[("5", 5, 5), ("5 turns", 5, 5), (" +05", 5, 5), ("2.9", 2, 2), ("5,", 5, 5), ("-3", -3, -3)],
        *[("1_000", 1, 1000), ("1,000", 1, 1000), ("1 000", 1, 1000), ("1_00", 1, 1), ("1_000 turns", 1, 1)],
        pytest.param("1" + ",000" * 1_500, 1, 1, id="more digits than a number has"),
        *[("2e0", 2, 2), ("1e3", 1, 1000), ("25e-1", 25, None), ("0x10", 0, 0), ("many", None, None), ("", None, None)],
    ],
)
def test_numbers_that_are_written_as_texts(text: str, older: int | None, newer: int | None) -> None:
    assert (numbers.whole_number(text, OLDER), numbers.whole_number(text, NEWEST)) == (older, newer)


@pytest.mark.parametrize(
    "server",
    [
        "{command: x}",
        "{command: x, args: [], env: {A: '1'}}",
        "{command: x, more: 1}",
        "{type: stdio, command: x}",
        "{type: sse, url: 'http://x'}",
        "{type: ws, url: 'http://x'}",
        "{type: streamable-http, url: 'http://x'}",
        "{type: http, url: no address, headers: {A: b}}",
    ],
)
def test_servers_that_are_started(server: str) -> None:
    assert _faults(f"[s: {server}]") == []


@pytest.mark.parametrize(
    "server",
    [
        *("{command: ''}", "{command: 5}", "{command: [x, y]}", "{command: x, args: a}", "{command: x, args: [1]}"),
        *("{command: x, args: null}", "{command: x, env: {A: 1}}", "{command: x, env: [A]}", "{command: x, env: null}"),
        *("{type: stdio}", "{type: http}", "{url: 'http://x'}", "{type: http, url: 'http://x', headers: {A: 1}}"),
        *("{type: HTTP, url: 'http://x'}", "{command: x, type: http}", "{type: foo, command: x}"),
        *("{type: null, command: x}", "{}", "null", "x", "[x]"),
    ],
)
def test_servers_that_are_passed_over(server: str) -> None:
    assert _faults(f"[s: {server}]") == [0]


def test_each_server_is_an_item() -> None:
    assert _faults("[github, a: {command: a}, {a: {command: a}, b: {command: b}}, 5, [a], null]") == [2, 3, 4, 5]


def test_what_is_wrong_with_a_server_is_said_of_its_part() -> None:
    found = frontmatter.read("---\nmcpServers: [s: {command: 5}, t: x]\n---\n", strips_bom=True, refuses_nul=True)
    (_, of_part), (_, of_whole) = servers.faults(found.values["mcpServers"])
    assert of_part.startswith("the server 's' does not fit: 'command' ")
    assert of_whole.startswith("the server 't' must be ")


def test_servers_that_stand_for_more_than_is_written() -> None:
    many = ", ".join(["&i [*i]", *["*i"] * 2_000])
    assert _faults(f"[{{s: &s {{command: x, args: [{many}]}}}}, {', '.join(['{t: *s}'] * 2_000)}]")[:2] == [0, 1]


def _faults(value: str) -> list[int]:
    found = frontmatter.read(f"---\nmcpServers: {value}\n---\n", strips_bom=True, refuses_nul=True)
    return [index for index, _ in servers.faults(found.values["mcpServers"])]
