"""YAML that libyaml takes and the client's parser does not.

Evidence: ``Bun.YAML.parse`` asked directly, see docs/decisions.md.
"""

from __future__ import annotations

from itertools import chain

from yaml.nodes import ScalarNode, SequenceNode

from packlint import regex
from packlint.parsing.node import YamlError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_QUOTES = ("'", '"')
_BLOCKS = ("|", ">")
# A comment that follows something without a blank before it.
_GLUED_COMMENT = regex.lazy(r"(?:\A|[^\s])#")
_HEADER_WITH_COMMENT = regex.lazy(r"[^\n#]*?[|>][-+0-9]*#")
_LINE_END = regex.lazy(r"\r\n|\r|\n")
# With these a line between brackets may begin wherever it likes.
_ANYWHERE = "]},#"


def refuse(root: Any, text: str) -> None:
    """Refuse what the client refuses of a text's nodes.

    Raises:
        YamlError: it refuses something.
    """
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        _refuse_glued_comment(node, text)
        if not isinstance(node, ScalarNode):
            children = _children(node)
            if not isinstance(node, SequenceNode):
                _refuse_anchored_colon(node, text)
            if not node.flow_style:
                _refuse_dedented(node, children, text, seen)
            waiting += reversed(children)


def _children(node: Any) -> list[Any]:
    return node.value if isinstance(node, SequenceNode) else list(chain.from_iterable(node.value))


def _refuse_glued_comment(node: Any, text: str) -> None:
    """Where no blank stands before it, a `#` begins no comment, and nothing else can follow there."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, ScalarNode):
        begun = text[end : end + 1] if node.style in _QUOTES else ""
        if begun == "#" or (node.style in _BLOCKS and _HEADER_WITH_COMMENT.match(text, start)):
            raise YamlError("a comment without a blank before it", node.end_mark.line, node.end_mark.column)
        return
    if not node.flow_style:
        return
    position = start + 1
    for child in _children(node):
        if child.start_mark.index >= position:  # an alias has the place of what it stands for
            _refuse_glued(text, position, child.start_mark.index, node)
            position = child.end_mark.index
    _refuse_glued(text, position, end - 1, node)
    if text[end : end + 1] == "#":
        raise YamlError("a comment without a blank before it", node.end_mark.line, node.end_mark.column)


def _refuse_glued(text: str, start: int, end: int, node: Any) -> None:
    """The same for what stands between two values in brackets."""
    for number, line in enumerate(text[start:end].split("\n") if "#" in text[start:end] else ()):
        before = line.partition("#")[0]
        if "#" in line and (before[-1:] not in (" ", "\t") if before or not number else False):
            raise YamlError("a comment without a blank before it", node.start_mark.line, node.start_mark.column)


def _refuse_anchored_colon(node: Any, text: str) -> None:
    """To the client the colon of `&a: b` belongs to the anchor's name, so that nothing is left that is a key."""
    for key, _ in node.value:
        start, end = key.start_mark.index, key.end_mark.index
        if isinstance(key, ScalarNode) and not key.value and text[start] == "&" and text[end : end + 1] == ":":
            raise YamlError("a colon in the name of an anchor", key.start_mark.line, key.start_mark.column)


def _refuse_dedented(node: Any, children: list[Any], text: str, seen: set[int]) -> None:
    """The client wants the further lines of a quoted or bracketed value deeper than its block; libyaml does not.

    So it does with the first line of a text in block style.
    """
    column = _column(node, children, text)
    for child in children:
        if id(child) in seen or child.start_mark.line < node.start_mark.line:
            continue
        if isinstance(child, ScalarNode) and child.style in _BLOCKS:
            if child.start_mark.column <= column:
                raise YamlError("value not indented", child.start_mark.line, 0)
        elif child.end_mark.line > child.start_mark.line:
            _refuse_dedented_lines(child, text, column)


def _column(node: Any, children: list[Any], text: str) -> int:
    """Where a block begins; a tag or an anchor of it may stand on the line before."""
    start = node.start_mark
    if (
        text[start.index : start.index + 1] not in ("!", "&")
        or not children
        or children[0].start_mark.index < start.index
    ):
        return int(start.column)
    first = children[0].start_mark
    if not isinstance(node, SequenceNode):
        return int(first.column)
    line = text[first.index - first.column : first.index]
    return len(line) - len(line.lstrip(" "))


def _refuse_dedented_lines(node: Any, text: str, column: int) -> None:
    bracketed = not isinstance(node, ScalarNode)
    if (not node.flow_style) if bracketed else node.style not in _QUOTES:
        return
    lines = _LINE_END.split(text[node.start_mark.index : node.end_mark.index])
    for number, line in enumerate(lines[1:], 1):
        words = line.lstrip(" \t\r")
        indentation = len(line) - len(line.lstrip(" "))
        if words and indentation <= column and not (bracketed and words[0] in _ANYWHERE):
            raise YamlError("value not indented", node.start_mark.line + number, 0)
