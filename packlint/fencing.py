"""Where the fenced code blocks of a text begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packlint import regex
from packlint.record import record

# What may stand before a fence on its line: indentation, a quotation, a list.
_BEFORE_FENCE = " \t>*+-0123456789."
# Possessive: what leads to nothing would otherwise be read again from each of its characters.
_FENCE = (
    r"(?P<before>[ \t\r\x0b\x0c\xa0>*+\-0-9.]*+)(?P<mark>`{3,}+|~{3,}+)(?P<rest>(?P<info>[^\n`]*+)[^\n]*+)(?:\n|\Z)"
)
_FENCE_LINE, _LATER_FENCE_LINE = regex.lazy(_FENCE), regex.lazy(f"^{_FENCE}", re.MULTILINE)


@record(frozen=True)
class Fence:
    """A fenced code block: its info string, and the offsets of the whole and of its content."""

    info: str
    start: int
    end: int
    content_start: int
    content_end: int
    closed: bool


def find(text: str, start: int) -> tuple[list[Fence], Fence | None]:
    """The fences of a text, in order, and the first one in which others stand, where that decides how they are read.

    Markdown ends a block at the first bare line of marks, also where that was meant to end another block inside it,
    and reads all that follows the wrong way round. A person and a model see what was meant: so does this, where
    every block is closed in that reading and not in the other.
    """
    lines = list(_fence_lines(text, start))
    found = list(_flat(text, lines))
    if not found or found[-1].closed:
        return found, None
    nested, outer = _nested(lines)
    return (nested, outer) if outer is not None else (found, None)


def _flat(text: str, lines: list[re.Match[str]]) -> Iterator[Fence]:
    """The fences as CommonMark has them."""
    opened, mark, info, content = -1, "", "", 0
    for line in lines:
        if opened < 0 and _may_open(line):
            opened, mark, info, content = line.start(), line["mark"], line["info"].strip(), line.end()
        elif opened >= 0 and line["mark"].startswith(mark) and not (line["before"].strip() or line["rest"].strip()):
            yield Fence(info, opened, line.end(), content, line.start(), True)
            opened = -1
    if opened >= 0:
        # A mark too many at the end of a text opens a block with nothing in it.
        yield Fence(info, opened, len(text), content, len(text), not text[content:].strip())


def _nested(lines: list[re.Match[str]]) -> tuple[list[Fence], Fence | None]:
    """The outermost fences where one with an info string opens a block inside another; none if some stay open."""
    found: list[Fence] = []
    outer: Fence | None = None
    inside: list[re.Match[str]] = []
    holds = False
    for line in lines:
        if line["rest"].strip():
            if _may_open(line):
                holds = holds or bool(inside)
                inside.append(line)
        elif inside and line["mark"].startswith(inside[-1]["mark"]) and not line["before"].strip():
            first = inside.pop()
            if not inside:
                fence = Fence(first["info"].strip(), first.start(), line.end(), first.end(), line.start(), True)
                found.append(fence)
                outer, holds = outer or (fence if holds else None), False
        elif not inside and _may_open(line):
            inside.append(line)
    return ([], None) if inside else (found, outer)


def _may_open(line: re.Match[str]) -> bool:
    return not line["before"].strip(_BEFORE_FENCE)


def _fence_lines(text: str, start: int) -> Iterator[re.Match[str]]:
    """The lines that may open or close a fence; the first one begins where the text does."""
    first = _FENCE_LINE.match(text, start)
    if first is not None:
        yield first
    yield from _LATER_FENCE_LINE.finditer(text, start if first is None else first.end())
