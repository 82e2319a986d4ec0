"""What libyaml accepts and the client does not.

Evidence: ``Bun.YAML.parse`` asked directly, see docs/decisions.md.
"""

from __future__ import annotations

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from packlint import regex
from packlint.parsing.node import YamlError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_BLOCK_HEADER = regex.lazy(r"[|>][-+0-9]*#")
_LINE_END = regex.lazy(r"\r\n|\r|\n")
_GLUED = ('"#', "'#", "]#", "}#", "[#", "{#", ",#")


def check(node: Any, text: str) -> None:
    """Looks at a document and at its text, which has its tabs.

    Raises:
        YamlError: the client refuses it.
    """
    has_tabs = "\t" in text
    has_glued = any(end in text for end in _GLUED) or _BLOCK_HEADER.search(text) is not None
    if has_glued:
        _refuse_glued(node, text, False, set())
    _refuse_dedented(node, text, has_tabs, set())


def _children(node: Any) -> Iterator[Any]:
    if isinstance(node, SequenceNode):
        yield from node.value
    elif isinstance(node, MappingNode):
        for pair in node.value:
            yield from pair


def _refuse_glued(node: Any, text: str, in_flow: bool, seen: set[int]) -> None:
    """A comment needs a space before it, also behind a quote, a bracket, a comma or the sign of a block."""
    if id(node) in seen:
        return
    seen.add(id(node))
    start, end = node.start_mark.index, node.end_mark.index
    is_scalar = isinstance(node, ScalarNode)
    is_flow = not is_scalar and node.flow_style
    is_enclosed = is_flow or (is_scalar and node.style in ("'", '"'))
    if (is_enclosed and text[end : end + 1] == "#") or (in_flow and text[end : end + 2] == ",#"):
        raise YamlError("a comment without a space before it", node.end_mark.line, node.end_mark.column)
    if is_flow:
        begins_glued = text[start + 1 : start + 2] == "#"
    else:
        begins_glued = is_scalar and node.style in ("|", ">") and _has_glued_header(text, start)
    if begins_glued:
        raise YamlError("a comment without a space before it", node.start_mark.line, node.start_mark.column)
    for child in _children(node):
        _refuse_glued(child, text, is_flow, seen)


def _has_glued_header(text: str, start: int) -> bool:
    header = text[start : text.find("\n", start) + 1]
    return _BLOCK_HEADER.match(header, max(header.find("|"), header.find(">"))) is not None


def _refuse_dedented(node: Any, text: str, has_tabs: bool, seen: set[int]) -> None:
    """Bun wants the further lines of a quoted or bracketed value deeper than its block, and indented by spaces."""
    if isinstance(node, ScalarNode) or node.flow_style or id(node) in seen:
        return
    seen.add(id(node))
    column = _column(node, text)
    is_sequence = isinstance(node, SequenceNode)
    if not is_sequence:
        _refuse_anchored_colon(node, text)
    if has_tabs and not is_sequence:
        for key, _ in node.value:
            _refuse_tab(key, text, None)
    for child in node.value if is_sequence else [value for _, value in node.value]:
        if child.start_mark.line < node.start_mark.line:
            continue  # an alias, which stands for what was looked at
        is_block = not (isinstance(child, ScalarNode) or child.flow_style)
        if has_tabs and not is_block:
            _refuse_tab(child, text, column)
        if isinstance(child, ScalarNode) and child.style in ("|", ">") and child.start_mark.column <= column:
            raise YamlError("value not indented", child.start_mark.line, child.start_mark.column)
        if child.end_mark.line > child.start_mark.line:
            if is_block:
                _refuse_dedented(child, text, has_tabs, seen)
            elif id(child) not in seen:
                seen.add(id(child))
                _refuse_dedented_lines(child, text, column)


def _column(node: Any, text: str) -> int:
    """Where a block begins; a tag or an anchor of it may stand on the line before."""
    start = node.start_mark
    first = next((child.start_mark for child in _children(node) if child.start_mark.index >= start.index), None)
    if first is None or text[start.index : start.index + 1] not in ("!", "&"):
        return int(start.column)
    if isinstance(node, MappingNode):
        return int(first.column)
    line = text[first.index - first.column : first.index]
    return len(line) - len(line.lstrip(" "))


def _refuse_anchored_colon(node: Any, text: str) -> None:
    """To the client the colon of `&a: b` belongs to the anchor's name, so that nothing is left that is a key."""
    for key, _ in node.value:
        start, end = key.start_mark.index, key.end_mark.index
        if isinstance(key, ScalarNode) and not key.value and text[start : start + 1] == "&" and text[end] == ":":
            raise YamlError("a colon in the name of an anchor", key.start_mark.line, key.start_mark.column)


def _refuse_tab(node: Any, text: str, column: int | None) -> None:
    """A tab before what begins a line; of what is no key, only where no spaces before it are enough."""
    place = node.start_mark.index
    before = text[text.rfind("\n", 0, place) + 1 : place]
    if "\t" not in before:
        return
    if column is None:
        is_refused = not before.strip(" \t-")
    else:
        is_refused = not before.strip(" \t") and len(before) - len(before.lstrip(" ")) <= column
    if is_refused:
        raise YamlError("a tab as indentation", node.start_mark.line, before.index("\t"))


def _refuse_dedented_lines(node: Any, text: str, column: int) -> None:
    is_scalar = isinstance(node, ScalarNode)
    if is_scalar and node.style in ("|", ">"):
        return
    lines = _LINE_END.split(text[node.start_mark.index : node.end_mark.index])
    for number, line in enumerate(lines[1:], 1):
        words = line.lstrip(" ")
        if len(line) - len(words) > column or not words.strip("\t\r"):
            continue
        # A plain text ends where a line is not deeper, so here a tab makes it so.
        is_refused = bool(node.style) or words[0] == "\t" if is_scalar else words.lstrip(" \t")[0] not in "]},#"
        if is_refused:
            raise YamlError("value not indented", node.start_mark.line + number, 0)
