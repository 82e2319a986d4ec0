"""Frontmatter in its plainest form, one `key: value` a line, read without a YAML parser.

Most frontmatter is of this form. What is read here means the same to `yaml12.parse`, places included, which a test
compares on random texts; whatever could mean more than it seems is left to it.
"""

from __future__ import annotations

from packlint import regex
from packlint.node import Node
from packlint.scalars import plain_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_KEY = r"([A-Za-z_][A-Za-z0-9_-]*):"
_QUOTED = r"\"([^\"\\]*)\"|'([^']*)'"
_LIST = r"(\[[A-Za-z][A-Za-z0-9_ ,]*\])"
_TEXT = r"([^\s?:,\[\]{}#&*!|>'\"%@`-](?:.*[^ ])?)"
_LINE = regex.lazy(rf"{_KEY} +(?:{_QUOTED}|{_LIST}|{_TEXT}) *")
_ITEM = regex.lazy(r"[^\s,\[\]](?:[^,\[\]]*[^\s,\[\]])?")
_WORD = regex.lazy(r"[A-Za-z][A-Za-z0-9_]*")


class Line:
    """One key with its value; offsets count in the text that was read."""

    __slots__ = ("end", "key", "key_start", "start", "style", "value")

    def __init__(self, key: str, key_start: int, value: Any, start: int, end: int, style: str | None) -> None:
        self.key = key
        self.key_start = key_start
        self.value = value
        self.start = start
        self.end = end
        self.style = style

    def nodes(self, text: str) -> tuple[Node, Node]:
        """Key and value as a YAML parser gives them."""
        key = Node(self.key, self.key_start, self.key_start + len(self.key))
        if not isinstance(self.value, list):
            return key, Node(self.value, self.start, self.end, self.style)
        items = tuple(
            Node(plain_value(item[0]), *item.span()) for item in _ITEM.finditer(text, self.start + 1, self.end - 1)
        )
        return key, Node(self.value, self.start, self.end, items=items)


def read(text: str) -> list[Line] | None:
    """The keys of a text in order, each once; None where the text is not plain enough."""
    found: dict[str, Line] = {}
    offset = 0
    for line in text.removesuffix("\n").split("\n"):
        read_line = _read(line, offset) if line.isprintable() else None
        if read_line is None or read_line.key in found:
            return None
        found[read_line.key] = read_line
        offset += len(line) + 1
    return list(found.values())


def _read(line: str, offset: int) -> Line | None:
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    key = match[1]
    if plain_value(key) != key:
        return None
    group = match.lastindex or 1
    source = match[group]
    start, end = offset + match.start(group), offset + match.end(group)
    if group in (2, 3):
        return Line(key, offset, source, start - 1, end + 1, '"' if group == 2 else "'")
    if group == 4:
        items = [item[0] for item in _ITEM.finditer(source, 1, len(source) - 1)]
        if len(items) != source.count(",") + 1 or not all(_WORD.fullmatch(item) for item in items):
            return None
        return Line(key, offset, [plain_value(item) for item in items], start, end, None)
    if ": " in source or " #" in source or source[-1] == ":":
        return None
    return Line(key, offset, plain_value(source), start, end, None)


def values(lines: list[Line]) -> dict[str, Any]:
    """What the client holds under each key."""
    return {line.key: line.value for line in lines}


def root(lines: list[Line], text: str) -> Node:
    """The whole as a YAML parser gives it."""
    entries = tuple(line.nodes(text) for line in lines)
    return Node(values(lines), 0, len(text), entries=entries)
