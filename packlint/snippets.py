"""Documents that quote a region of a source file: `<!-- snippet: path#region -->` above a fence.

In the source a region stands between lines that hold `# region: name` and `# endregion: name`; regions may nest.
What is quoted is the region without its indentation and without the marker lines of other regions.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from packlint import regex
from packlint.client import Client
from packlint.document import Document
from packlint.markdown import Fence
from packlint.record import record

_COMMENT = regex.lazy(r"<!--[ \t]*snippet:[ \t]*([^\s#<>]+)#([\w.-]+)[ \t]*-->")
_MARKER = regex.lazy(r"^[ \t]*(?:#|//|--)[ \t]*(?P<end>end)?region:[ \t]*(?P<name>[\w.-]+)[ \t]*\r?$")
_BETWEEN = regex.lazy(r"[ \t]*\r?\n[ \t]*\Z")


@record(frozen=True)
class Snippet:
    """One quotation: the source's path below the pack's root, the region, the comment and its fence, if it has one."""

    path: str
    region: str
    start: int
    end: int
    fence: Fence | None


def find(document: Document, client: Client) -> Iterator[Snippet]:
    """The quotations of a document, in order."""
    if "snippet:" not in document.text:
        return
    parsed = document.markdown(client)
    for comment in parsed.comments:
        match = _COMMENT.fullmatch(comment.text)
        line = document.text[document.text.rfind("\n", 0, comment.start) + 1 : comment.start]
        if match is None or line.strip():
            continue
        below = next((fence for fence in parsed.fences if fence.start >= comment.end), None)
        is_next = below is not None and _BETWEEN.fullmatch(document.text[comment.end : below.start]) is not None
        yield Snippet(match[1], match[2], comment.start, comment.end, below if is_next else None)


def region(source: str, name: str) -> str | None:
    """The text of a source's region, or None where it is not there or is never closed."""
    kept: list[str] | None = None
    for line in source.splitlines():
        marker = _MARKER.match(line)
        if marker is None:
            if kept is not None:
                kept.append(line)
        elif marker["name"] == name:
            if marker["end"]:
                return None if kept is None else textwrap.dedent("\n".join(kept)).strip("\n")
            kept = []
    return None


def names(source: str) -> list[str]:
    """The regions that a source opens."""
    markers = (_MARKER.match(line) for line in source.splitlines())
    return [marker["name"] for marker in markers if marker and not marker["end"]]


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
