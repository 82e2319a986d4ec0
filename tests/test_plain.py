from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packlint.parsing import plain, yaml12
from packlint.parsing.node import Node, YamlError
from tests.client.generate import agents
from tests.client.generate_commands import commands

WORDS = st.sampled_from(
    [
        *("name", "a-b", "yes", "no", "null", "true", "12", "1.5", "Read", "Bash(git:*)", "it's", '"', "'", '"q"'),
        *("x: y", "x:y", "a #b", "a#b", "#", "-", "- x", "[a, b]", "[a,b ]", "[]", "[a, , b]", "[null, x]", "{a: b}"),
        *("|", ">", "!t", "&a", "*a", "@x", "`x`", "%", "é", "日本", "😀", "\u00a0", "\t", "\u2028", ":", "::", ","),
        *("---", "...", "$ARGUMENTS", "", "~", "'q'", "<<"),
    ]
)
VALUES = st.lists(WORDS, max_size=3).map(" ".join)
STARTS = ["tools:", "a:", "a: |", "b: >", "c: |-", "d: >-", "e: |+", "f: |2", "g: > # c"]
QUOTES = ['h: "a\\nb"', 'i: "\\x"', 'j: "a\\"b"', "b: ", "# c", "k:\r"]
BELOW = ["", "", "  more", "  more text", "   deeper", " x: y", "\ttab"]
LINES = st.one_of(
    st.tuples(WORDS, st.sampled_from([": ", ":", ":  ", " : ", ":\t"]), VALUES).map("".join),
    st.tuples(st.sampled_from(["- ", "  - ", "    - ", "-", "  -  "]), VALUES).map("".join),
    st.sampled_from([*STARTS, *QUOTES, *BELOW]),
    st.sampled_from(BELOW),
)
TEXTS = st.tuples(st.lists(LINES, max_size=6).map("\n".join), st.sampled_from(["", "\n", "\n\n"])).map("".join)


def assert_same(text: str) -> None:
    lines = plain.read(text)
    if lines is not None:
        assert shape(plain.root(lines, text)) == shape(yaml12.parse(text)), text


def shape(node: Node | None) -> object:
    """A node without the places of the mapping itself, which nobody asks for."""
    assert node is not None
    return [(parts(key), parts(value)) for key, value in node.entries]


def parts(node: Node) -> object:
    items = [(item.value, item.start, item.end, item.style) for item in node.items]
    return node.value, node.start, node.end, node.style, node.decorated, items


@settings(max_examples=6000, deadline=None, derandomize=True)
@given(TEXTS)
def test_what_is_read_plainly_is_what_yaml_says(text: str) -> None:
    assert_same(text)


def test_the_client_s_oddities_are_read_alike_or_not_at_all() -> None:
    read = 0
    for sample in (*agents(1500, 7), *commands(500, 7)):
        for part in sample.text.split("---")[1:2]:
            text = part.removeprefix("\n")
            read += plain.read(text) is not None
            assert_same(text)
    assert read > 150


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("name: a\ndescription: Does this. Use it.\ntools: Read, Bash\n", ["a", "Does this. Use it.", "Read, Bash"]),
        ("a: \"x: y # z\"\nb: 'it is'\nc: é\n", ["x: y # z", "it is", "é"]),
        (
            't:\n  - "R(/${X}/*.md)"\n  - Bash\nn: [Read, Grep]\nz: 3',
            [["R(/${X}/*.md)", "Bash"], ["Read", "Grep"], 3],
        ),
    ],
)
def test_ordinary_frontmatter_is_plain(text: str, values: list[object]) -> None:
    lines = plain.read(text)
    assert lines is not None
    assert [line.value for line in lines] == values
    assert_same(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c",
        "a: x # y",
        "a: 1\na: 2",
        "a: |\nx",
        "a: |+\n  x",
        "a:",
        "- a",
        'a: "\\t"',
        "",
        "a: b\n  c",
        "a: x\r\n",
    ],
)
def test_whatever_could_mean_more_is_left_to_the_parser(text: str) -> None:
    assert plain.read(text) is None


def test_errors_are_never_read_plainly() -> None:
    parts = [part.removeprefix("\n") for sample in agents(1500, 11) for part in sample.text.split("---")[1:2]]
    refused = list(filter(_is_refused, parts))
    assert len(refused) > 100
    assert [part for part in refused if plain.read(part) is not None] == []


def _is_refused(text: str) -> bool:
    try:
        yaml12.parse(text)
    except YamlError:
        return True
    return False
