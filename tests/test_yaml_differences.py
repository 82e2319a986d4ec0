"""Where the client's YAML parser and libyaml differ, as ``Bun.YAML.parse`` says: see docs/decisions.md."""

from __future__ import annotations

from typing import Any

import pytest

from packlint.parsing.node import YamlError
from packlint.parsing.yaml12 import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("m:\n  k: , x", {"m": {"k": ", x"}}, id="a comma first, in a block"),
        pytest.param('"a b": , x', {"a b": ", x"}, id="a comma first, behind a quoted key"),
        pytest.param("é.ü: ,x\nb: ,", {"é.ü": ",x", "b": ","}, id="a comma first, twice"),
        pytest.param("a:\n  - - , x", {"a": [[", x"]]}, id="a comma first, in lists"),
        pytest.param("a: !t, x", {"a": ", x"}, id="a comma behind a tag"),
        pytest.param("a: [b:, c]", {"a": [{"b": None}, "c"]}, id="a key without a value in brackets"),
        pytest.param("a: {b:[c]}", {"a": {"b": ["c"]}}, id="a key that brackets follow"),
        pytest.param("a: [:b]", {"a": [":b"]}, id="a colon first in brackets"),
        pytest.param("a: {:}", {"a": {"null": None}}, id="a colon alone in braces"),
        pytest.param("? : x", {"[object Object]": None}, id="a colon behind a question mark"),
        pytest.param("-: x", {"-": "x"}, id="a dash as a key"),
        pytest.param("a: [{-: x}]", {"a": [{"-": "x"}]}, id="a dash as a key in braces"),
        pytest.param("a: {b\n : c}", {"a": {"b": "c"}}, id="a colon on the line behind its key"),
        pytest.param("a:\n  -\tb\n  - \tc", {"a": ["b", "c"]}, id="tabs behind dashes"),
        pytest.param("a: b\n\t# c\nd: e", {"a": "b", "d": "e"}, id="a tab before a comment"),
        pytest.param("a: b\r\n\t\r\nd: e", {"a": "b", "d": "e"}, id="a tab on a line of its own"),
        pytest.param("a: [b\n\t]", {"a": ["b"]}, id="a tab before a bracket"),
        pytest.param("a:\n  \tb\nc: d", {"a": "b", "c": "d"}, id="a tab before a value below its key"),
        pytest.param("a: >-\n  \tb\n  c", {"a": "\tb\nc"}, id="a text in block style that a tab begins"),
        pytest.param("- a: |\n   \tb\n  c: d", [{"a": "\tb\n", "c": "d"}], id="such a text in a list"),
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
    ],
)
def test_the_client_takes(text: str, expected: Any) -> None:
    node = parse(text)
    assert (node.value if node is not None else None) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('a: "b"#c', id="a comment behind a quote"),
        pytest.param("a: [b]#c", id="a comment behind a bracket"),
        pytest.param("a: [#c\n b]", id="a comment behind an opening bracket"),
        pytest.param("a: [b,#c\n d]", id="a comment behind a comma"),
        pytest.param("a: ['b'#c\n , d]", id="a comment behind a quote in brackets"),
        pytest.param("a: |#c\n  b", id="a comment behind the head of a text"),
        pytest.param("a: [\n\tb\n\t]", id="a list that tabs indent"),
        pytest.param('a: "b\n\tc"', id="a quoted text that a tab indents"),
        pytest.param('a: "b\rc"', id="a quoted text that a lone carriage return breaks"),
        pytest.param("a: b\n&c: d", id="a key that is an anchor to the client"),
        pytest.param("a: b\n\t, c", id="a tab before a comma outside brackets"),
        pytest.param("a:\n|\n b", id="a text in block style at the column of its key"),
        pytest.param("a:\n  -\tb: c", id="a mapping that a tab indents"),
        pytest.param("a: [,b]", id="a comma behind a bracket"),
        pytest.param('a: "b", c', id="a comma behind a quote"),
        pytest.param("a: &x, b", id="a comma behind an anchor"),
        pytest.param("a: [b, -]", id="a dash as an item"),
    ],
)
def test_the_client_refuses(text: str) -> None:
    with pytest.raises(YamlError):
        parse(text)


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
