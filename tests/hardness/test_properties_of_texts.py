"""What holds for every text, whatever is in it: of the readers that take one text and look at nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packlint import frontmatter
from packlint.client import clients
from packlint.commandline.terminal import printable, tame
from packlint.discovery.layout import Layout
from packlint.document import Document
from packlint.files.disk import Disk
from packlint.frontmatter import JS_SPACE, State
from packlint.loading import toolset
from packlint.mending.patch import Patch, applied
from packlint.parsing import jsonplace, yaml12
from packlint.parsing.markdown import Markdown
from packlint.parsing.node import Node, YamlError
from packlint.parsing.scalars import js_string
from packlint.problem import Edit
from packlint.reading import references
from packlint.text import mistranslated, wildcards
from tests.hardness.calls import steering
from tests.hardness.texts import files, lines, markdown, raw_files, steady, yaml

# The client's own expression, with Python's classes replaced by JavaScript's.
_CLIENTS = re.compile(rf"---[{JS_SPACE}]*\n(?P<yaml>[\s\S]*?)---[{JS_SPACE}]*\n?")


@steady
@given(files)
def test_frontmatter_is_split_as_the_clients_expression_splits_it(text: str) -> None:
    state, start, end, body = frontmatter.split(text)
    match = _CLIENTS.match(text)
    if match is None:
        assert state in (State.ABSENT, State.UNCLOSED)
        assert (start, end, body) == (0, 0, 0)
    else:
        assert (state, start, end, body) == (State.PARSED, *match.span("yaml"), match.end())


@steady
@given(lines)
def test_recovery_keeps_lines_and_is_done_once(text: str) -> None:
    recovered = frontmatter.recover(text)
    assert recovered.count("\n") == text.count("\n")
    assert frontmatter.recover(recovered) == recovered
    for old, new in zip(text.split("\n"), recovered.split("\n"), strict=True):
        assert new == old or new.endswith('"') or old.startswith("\t")


@steady
@given(files, st.booleans(), st.booleans())
def test_places_of_frontmatter_are_places_in_the_file(text: str, strips_bom: bool, refuses_nul: bool) -> None:
    found = frontmatter.read(text, strips_bom=strips_bom, refuses_nul=refuses_nul)
    assert 0 <= found.start <= found.end <= found.body <= len(text)
    assert (found.error is not None) == (found.state in (State.RECOVERED, State.LOST))
    assert set(found.values) == {field.key for field in found.fields} or "<<" in {field.key for field in found.fields}
    for field in found.fields:
        assert found.start <= field.key_start <= field.key_end <= found.end
        assert found.start <= field.start <= field.end <= found.end


def _assert_inside(node: Node, text: str, seen: set[int]) -> None:
    assert 0 <= node.start <= node.end <= len(text) + 1
    if id(node) not in seen:
        seen.add(id(node))
        for each in (*node.items, *(part for entry in node.entries for part in entry)):
            _assert_inside(each, text, seen)


@steady
@given(st.one_of(yaml, lines))
def test_any_text_is_a_value_with_places_or_an_error_with_one(text: str) -> None:
    try:
        node = yaml12.parse(text)
    except YamlError as error:
        assert 0 <= error.line <= text.count("\n") + text.count("\r") + 1
        assert error.column >= 0
        assert error.reason
        return
    if node is not None:
        _assert_inside(node, text, set())
        assert isinstance(js_string(node.value), str)


_JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**53), 2**53),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text('ab ":,[]{}\\é', max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@steady
@given(_JSON)
def test_json_is_yaml(value: Any) -> None:
    node = yaml12.parse(json.dumps(value, ensure_ascii=False))
    assert node is not None
    assert node.value == value


@steady
@given(_JSON, st.sampled_from([None, 0, 1, 3]), st.sampled_from(["", " ", "\ufeff", "\n\t"]))
def test_every_part_of_a_json_text_stands_where_it_is_said_to(value: Any, indent: int | None, before: str) -> None:
    text = before + json.dumps(value, indent=indent)
    found = jsonplace.read(text)
    assert found is not None
    assert found.value == value
    for path, spot in found.spots.items():
        part = value
        for step in path:
            part = part[step]
        if path:
            assert json.loads(text[spot.start : spot.end]) == part
            assert not isinstance(path[-1], str) or json.loads(text[spot.key_start : spot.key_end]) == path[-1]


@steady
@given(markdown, st.integers(0, 30))
def test_parts_of_markdown_stand_where_they_are_said_to(text: str, start: int) -> None:
    start = min(start, len(text))
    found = Markdown(text, start)
    position = start
    for fence in found.fences:
        assert position <= fence.start < fence.content_start <= fence.content_end <= fence.end <= len(text)
        position = fence.end
    assert all(fence.closed for fence in found.fences[:-1])
    for part in (*found.comments, *found.code_spans, *found.links):
        assert start <= part.start <= part.end <= len(text)
        assert text[part.start : part.end] == part.text
        assert found.in_fence(part.start) is None
    for offset in range(start, len(text)):
        around = [fence for fence in found.fences if fence.start <= offset < fence.end]
        assert found.in_fence(offset) == (around[0] if around else None)
        assert found.in_comment(offset) == any(each.start <= offset < each.end for each in found.comments)
    assert all(isinstance(anchor, str) for anchor in found.anchors)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a document to refer to, in which nothing changes."""
    root = tmp_path_factory.mktemp("pack")
    for name in ("agents/dev.md", "patterns/index.md", "Styles/Python.md"):
        (root / name).parent.mkdir()
        (root / name).write_text("# x\n")
    return root


