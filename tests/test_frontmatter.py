from __future__ import annotations

import pytest

from packlint import frontmatter
from packlint.frontmatter import Frontmatter, State


def read(text: str, *, newest: bool = True) -> Frontmatter:
    return frontmatter.read(text, strips_bom=newest, refuses_nul=newest)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        pytest.param("", State.ABSENT, id="an empty file has none"),
        pytest.param("text\n---\na: b\n---\n", State.ABSENT, id="a line before it hides it"),
        pytest.param("\n---\na: b\n---\n", State.ABSENT, id="a blank line before it hides it"),
        pytest.param(" ---\na: b\n---\n", State.ABSENT, id="a space before it hides it"),
        pytest.param("----\na: b\n---\n", State.ABSENT, id="four dashes do not open it"),
        pytest.param("---\na: b\n", State.UNCLOSED, id="it needs an end"),
        pytest.param("---\na: b\n...\n", State.UNCLOSED, id="three dots do not end it"),
        pytest.param("---\na: b\n---", State.PARSED, id="the end needs no newline"),
        pytest.param("---  \na: b\n---  \nbody", State.PARSED, id="spaces may follow the dashes"),
        pytest.param("---\r\na: b\r\n---\r\n", State.PARSED, id="windows line ends are fine"),
        pytest.param("---\n---\nbody", State.PARSED, id="it may be empty"),
        pytest.param("---\na: b: c\n---\n", State.RECOVERED, id="a colon in one line is recovered"),
        pytest.param("---\r\na: b: c\r\n---\r\n", State.LOST, id="but not with windows line ends"),
        pytest.param("---\na: b: c\n  d\n---\n", State.LOST, id="nor over two lines"),
        pytest.param('---\na: "b" c\n---\n', State.LOST, id="text after a quoted value is lost"),
        pytest.param("---\na:\n\tb: c\n---\n", State.RECOVERED, id="leading tabs are recovered"),
        pytest.param("---\na:\n  \tb: c\n---\n", State.LOST, id="tabs after spaces are not"),
    ],
)
def test_what_becomes_of_frontmatter(text: str, state: State) -> None:
    assert read(text).state is state


@pytest.mark.parametrize(
    ("yaml", "values"),
    [
        pytest.param("d: Use: it", {"d": "Use: it"}, id="the value is quoted whole"),
        pytest.param("d: @x", {"d": "@x"}, id="a reserved character is quoted"),
        pytest.param("d: a: b\nm: x # c", {"d": "a: b", "m": "x # c"}, id="a comment becomes part of the value"),
        pytest.param("d: a: b\nt: [Read, Bash]", {"d": "a: b", "t": ["Read", "Bash"]}, id="a good list stays a list"),
        pytest.param("d: a: b\nt: [Read, @x]", {"d": "a: b", "t": "[Read, @x]"}, id="a broken list becomes text"),
        pytest.param("d: a: b\nt: [Read] ", {"d": "a: b", "t": "[Read] "}, id="a list with a space after it too"),
        pytest.param("d: a: b\nh: {}", {"d": "a: b", "h": "{}"}, id="a mapping becomes text"),
        pytest.param("d: a: b\nq: 'it''s'", {"d": "a: b", "q": "it's"}, id="quoted values stay"),
        pytest.param('d: "a: b', {"d": '"a: b'}, id="an unclosed quote becomes text"),
        pytest.param("d: path: C:\\new", {"d": "path: C:\\new"}, id="backslashes survive"),
    ],
)
def test_recovery_gives_the_client_its_values(yaml: str, values: dict[str, object]) -> None:
    found = read(f"---\n{yaml}\n---\n")
    assert (found.state, found.values) == (State.RECOVERED, values)


@pytest.mark.parametrize(
    ("text", "yaml", "body"),
    [
        pytest.param("---\na: x---y\nb: c\n---\nZ", "a: x", "y\nb: c\n---\nZ", id="in the middle of a word"),
        pytest.param("---\na: |\n  x\n  ---\n  y\n---\nZ", "a: |\n  x\n  ", "y\n---\nZ", id="indented in a block"),
        pytest.param("---\na: b\n----\nZ", "a: b\n", "-\nZ", id="at the start of a longer line"),
        pytest.param("---\na: b\n---x\nZ", "a: b\n", "x\nZ", id="with text behind it"),
    ],
)
def test_the_next_three_dashes_end_it(text: str, yaml: str, body: str) -> None:
    found = read(text)
    assert (found.yaml, text[found.body :]) == (yaml, body)


def test_a_byte_order_mark_hides_it_from_the_older_client_only() -> None:
    text = "\ufeff---\na: b\n---\nbody"
    assert read(text, newest=False).state is State.ABSENT
    found = read(text)
    assert (found.state, found.values, text[found.body :]) == (State.PARSED, {"a": "b"}, "body")


def test_a_nul_byte_loses_it_for_the_newer_client_only() -> None:
    text = "---\na: b\x00c\n---\nbody"
    assert read(text).state is State.LOST
    assert read(text, newest=False).values == {"a": "b"}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('["Read(src/**\x00)", "mcp__"]', id="a quoted item"),
        pytest.param("[KillShell, Glob,\x00 Read]", id="a list"),
        pytest.param("a: b\x00c", id="a text"),
    ],
)
def test_the_older_client_rewrites_what_stands_behind_a_nul_byte_too(line: str) -> None:
    """The rewritten line ends at the byte as the first reading did, now within its quotes (measured)."""
    assert read(f"---\nname: x\ntools: {line}\n---\n", newest=False).state is State.LOST


def test_the_older_client_rewrites_no_list_that_is_closed_before_a_nul_byte() -> None:
    found = read("---\ntools: [Read] \x00]\nname: x: y\n---\n", newest=False)
    assert (found.state, found.values) == (State.PARSED, {"tools": ["Read"]})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\nname: x\ndescription: say it\n---\n", id="plain"),
        pytest.param("---\nname: x\ndescription: say: it\n---\n", id="recovered"),
        pytest.param("---\nother: a: b\nname: x\ndescription: say it\n---\n", id="below a recovered line"),
        pytest.param("\ufeff---\nname: x\ndescription: say it\n---\n", id="behind a byte order mark"),
        pytest.param("---\r\nname: x\r\ndescription: say it\r\n---\r\n", id="windows line ends"),
    ],
)
def test_values_are_found_where_they_stand(text: str) -> None:
    field = read(text).field("description")
    assert field is not None
    assert text[field.key_start : field.key_end] == "description"
    assert text[field.start : field.end] == field.value


def test_the_last_of_two_equal_keys_counts() -> None:
    found = read("---\na: 1\na: 2\n---\n")
    assert found.values == {"a": 2}
    assert [(field.key, field.value) for field in found.fields] == [("a", 1), ("a", 2)]


@pytest.mark.parametrize(
    ("tools", "is_lost"),
    [
        ("[\n  Read,\n  Bash,\n]", True),
        ("[Read,\n]", True),
        ("[\n]", True),
        ("{\n  a: b,\n}", True),
        ("[\n  Read,\n  Bash\n]", False),
        ("[\n  Read,\n  Bash,\n ]", False),
        ("[Read, Bash,]", False),
    ],
)
def test_the_older_parser_stops_at_a_bracket_that_begins_the_line_behind_a_comma(tools: str, is_lost: bool) -> None:
    text = f"---\nname: a\ntools: {tools}\n---\nBody\n"
    for refuses in (True, False):
        found = frontmatter.read(text, strips_bom=True, refuses_nul=True, refuses_late_bracket=refuses)
        assert (found.state is frontmatter.State.LOST) is (is_lost and refuses)
