"""Frontmatter in its plainest form, one `key: value` a line, read without a YAML parser.

Most frontmatter is of this form. What is read here means the same to `yaml12.parse`, places included, which a test
compares on random texts; whatever could mean more than it seems is left to it.
"""

from __future__ import annotations

from itertools import islice

from packlint import regex
from packlint.memo import lru_cache
from packlint.parsing.node import Node
from packlint.parsing.scalars import plain_value

# How the first line of a block ends.
_BLOCK_ENDS = ("|", ">", "-")

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from typing import Any

_KEY = r"[A-Za-z_][A-Za-z0-9_-]*"
_QUOTED = r"\"((?:[^\"\\]++|\\[n\"\\])*+)\"|'([^']*)'"
_LIST = r"(\[[A-Za-z][A-Za-z0-9_ ,]*\])"
# Nothing that begins with one of these is plain.
_NOT_FIRST = frozenset("?:,[]{}#&*!|>'\"%@`-")
_TEXT = r"([^\s?:,\[\]{}#&*!|>'\"%@`-](?:.*[^ ])?)"
_NOT_TEXT = regex.lazy(rf"{_QUOTED}|{_LIST}")
_WHOLE_KEY = regex.lazy(_KEY)
_LIST_ITEM = regex.lazy(rf"( *)- +(?:{_QUOTED}|{_TEXT}) *")
_BLOCK = regex.lazy(rf"({_KEY}): +([|>])(-?)")
_ITEM = regex.lazy(r"[^\s,\[\]](?:[^,\[\]]*[^\s,\[\]])?")
_WORD = regex.lazy(r"[A-Za-z][A-Za-z0-9_]*")


class Line:
    """One key with its value; offsets count in the text that was read, as a YAML parser counts them."""

    __slots__ = ("end", "height", "items", "key", "key_start", "start", "style", "value")

    def __init__(
        self,
        key: str,
        key_start: int,
        value: Any,
        start: int,
        end: int,
        style: str | None,
        items: tuple[Node, ...] = (),
        height: int = 1,
    ) -> None:
        self.key = key
        self.key_start = key_start
        self.value = value
        self.start = start
        self.end = end
        self.style = style
        self.items = items
        self.height = height

    def nodes(self) -> tuple[Node, Node]:
        """Key and value as a YAML parser gives them."""
        key = Node(self.key, self.key_start, self.key_start + len(self.key))
        return key, Node(self.value, self.start, self.end, self.style, items=self.items)


def read(text: str) -> list[Line] | None:
    """The keys of a text in order, each once; None where the text is not plain enough."""
    if not text.replace("\n", " ").isprintable():
        return None
    found: dict[str, Line] = {}
    lines = text.removesuffix("\n").split("\n")
    offset = number = 0
    while number < len(lines):
        line = lines[number]
        last = line[-1:]
        if last == ":":
            known = _listed(lines, number, offset)
        elif last in _BLOCK_ENDS and (block := _BLOCK.fullmatch(line)):
            known = _block(block, lines, number, offset)
        else:
            known = _read(line, offset)
        if known is None or known.key in found:
            return None
        found[known.key] = known
        if known.height == 1:
            offset += len(line) + 1
        else:
            offset = known.end
        number += known.height
    return list(found.values())


def _read(line: str, offset: int) -> Line | None:
    key, _, rest = line.partition(": ")
    value = rest.strip(" ")
    if not value or not _is_key(key):
        return None
    start = offset + len(line) - len(rest.lstrip(" "))
    if value[0] not in _NOT_FIRST:
        return Line(key, offset, plain_value(value), start, start + len(value), None) if _is_plain_text(value) else None
    match = _NOT_TEXT.fullmatch(value)
    if match is None:
        return None
    group = match.lastindex or 1
    if group == 3:
        return _bracketed(key, value, start, offset)
    return Line(key, offset, _unescaped(match[group], value[0]), start, start + len(value), value[0])


def _bracketed(key: str, source: str, start: int, offset: int) -> Line | None:
    """A key with a list in brackets, one word an item."""
    found = list(_ITEM.finditer(source, 1, len(source) - 1))
    if len(found) != source.count(",") + 1 or not all(_WORD.fullmatch(item[0]) for item in found):
        return None
    items = tuple(Node(plain_value(item[0]), start + item.start(), start + item.end()) for item in found)
    return Line(key, offset, [item.value for item in items], start, start + len(source), None, items)


def _listed(lines: list[str], number: int, offset: int) -> Line | None:
    """A key with a list under it, one plain or quoted text an item."""
    line = lines[number]
    if not _is_key(line[:-1]):
        return None
    items: list[Node] = []
    end, indent = offset + len(line) + 1, None
    for each in islice(lines, number + 1, None):
        match = _LIST_ITEM.fullmatch(each)
        if match is None or indent not in (None, match.end(1)):
            break
        indent, group = match.end(1), match.lastindex or 1
        source, quotes = match[group], int(group in (2, 3))
        if not quotes and not _is_plain_text(source):
            return None
        style = {2: '"', 3: "'"}.get(group)
        value = _unescaped(source, style) if style else plain_value(source)
        items.append(Node(value, end + match.start(group) - quotes, end + match.end(group) + quotes, style))
        end += len(each) + 1
    start, values = offset + len(line) + 1 + (indent or 0), [item.value for item in items]
    return Line(line[:-1], offset, values, start, end, None, tuple(items), 1 + len(items)) if items else None


def _block(header: re.Match[str], lines: list[str], number: int, offset: int) -> Line | None:
    """A key with a text below it, line by line or folded."""
    style = header[2]
    first = lines[number + 1] if number + 1 < len(lines) else ""
    indent = len(first) - len(first.lstrip(" "))
    if not indent or indent == len(first):
        return None
    pieces, blank, height = [first[indent:]], 0, 1
    for line in islice(lines, number + 2, None):
        if line and not line.startswith(first[:indent]):
            break
        height += 1
        if not line:
            blank += 1
            continue
        if line.isspace() or (style == ">" and (line[indent] == " " or pieces[0][0] == " ")):
            return None
        pieces += ["\n" * blank or " " if style == ">" else "\n" * (blank + 1), line[indent:]]
        blank = 0
    text = "".join(pieces)
    end = offset + sum(len(line) + 1 for line in lines[number : number + height + 1])
    value = text if header[3] else text + "\n"
    return Line(header[1], offset, value, offset + header.start(2), end, style, (), height + 1)


def _unescaped(source: str, quote: str) -> str:
    """What stands between quotes."""
    if quote == "'" or "\\" not in source:
        return source
    return "\\".join(each.replace("\\n", "\n").replace('\\"', '"') for each in source.split("\\\\"))


@lru_cache(maxsize=256)
def _is_key(source: str) -> bool:
    """Whether a text is a key that stands for itself; those of a pack are the same few."""
    return _WHOLE_KEY.fullmatch(source) is not None and isinstance(plain_value(source), str)


def _is_plain_text(source: str) -> bool:
    return ": " not in source and " #" not in source and source[-1] != ":"


def values(lines: list[Line]) -> dict[str, Any]:
    """What the client holds under each key."""
    return {line.key: line.value for line in lines}


def root(lines: list[Line], text: str) -> Node:
    """The whole as a YAML parser gives it."""
    entries = tuple(line.nodes() for line in lines)
    return Node(values(lines), 0, len(text), entries=entries)
