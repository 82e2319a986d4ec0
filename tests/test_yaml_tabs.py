"""Tabs in YAML, of which the client takes more than libyaml does: every value is what ``Bun.YAML.parse`` gives."""

from __future__ import annotations

from typing import Any

import pytest

from packlint.parsing.node import YamlError
from packlint.parsing.yaml12 import MAX_LENGTH, parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("-\ta\n- \tb", ["a", "b"], id="behind a dash"),
        pytest.param("\t# c\na: 1\n\t# c\nb: 2\n\t", {"a": 1, "b": 2}, id="before comments, and at the end"),
        pytest.param("a: [b]\n\t\n\t# c\nc: d\n\t\ne: f", {"a": ["b"], "c": "d", "e": "f"}, id="between keys"),
        pytest.param("a: 1\nb: [\n\t# c\n\t\n c]", {"a": 1, "b": ["c"]}, id="in brackets"),
        pytest.param("a: 1\nb: 'c'\n \t\nd: e", {"a": 1, "b": "c", "d": "e"}, id="behind a space"),
        pytest.param("a:\n \tb", {"a": "b"}, id="behind spaces that are enough"),
        pytest.param("a: [\n  b\n\t]", {"a": ["b"]}, id="before a bracket"),
        pytest.param("a: |\n  \tb\n  c", {"a": "\tb\nc\n"}, id="at the start of a block of text"),
        pytest.param("a: |\n  \t\n  c", {"a": "\t\nc\n"}, id="alone there"),
        pytest.param("a: |\n  b\n\t\nc: d", {"a": "b\n", "c": "d"}, id="behind a block of text"),
        pytest.param("a: |\n  b\n \t# c\nc: d", {"a": "b\n", "c": "d"}, id="before a comment behind it"),
        pytest.param("a: 'b\n \tc'", {"a": "b c"}, id="in a quoted text"),
        pytest.param("a: b\r\n\t\r\nd: e", {"a": "b", "d": "e"}, id="on a line that ends with a carriage return"),
        pytest.param("a: >-\n  \tb\n  c", {"a": "\tb\nc"}, id="at the start of a folded text"),
        pytest.param("- a: |\n   \tb\n  c: d", [{"a": "\tb\n", "c": "d"}], id="at the start of a text in a list"),
    ],
)
def test_a_tab_that_parts_words_is_a_space(text: str, value: Any) -> None:
    node = parse(text)
    assert node is not None
    assert node.value == value


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a:\n\tb", id="before a text"),
        pytest.param("a: b\n\tc", id="before more of it"),
        pytest.param("a: b\n\t, c", id="before more with a comma"),
        pytest.param("a:\n\t- b", id="before a dash"),
        pytest.param("a:\n  - b\n \t- c", id="before the next dash"),
        pytest.param("a:\n-\tb: c", id="between a dash and a key"),
        pytest.param("a:\n-\t- c", id="between two dashes"),
        pytest.param("a:\n \tb: c", id="before a key"),
        pytest.param("a: [\n\tb\n]", id="between brackets"),
        pytest.param("a: {\n\tb: c\n}", id="between braces"),
        pytest.param("a: 'b\n\tc'", id="between quotes"),
        pytest.param('a: "b\n\tc"', id="between double quotes"),
        pytest.param("a: |\n\tb", id="in a block of text"),
        pytest.param("a: 1\nb: 'c'\n\t\nd: e", id="on an empty line behind the second key"),
        pytest.param("a: 1\nb:\n\t# c\n  - d", id="before a comment there"),
        pytest.param("a: 1\nb: c # d\n\t\ne: f", id="behind a comment there"),
        pytest.param("a: |\n  b\n\n\t\nc: d", id="behind an empty line that ends a block of text"),
        pytest.param("a: |\n\t# c", id="before what is no comment there"),
        pytest.param("a: |\n  b\n\t\n  c", id="alone in a block of text"),
    ],
)
def test_a_tab_that_indents_is_refused(text: str) -> None:
    with pytest.raises(YamlError):
        parse(text)


def test_a_long_text_full_of_tabs_is_not_read_again_for_each() -> None:
    text = "-\ta\n" * 10_000
    assert len(text) < MAX_LENGTH
    with pytest.raises(YamlError):
        parse(text)
