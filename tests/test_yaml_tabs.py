"""Where the client's YAML parser and libyaml differ; every value and every refusal is that of ``Bun.YAML.parse``."""

from __future__ import annotations

from typing import Any

import pytest

from packlint.parsing.node import YamlError
from packlint.parsing.yaml12 import MAX_LENGTH, parse

_EMOJI = r"\ud83d\ude00"
_WRITTEN = _EMOJI.replace("\\", "\\\\")


def _value(text: str) -> Any:
    node = parse(text)
    assert node is not None
    return node.value


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
    ],
)
def test_a_tab_that_parts_words_is_a_space(text: str, value: Any) -> None:
    assert _value(text) == value


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


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param(f'a: "{_EMOJI} x"', {"a": "\U0001f600 x"}, id="two halves of a character"),
        pytest.param(f'a: "{_WRITTEN}"\nb: "{_EMOJI}"', {"a": _EMOJI, "b": "\U0001f600"}, id="and none"),
        pytest.param(f"a: '{_EMOJI}'\nb: \"{_EMOJI}\"", {"a": _EMOJI, "b": "\U0001f600"}, id="in other quotes"),
        pytest.param(
            f'a: "\uf8ff\\uE000{_EMOJI}"', {"a": "\uf8ff\ue000\U0001f600"}, id="beside characters of private use"
        ),
        pytest.param("a: [!Bash, !Read]", {"a": [None, None]}, id="a tag and nothing in brackets"),
        pytest.param("a: !Bash, Read", {"a": ", Read"}, id="a tag that ends at a comma"),
        pytest.param("a: &x , y", {"a": ", y"}, id="a comma behind an anchor"),
        pytest.param("a: [Read:, Bash]", {"a": [{"Read": None}, "Bash"]}, id="a colon and nothing in brackets"),
        pytest.param("a: [:, :b]", {"a": [{"null": None}, ":b"]}, id="a colon alone"),
        pytest.param("a: [b\n, c]", {"a": ["b", "c"]}, id="a line that begins with a comma"),
        pytest.param("a: !!bool true\nb: !!int true", {"a": True, "b": "true"}, id="tags of types"),
    ],
)
def test_what_only_the_client_reads(text: str, value: Any) -> None:
    assert _value(text) == value


@pytest.mark.parametrize("text", ["a: 'b'#c", "a: [b]# c", "a: {b: c}#", "a: [#c\n b]", "a: [b,#c\n d]", "a: |#c\n  b"])
def test_a_comment_needs_a_space_before_it(text: str) -> None:
    with pytest.raises(YamlError, match="space"):
        parse(text)
    assert parse(text.replace("#", " #", 1))


@pytest.mark.parametrize(
    "text", ["a:\n|\n  b", "a:\n  b:\n  >\n    c", "-\n|\n b", r'a: "\ud83d"', r'a: "\ude00\ud83d"']
)
def test_what_only_libyaml_would_read_or_neither(text: str) -> None:
    with pytest.raises(YamlError):
        parse(text)


def test_places_are_those_of_the_text_as_it_is_written() -> None:
    text = f'-\t"{_EMOJI}{_EMOJI}"\n- [!x, !y, z]\n- : a\n-\tlast\n'
    node = parse(text)
    assert node is not None
    emoji, tagged, _, last = node.items
    assert text[emoji.start : emoji.end] == f'"{_EMOJI}{_EMOJI}"'
    assert text[tagged.items[2].start : tagged.items[2].end] == "z"
    assert text[last.start : last.end] == "last"


def test_errors_behind_what_the_client_reads_say_where() -> None:
    with pytest.raises(YamlError) as caught:
        parse("a: [!x]\nb: [!x, `y`]\n")
    assert (caught.value.line, caught.value.column) == (1, 8)


def test_a_long_text_full_of_tabs_is_not_read_again_for_each() -> None:
    text = "-\ta\n" * 10_000
    assert len(text) < MAX_LENGTH
    with pytest.raises(YamlError):
        parse(text)
