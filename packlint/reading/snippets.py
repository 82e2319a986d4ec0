"""Documents that quote a region of a source file: `<!-- snippet: path#region -->` above a fence.

In the source a region stands between lines that hold `# region: name` and `# endregion: name`; regions may nest.
What is quoted is the region without its indentation and without the marker lines of other regions.
"""

from __future__ import annotations

import textwrap
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from packlint import regex
from packlint.client import Client
from packlint.document import Document
from packlint.parsing.markdown import Fence
from packlint.record import record
from packlint.text.holding import holds

_COMMENT = regex.lazy(r"<!--[ \t]*snippet:[ \t]*([^\s#<>]+)#([\w.-]+)[ \t]*-->")
_MARKER = regex.lazy(r"^[ \t]*(?:#|//|--)[ \t]*(?P<end>end)?region:[ \t]*(?P<name>[\w.-]+)[ \t]*\r?$")
_BETWEEN = regex.lazy(r"[ \t]*\r?\n[ \t]*\Z")
_DEEPEST = 10


@record(frozen=True)
class Snippet:
    """One quotation: the source's path below the pack's root, the region, the comment and its fence, if it has one."""

    path: str
    region: str
    start: int
    end: int
    fence: Fence | None


def find(document: Document, client: Client) -> list[Snippet]:
    """The quotations of a document, in order."""
    return _found(document, client) if holds(document.marks, b"<!--") and holds(document.raw, b"snippet:") else []


@lru_cache(maxsize=4)
def _found(document: Document, client: Client) -> list[Snippet]:
    """As `find`; half a dozen rules ask for the same document in turn."""
    return list(_seek(document, client))


def _seek(document: Document, client: Client) -> Iterator[Snippet]:
    text, parsed, before = document.text, document.markdown(client), 0
    for comment in parsed.comments:
        match = _COMMENT.fullmatch(comment.text)
        between = text[before : comment.start].rstrip(" \t")
        begins_line = between.endswith("\n") or not (between or before)
        before = comment.end
        if match is None or not begins_line:
            continue
        index = bisect_left(parsed.fences, comment.end, key=lambda fence: fence.start)
        below = parsed.fences[index] if index < len(parsed.fences) else None
        is_next = below is not None and _BETWEEN.fullmatch(text, comment.end, below.start) is not None
        yield Snippet(match[1], match[2], comment.start, comment.end, below if is_next else None)


@lru_cache(maxsize=16)
def regions(source: str) -> dict[str, str | None]:
    """The regions that a source opens, in order, with their text; None for one that is never closed.

    Of a region within more than `_DEEPEST` others the end is not sought.
    """
    found: dict[str, str | None] = {}
    lines: list[str] = []
    opened: dict[str, int] = {}
    for line in source.splitlines():
        marker = _MARKER.match(line) if "region:" in line else None
        if marker is None:
            lines.append(line)
        elif not marker["end"]:
            found.setdefault(marker["name"], None)
            if len(opened) <= _DEEPEST:
                opened[marker["name"]] = len(lines)
        elif marker["name"] in opened:
            start = opened.pop(marker["name"])
            if found[marker["name"]] is None:
                found[marker["name"]] = textwrap.dedent("\n".join(lines[start:])).strip("\n")
    return found


def quoted(document: Document, fence: Fence) -> str:
    """What a fence shows, without the indentation of the fence."""
    text = document.text[fence.content_start : fence.content_end].replace("\r\n", "\n")
    return textwrap.dedent(text).strip("\n")


def indented(document: Document, fence: Fence, text: str) -> str:
    """`text` as the content of this fence: indented as it is, with the file's line ends."""
    opening = document.text[fence.start : document.line_end(fence.start)]
    prefix = opening[: len(opening) - len(opening.lstrip(" \t"))]
    newline = "\r\n" if "\r\n" in document.text[fence.start : fence.end] else "\n"
    return "".join((prefix + line if line else "") + newline for line in text.split("\n"))
