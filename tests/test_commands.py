"""Slash commands: tests/conformance/commands.jsonl holds what both clients did with 90 files, in both layouts.

Each file was typed once as `/<id> one "two words" three`. The list of commands was read with 15 files at a
time, for a long list is cut. The tables below are further experiments on the same clients.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from packlint import frontmatter
from packlint.client import client, versions
from packlint.discover import discover
from packlint.discovery.layout import Layout
from packlint.loading.loader import Command, Role, load_command
from packlint.pack import Pack
from packlint.prompts import arguments
from packlint.prompts.expand import expand
from tests.conftest import WritePack

OLD, NEW = "2.1.197", "2.1.328"
TYPED = 'one "two words" three'
LABELS = [
    json.loads(line)
    for line in (Path(__file__).parent / "conformance/commands.jsonl").read_text(encoding="utf-8").splitlines()
]


def content(label: dict[str, Any]) -> bytes:
    return base64.b64decode(label["content_b64"]) if "content_b64" in label else str(label["content"]).encode()


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("version", versions())
def test_every_labelled_file_becomes_what_the_client_made_of_it(
    version: str, layout: Layout, write_pack: WritePack
) -> None:
    root = write_pack({label["path"]: content(label) for label in LABELS}, layout)
    (root / ".claude-plugin/plugin.json").write_text('{"name": "pk"}') if layout is Layout.PLUGIN else None
    [found] = discover([root])
    pack = Pack(found, client(version), root)
    files = {Path(file.location).stem: file for file in pack.commands}
    differing = []
    for label in LABELS:
        file, expected = files[label["id"]], label["client"][version][layout.value]
        command = file.command(client(version))
        expansion = expand(file, pack, TYPED, Path("/CWD"), client(version))
        prompt = expansion.prompt.replace(str(root), "<PLUGIN>").replace("/CWD", "<CWD>")
        seen = {
            "listed": command.user_invocable,
            "shown_to_model": not command.hidden_from_model,
            "listed_as": None if command.hidden_from_model else command.listed_as,
            "description": None if command.hidden_from_model else command.description,
            "invoked": expansion.sent,
            # What `echo hi` prints is the one thing that only running it can tell.
            "prompt": prompt.replace("[output of !`echo hi`]", "hi") if expansion.sent else None,
            "model": command.model if expansion.sent else None,
        }
        wanted = {key: expected.get(key) for key in seen}
        differing += [(label["id"], key, wanted[key], seen[key]) for key in seen if wanted[key] != seen[key]]
    assert not differing


def load(text: str, version: str = NEW, layout: Layout = Layout.PROJECT, path: str = "c.md") -> Command:
    seen = client(version)
    found = frontmatter.read(text, strips_bom=seen.does("strips_bom"), refuses_nul=seen.does("refuses_nul"))
    return load_command(found, Role(layout, "pk", tuple(path.split("/"))), text[found.body :], seen)


@pytest.mark.parametrize(
    ("value", "old", "new"),
    [
        ("true", True, True),
        ('"true"', True, True),
        ("TRUE", True, True),
        ("yes", False, True),
        ('"True"', False, True),
        ("1", False, True),
        ("on", False, True),
        ('" true "', False, True),
        ('"false"', False, False),
        ("no", False, False),
        ("0", False, False),
        ("", False, False),
        ("[true]", False, False),
    ],
)
def test_flags_are_on_for_the_values_that_the_client_takes(value: str, old: bool, new: bool) -> None:
    for version, on in ((OLD, old), (NEW, new)):
        command = load(
            f"---\ndescription: d\nuser-invocable: {value}\ndisable-model-invocation: {value}\n---\n", version
        )
        assert (command.user_invocable, command.hidden_from_model) == (on, on)


@pytest.mark.parametrize(
    ("frontmatter_text", "listed"),
    [
        ("description: 12", "12"),
        ("description: 1.50", "1.5"),
        ("description: false", "false"),
        ("description: .inf", "Infinity"),
        ("description: 2024-01-01", "2024-01-01"),
        ('description: "  pad  "', "pad"),
        ('description: "   "', "Heading"),
        ("description: [a, b]", "Heading"),
        ("description: {a: b}", "Heading"),
        ("when_to_use: soon", "Heading - soon"),
        ("description: d\nwhen_to_use: [a, b]", "d - a,b"),
        ("description: d\nwhen_to_use: false", "d - false"),
        ('description: d\nwhen_to_use: "  pad "', "d -   pad "),
        ('description: d\nwhen_to_use: ""', "d"),
        ("description: d\nwhen_to_use: []", "d"),
        ("description: d\nwhen-to-use: x", "d"),
        ("description: " + "x" * 1600, "x" * 1535 + "…"),
        ("description: " + "x" * 1536, "x" * 1536),
        ("description: " + "y" * 1530 + "\nwhen_to_use: zzzz", "y" * 1530 + " - zz…"),
    ],
)
def test_a_description_is_listed_as_the_client_lists_it(frontmatter_text: str, listed: str) -> None:
    for version in versions():
        assert load(f"---\n{frontmatter_text}\n---\n\n  # Heading\nbody", version).description == listed


@pytest.mark.parametrize(
    ("body", "listed"),
    [
        ("### **Bold** title\nx", "**Bold** title"),
        ("####### seven", "seven"),
        ("#tag\n", "#tag"),
        ("#\nnext", "#"),
        ("\t# T\n", "T"),
        ("- item\n", "- item"),
        ("```\ncode\n```", "```"),
        ("", "Custom command"),
        (" \n\n", "Custom command"),
        ("v" * 100, "v" * 100),
        ("w" * 101, "w" * 97 + "..."),
    ],
)
def test_the_first_line_stands_in_for_a_description(body: str, listed: str) -> None:
    assert load(body).description == listed
    assert not load(body).hidden_from_model
    assert load(body, layout=Layout.PLUGIN).hidden_from_model


def test_the_newer_client_lists_a_description_on_one_line_and_without_tags() -> None:
    text = '---\ndescription: "a <b>\\nc\\td & e"\n---\n'
    assert load(text, OLD).description == "a <b>\nc\td & e"
    assert load(text, NEW).description == "a &lt;b&gt; c d & e"


def test_when_to_use_alone_shows_a_plugin_command_to_the_model() -> None:
    assert not load("---\nwhen_to_use: soon\n---\nb", layout=Layout.PLUGIN).hidden_from_model


@pytest.mark.parametrize(
    ("path", "name", "old", "new"),
    [
        ("n1.md", "other", ["/other"], ["/other", "/pk:other"]),
        ("n2.md", "n2", ["/n2"], ["/n2"]),
        ("n3.md", "12", ["/12"], ["/12", "/pk:12"]),
        ("n4.md", '"a b"', [], []),
        ("n5.md", "[q]", ["/q"], ["/q", "/pk:q"]),
        ("n6.md", '""', [], []),
        ("n8.md", '"x:y"', ["/x:y"], ["/pk:x:y"]),
        ("s/n10.md", "n10x", ["/n10x"], ["/n10x", "/pk:s:n10x"]),
        ("s/n11.md", "n11", ["/n11"], ["/n11"]),
    ],
)
def test_a_plugin_commands_name_adds_names(path: str, name: str, old: list[str], new: list[str]) -> None:
    text = f"---\ndescription: d\nname: {name}\n---\n"
    assert load(text, OLD, Layout.PLUGIN, path).also == old
    assert load(text, NEW, Layout.PLUGIN, path).also == new
    assert load(text, NEW, Layout.PROJECT, path).also == []


def test_a_skill_among_the_commands_is_named_after_its_folder() -> None:
    assert load("", path="sk/SKILL.md").invoke == "/sk"
    assert load("", layout=Layout.PLUGIN, path="sk/skill.md").invoke == "/pk:sk"


def test_only_the_older_client_sends_a_capital_inherit() -> None:
    assert load("---\nmodel: Inherit\n---\n", OLD).model == "Inherit"
    assert load("---\nmodel: Inherit\n---\n", NEW).model == "inherit"


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("x y", ["x", "y"]),
        ("x, y", ["x,", "y"]),
        (["x", 2, "y"], ["x", "y"]),
        (["0", "x"], ["x"]),
        (["", "x"], ["x"]),
        ([{"name": "x"}], []),
        ({"x": "a"}, []),
        (None, []),
    ],
)
def test_declared_names_are_those_that_the_client_counts(value: Any, names: list[str]) -> None:
    assert arguments.declared_names(value) == names


@pytest.mark.parametrize(
    ("body", "given", "old", "new"),
    [
        ("[$1]", "x", "[]", "[$1]\n\nARGUMENTS: x"),
        ("[$1]", "", "[]", "[$1]"),
        ("[$ARGUMENTS]", "", "[]", "[]"),
        ("[$ARGUMENTS[01]][$ARGUMENTS[ 1 ]]", 'x "y z"', '[y z][x "y z"[ 1 ]]', '[y z][x "y z"[ 1 ]]'),
        ("a\\$0 b\\\\$0 c\\\\\\$0", "x", "a$0 b\\\\x c\\\\\\x", "a$0 b\\\\x c\\\\\\x"),
        ("only \\$ARGUMENTS", "x", "only $ARGUMENTS\n\nARGUMENTS: x", "only $ARGUMENTS\n\nARGUMENTS: x"),
        ("$0abc $0_ $0-x $0.5 $0é", "x", "$0abc $0_ x-x x.5 xé", "$0abc $0_ x-x x.5 xé"),
        ("$$0 ${0} $ARGUMENTS_X", "x", "$x ${0} x_X", "$x ${0} x_X"),
        ("$99999999999999999999 x", "y", " x", "$99999999999999999999 x\n\nARGUMENTS: y"),
        ("$0|$1|$ARGUMENTS", "$1 $0", "$1||$1 $0", "$1|$1|$1 $0"),
        ("$0", "  x  ", "x", "x"),
        ("", "a", "\n\nARGUMENTS: a", "\n\nARGUMENTS: a"),
        ("$0$ARGUMENTS[0]|$1$ARGUMENTS|$0$1", "p q", "$0p|qp q|pq", "pp|qp q|pq"),
        ("$0$ARGUMENTS[0]", "-p", "-p-p", "-p-p"),
        ("[$0]", "$ARGUMENTS[0]", "[$ARGUMENTS[0][0]]", "[$ARGUMENTS[0]]"),
    ],
)
def test_placeholders_are_filled_as_the_client_fills_them(body: str, given: str, old: str, new: str) -> None:
    assert arguments.fill(body, given, [], client(OLD)).text == old
    assert arguments.fill(body, given, [], client(NEW)).text == new


@pytest.mark.parametrize(
    ("names", "body", "filled"),
    [
        (["x", "y"], "$x $y $z $X ${x} $x1 $x_ $x[0]", "one two 2 $z $X ${x} $x1 $x_ $x[0]"),
        (["x"], "$x- $x.z $xé \\$x \\\\$x", "one- one.z oneé $x \\\\one"),
        (["x", "xy"], "$xy$x", "two 2one"),
        (["x", "x"], "$x", "one"),
        (["a-b", "é", "x.z"], "$a-b $é $x.z", "one two 2 three"),
        (["ARGUMENTS", "x"], "$ARGUMENTS", "one"),
        (["a", "b", "c", "d"], "[$d]", "[]"),
    ],
)
def test_declared_names_are_filled_as_the_client_fills_them(names: list[str], body: str, filled: str) -> None:
    for version in versions():
        assert arguments.fill(body, 'one "two 2" three', names, client(version)).text == filled


def test_what_is_filled_in_keeps_its_place_in_the_file() -> None:
    filled = arguments.fill("a $0 b $1 c", "long-one two", [], client())
    assert filled.text == "a long-one b two c"
    assert [filled.origin(filled.text.index(word)) for word in ("a", "long", "b", "two", "c")] == [0, 2, 5, 7, 10]