@steady
@given(files, st.sampled_from(list(Layout)))
def test_references_stand_where_they_are_said_to(pack: Path, text: str, layout: Layout) -> None:
    root, disk = str(pack), Disk()
    for client in clients():
        document = Document(f"{root}/agents/dev.md", "agents/dev.md", text.encode())
        found = references.find(document, layout, root, root, client, disk)
        assert [each.start for each in found] == sorted(each.start for each in found)
        for each in found:
            assert document.text[each.start : each.end] == each.text
            assert each.target is None or Path(each.target).exists()
            assert each.target is None or each.wrong_case is None
            assert each.start >= document.frontmatter(client).body


@steady
@given(st.text(" ,()ab*:\t\n\u3000", max_size=30))
def test_tokens_stand_one_after_the_other(value: str) -> None:
    end = 0
    for token in toolset.tokens(value):
        assert token
        end = value.index(token, end) + len(token)


@steady
@given(st.text("ab *", max_size=7), st.text("ab \n", max_size=9))
def test_wildcards_of_words_match_as_they_always_did(pattern: str, text: str) -> None:
    plainly = re.compile(".*".join(re.escape(piece) for piece in pattern.split("*")), re.DOTALL)
    assert (wildcards.of_words(pattern).match(text) is None) == (plainly.fullmatch(text) is None)


@steady
@given(st.text("ab/.*?", max_size=7), st.text("ab/.", max_size=9))
def test_wildcards_of_paths_match_as_they_always_did(pattern: str, text: str) -> None:
    pattern = re.sub(r"(?<!^)(?<!/)\*\*+", "*", pattern)  # `**` stands for folders, so between slashes
    meaning = {"**": ".*", "**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    plainly = "".join(meaning.get(piece, re.escape(piece)) for piece in re.split(r"(\*\*/?|\*|\?)", pattern))
    assert (wildcards.of_path(pattern).match(text) is None) == (re.fullmatch(plainly, text) is None)


@st.composite
def _edits(draw: st.DrawFn, length: int) -> list[Edit]:
    """Edits of a text of this length, in order, apart from one another."""
    cuts = sorted(draw(st.lists(st.integers(0, length), unique=True, max_size=6)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [Edit(start, end, draw(st.text("xy\n", max_size=3))) for start, end in pairs]


@steady
@given(st.data(), st.text("ab\n\r\x0c\u2028", max_size=30))
def test_a_difference_leads_from_the_first_text_to_the_last(data: st.DataObject, text: str) -> None:
    patch = Patch(text)
    for _ in range(2):
        edits = data.draw(_edits(len(patch.text)))
        expected = applied(patch.text, edits)
        patch.apply(edits)
        assert patch.text == expected
    assert _patched(text, list(patch.diff("x"))[2:]) == patch.text


def _patched(text: str, hunks: list[str]) -> str:
    """What `patch` would make of a text."""
    old = re.findall(r"[^\n]*\n|[^\n]+", text)
    new: list[str] = []
    position = 0
    for line in hunks:
        if header := re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@\n", line):
            start = int(header[1]) - (header[2] != "0")
            new += old[position:start]
            position = start
            continue
        content = line[1:].removesuffix("\n\\ No newline at end of file\n")
        if line[0] != "+":
            assert old[position] == content
            position += 1
        if line[0] != "-":
            new.append(content)
    return "".join(new + old[position:])


@steady
@given(raw_files)
def test_nothing_that_is_shown_steers_a_terminal(raw: bytes) -> None:
    text = raw.decode("utf-8", "surrogateescape")
    assert printable(text).isprintable()
    assert not steering(tame(text).replace("\r\n", "\n").removesuffix("\r"))
    if text.isprintable():
        assert tame(text) == printable(text) == text


@steady
@given(markdown)
def test_mojibake_that_is_undone_is_shorter(text: str) -> None:
    for run in mistranslated.runs(text):
        assert text[run.start : run.end] == run.wrong
        assert len(run.right) < len(run.wrong)
