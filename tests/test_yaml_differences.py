"""Where the client's YAML parser and libyaml differ, as ``Bun.YAML.parse`` says: see docs/decisions.md."""

from __future__ import annotations

from typing import Any

import pytest

from packlint.parsing.node import YamlError
from packlint.parsing.yaml12 import parse

_EMOJI = r"\ud83d\ude00"
_WRITTEN = _EMOJI.replace("\\", "\\\\")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("m:\n  k: , x", {"m": {"k": ", x"}}, id="a comma first, in a block"),
        pytest.param('"a b": , x', {"a b": ", x"}, id="a comma first, behind a quoted key"),
        pytest.param("é.ü: ,x\nb: ,", {"é.ü": ",x", "b": ","}, id="a comma first, twice"),
        pytest.param("a:\n  - - , x", {"a": [[", x"]]}, id="a comma first, in lists"),
        pytest.param("a: [b:, c]", {"a": [{"b": None}, "c"]}, id="a key without a value in brackets"),
        pytest.param("a: {b:[c]}", {"a": {"b": ["c"]}}, id="a key that brackets follow"),
        pytest.param("a: {:}", {"a": {"null": None}}, id="a colon alone in braces"),
        pytest.param("? : x", {"[object Object]": None}, id="a colon behind a question mark"),
        pytest.param("-: x", {"-": "x"}, id="a dash as a key"),
        pytest.param("a: [{-: x}]", {"a": [{"-": "x"}]}, id="a dash as a key in braces"),
        pytest.param("a: {b\n : c}", {"a": {"b": "c"}}, id="a colon on the line behind its key"),
        pytest.param("a: [?b, c?]", {"a": ["?b", "c?"]}, id="a question mark before a word in brackets"),
        pytest.param("a: [b\n, c]", {"a": ["b", "c"]}, id="a comma that is not indented"),
        pytest.param("a: [\n  b,\n# c\n  d\n]", {"a": ["b", "d"]}, id="a comment that is not indented"),
        pytest.param(
            "a: &x b\nc: *x\nd: &x e\nf: *x", {"a": "b", "c": "b", "d": "e", "f": "e"}, id="an anchor set again"
        ),
        pytest.param("a: &nbsp; b\nc: *nbsp;", {"a": "b", "c": "b"}, id="an anchor of odd characters"),
        pytest.param("a: 1\n...\n\n# c\n...\nb: 2\n...", [{"a": 1}, {"b": 2}], id="two documents"),
        pytest.param("...", None, id="the end of a document alone"),
        pytest.param("x: 1\n- a: b: c\ny: 2", {"x": 1, "[object Object]": "c", "y": 2}, id="an item as a key"),
        pytest.param("x: 1\n- - 'a': b, c:\n", {"x": 1, "[object Object]": None}, id="an item in an item, as a key"),
        pytest.param("- k: v\n  - so: it is: x", [{"k": "v", "[object Object]": "x"}], id="an item as a key in a list"),
        pytest.param("a: &x\n  - [b,\n   c]", {"a": [["b", "c"]]}, id="an anchor on the line before"),
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
        pytest.param("a: !!int null\nb: !!int 5", {"a": "null", "b": 5}, id="a tag and nothing"),
        pytest.param("a: !!bool true\nb: !!int true", {"a": True, "b": "true"}, id="tags of types"),
    ],
)
def test_the_client_takes(text: str, expected: Any) -> None:
    node = parse(text)
    assert (node.value if node is not None else None) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('a: "b\rc"', id="a quoted text that a lone carriage return breaks"),
        pytest.param("a: b\n&c: d", id="a key that is an anchor to the client"),
        pytest.param("a: [,b]", id="a comma behind a bracket"),
        pytest.param('a: "b", c', id="a comma behind a quote"),
        pytest.param("a: &x, b", id="a comma behind an anchor"),
        pytest.param("a: [b, -]", id="a dash as an item"),
        pytest.param("a:\n|\n  b", id="a text in block style at the column of its key"),
        pytest.param("a:\n  b:\n  >\n    c", id="a folded text at the column of its key"),
        pytest.param("-\n|\n b", id="a text in block style at the column of its dash"),
        pytest.param(r'a: "\ud83d"', id="half of a character"),
        pytest.param(r'a: "\ude00\ud83d"', id="two halves the wrong way round"),
    ],
)
def test_the_client_refuses(text: str) -> None:
    with pytest.raises(YamlError):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: 'b'#c",
        'a: "b"#c',
        "a: [b]# c",
        "a: {b: c}#",
        "a: [#c\n b]",
        "a: [b,#c\n d]",
        "a: |#c\n  b",
        "a: ['b'#c\n , d]",
    ],
)
def test_a_comment_needs_a_space_before_it(text: str) -> None:
    with pytest.raises(YamlError, match="space"):
        parse(text)
    assert parse(text.replace("#", " #", 1))


def test_errors_behind_the_end_of_a_document_say_where() -> None:
    with pytest.raises(YamlError) as caught:
        parse("a: 1\n...\nb: 2\nc: d: e")
    assert (caught.value.line, caught.value.column) == (3, 4)


def test_what_was_added_moves_no_place() -> None:
    text = "a: [b:, c:, d]\ne: {:}\nf: g"
    node = parse(text)
    assert node is not None
    (_, items), (key, _), (_, last) = node.entries
    assert [text[item.start : item.end] for item in items.items][2] == "d"
    assert (text[key.start : key.end], text[last.start : last.end]) == ("e", "g")


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
