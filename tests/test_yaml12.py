from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packlint.parsing import yaml12
from packlint.parsing.node import YamlError
from packlint.parsing.scalars import js_string
from packlint.parsing.yaml12 import parse


def value(text: str) -> Any:
    node = parse(text)
    assert node is not None
    return node.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("null", None),
        ("2024-01-01", "2024-01-01"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("-0x1F", -31),
        ("+0o17", 15),
        ("0xFFFFFFFFFFFFFFFF", 2.0**64),
        ("0x10000000000000000", "0x10000000000000000"),
        ("9" * 5_000, math.inf),
        ("+1", 1),
        ("1.", 1),
        (".5", 0.5),
        ("1e3", 1000),
        (".inf", math.inf),
        ("!t 5", "5"),
        ("!t", None),
        ("!", ""),
        ("&x y", "y"),
        ("! shout", "shout"),
        ("! true", "true"),
        ("&x ! 12", "12"),
        ("! &x null", "null"),
        ("!!str 3", "3"),
        ("!!int 3", 3),
        (",comma", ",comma"),
        ("b\x01c", "b\x01c"),
        ("b\u2028c", "b\u2028c"),
        ("b\tc", "b\tc"),
        ('"\\x41"', "A"),
        ("{a, b}", {"a": None, "b": None}),
        ("|\n  x\n  y", "x\ny\n"),
        (">-\n  x\n  y", "x y"),
    ],
)
def test_values_are_the_clients(text: str, expected: Any) -> None:
    assert value(f"k: {text}") == {"k": expected}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_bun_counts_a_folded_crlf_twice(newline: str) -> None:
    text = f"k: 'a{newline}{newline}  b'{newline}"
    assert value(text) == {"k": "a\nb" if newline == "\n" else "a\n\nb"}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        pytest.param("a: b: c", 0, 4, id="a second colon"),
        pytest.param("a: b\nc:d", 1, 0, id="a key without a space"),
        pytest.param("a: *x", 0, 3, id="an unknown alias"),
        pytest.param("a: `x`", 0, 3, id="a reserved character"),
        pytest.param('a: "x', 0, 3, id="a quote that is not closed"),
        pytest.param("a: x\nb: \x00", 1, 3, id="a NUL byte"),
        pytest.param('a: "x\ny"', 1, 0, id="a quoted value that is not indented"),
        pytest.param("a: [x, -]", 0, 7, id="a dash that begins nothing"),
        pytest.param("a: {x: -, y: z}", 0, 7, id="a dash that begins nothing, in braces"),
    ],
)
def test_errors_say_where(text: str, line: int, column: int) -> None:
    with pytest.raises(YamlError) as caught:
        parse(text)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_deep_nesting_is_refused_and_not_followed() -> None:
    with pytest.raises(YamlError, match="nest"):
        parse("a: " + "[" * 20_000)
    assert value("a: " + "[" * 100 + "]" * 100)["a"]


def test_aliases_share_their_value() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 20)]
    assert len(value("\n".join(lines))) == 20
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(20, 60)]
    with pytest.raises(YamlError, match="excessive aliasing"):
        parse("\n".join(lines))


def test_what_contains_itself_is_empty_there() -> None:
    assert value("a: &a [b, *a, c]\nd: &d {e: *d}") == {"a": ["b", [], "c"], "d": {"e": {}}}
    with pytest.raises(YamlError, match="around it"):
        parse("a: &a\n  <<: *a\n  b: 1")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("<<: *b\nx: 5", {"x": 5}, id="a key wins over what was merged before it"),
        pytest.param("x: 5\n<<: *b", {"x": 5}, id="and after it"),
        pytest.param("<<: *b\n<<: *c", {"x": 1, "z": 3}, id="of two merges the first wins"),
        pytest.param("<<: [1, *c, *b]", {"x": 2, "z": 3}, id="in a list, too"),
        pytest.param("<<: text", {"<<": "text"}, id="a text is no merge"),
    ],
)
def test_merges_are_the_clients(lines: str, expected: Any) -> None:
    found = value("b: &b {x: 1}\nc: &c {x: 2, z: 3}\na:\n  " + lines.replace("\n", "\n  "))
    assert found["a"] == expected


def test_places_count_characters() -> None:
    text = "é: ü\nk: [ä, 'ö']\n"
    node = parse(text)
    assert node is not None
    (_, first), (_, second) = node.entries
    assert text[first.start : first.end] == "ü"
    assert [text[item.start : item.end] for item in second.items] == ["ä", "'ö'"]


@pytest.mark.parametrize(
    ("given_value", "text"),
    [(None, "null"), (True, "true"), (1, "1"), (1.5, "1.5"), (1e3, "1000"), ([1, None], "1,"), ({}, "[object Object]")],
)
def test_names_are_made_as_javascript_does(given_value: Any, text: str) -> None:
    assert js_string(given_value) == text


@given(st.text(max_size=200))
def test_any_text_is_a_value_or_an_error(text: str) -> None:
    try:
        node = yaml12.parse(text)
    except YamlError as error:
        assert 0 <= error.line <= text.count("\n") + text.count("\r") + 1
    else:
        assert node is None or 0 <= node.start <= node.end <= len(text) + 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (": x", {"null": "x"}),
        ("a: 1\n: x\nb: c", {"a": 1, "null": "x", "b": "c"}),
        ("a:\n  : x\n  b: c", {"a": {"null": "x", "b": "c"}}),
    ],
)
def test_a_colon_without_a_key_has_the_key_null(text: str, expected: Any) -> None:
    assert value(text) == expected


def test_what_follows_a_colon_without_a_key_keeps_its_place() -> None:
    text = ": x\nname: y\n: z"
    node = parse(text)
    assert node is not None
    assert [text[entry.start : entry.end] for pair in node.entries for entry in pair] == ["", "x", "name", "y", "", "z"]


@pytest.mark.parametrize(
    "text",
    [
        "a: [b,\nc]",
        "a: {b: 1,\nc: 2}",
        "a: [b, [c,\nd]]",
        "a:\n  b: [c,\n  d]",
        "- [a,\nb]",
        'a: "b\nc"',
        'a:\n  b: "c\n  d"',
        '- "a\nb"',
    ],
)
def test_brackets_and_quotes_may_not_go_on_at_the_column_of_their_block(text: str) -> None:
    with pytest.raises(YamlError) as caught:
        parse(text)
    assert caught.value.line == text.count("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [b,\n c]", {"a": ["b", "c"]}),
        ("a: [b,\n c\n]", {"a": ["b", "c"]}),
        ("a: {b: 1,\n\n  c: 2\n}", {"a": {"b": 1, "c": 2}}),
        ("a:\n- [b,\n c]", {"a": [["b", "c"]]}),
        ("[a,\nb]", ["a", "b"]),
        ('a:\n  b: "c\n   d"', {"a": {"b": "c d"}}),
    ],
)
def test_deeper_lines_go_on(text: str, expected: Any) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12345678901234567890", "12345678901234567000"),
        ("1e21", "1e+21"),
        ("0.00001", "0.00001"),
        ("1e-7", "1e-7"),
        ("-1.50", "-1.5"),
        ("0.0", "0"),
    ],
)
def test_numbers_become_the_texts_that_javascript_writes(text: str, expected: str) -> None:
    assert js_string(value(f"k: {text}")["k"]) == expected
