"""What the client makes of typed text: every text of tests/conformance/typed.jsonl was typed into the client."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packlint.client import client
from packlint.frontmatter import JS_SPACE
from packlint.prompts import arguments, typed

LABELS = [
    json.loads(line)
    for line in (Path(__file__).parent / "conformance/typed.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("label", LABELS, ids=lambda label: repr(label["typed"])[:60])
def test_arguments_are_split_as_the_client_splits_them(label: dict[str, object]) -> None:
    text = str(label["typed"]).strip(JS_SPACE)
    assert [typed.escaped(argument) for argument in typed.arguments(text)] == label["arguments"]


@pytest.mark.parametrize(
    ("body", "text", "older", "newer"),
    [
        ("[$0]", "`x`", "[x]", "[x`]"),
        ("[$0]", "```x```", "[x]", "[x```]"),
        ("[$0|$1]", "`x y```", "[x|y]", "[x|$1]"),
        ("[$ARGUMENTS[0]]", "'$1' second", "[second]", "[$1]"),
        ("[$0]", "'$ARGUMENTS' b", "['$ARGUMENTS' b]", "[$ARGUMENTS]"),
        ("[$ARGUMENTS]", "$0", "[$0]", "[$0]"),
    ],
)
def test_the_older_client_fills_again_what_it_has_filled(body: str, text: str, older: str, newer: str) -> None:
    filled = [arguments.fill(body, text, [], client(version)).text for version in ("2.1.197", "2.1.328")]
    assert filled == [older, newer]


@pytest.mark.parametrize("version", ["2.1.197", "2.1.328"])
@pytest.mark.parametrize(
    ("body", "names", "filled"),
    [
        ("[$file-path] [$file] [$file_x]", ["file", "file-path"], "[b] [a] [$file_x]"),
        ("$0 [\\$50k] [\\$5] [\\$1abc] [\\\\$1]", [], "a [$50k] [$5] [$1abc] [\\\\b]"),
        ("$0 [\\$ARGUMENTSX] [\\$file] [\\$filex] [\\$foo]", ["file"], "a [$ARGUMENTSX] [$file] [\\$filex] [\\$foo]"),
        ("[\\$50k]", [], "[$50k]\n\nARGUMENTS: a b"),
    ],
)
def test_the_longest_name_and_every_escape_count(body: str, names: list[str], filled: str, version: str) -> None:
    assert arguments.fill(body, "a b", names, client(version)).text == filled


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("!ls", "\\!ls"),
        ("a! b", "a! b"),
        ("!`ls`", "\\! `ls`"),
        ("x !`ls` y", "x \\! `ls` y"),
        ("a `!x` (!y) -!z\n!q\t!r", "a ` \\!x` (!y) -!z\n\\!q\t\\!r"),
        ("```!\nls\n```", "``` \\!\nls\n```"),
        ("a!`b`", "a! `b`"),
        ("\\!x", "\\!x"),
    ],
)
def test_typed_text_cannot_start_a_shell_block(text: str, escaped: str) -> None:
    assert typed.escaped(text) == escaped


@given(st.text(st.sampled_from("ab '\"\\`$(){}[]<>|&;#=!\n\t-0"), max_size=40))
def test_any_text_has_arguments(text: str) -> None:
    found = typed.arguments(text)
    assert bool(found) == bool(text.strip(JS_SPACE))
