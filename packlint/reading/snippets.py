"""Documents that quote a region of a source file: `<!-- snippet: path#region -->` above a fence.

In the source a region stands between lines that hold `# region: name` and `# endregion: name`; regions may nest.
What is quoted is the region without its indentation and without the marker lines of other regions.
"""

from __future__ import annotations

from packlint import regex
from packlint.client import Client
from packlint.document import Document
from packlint.memo import lru_cache
from packlint.parsing.fencing import Fence, lines_with
from packlint.record import record
from packlint.text.holding import holds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENT = regex.lazy(r"<!--[ \t]*snippet:[ \t]*([^\s#<>]+)#([\w.-]+)[ \t]*-->")
_MARKER = regex.lazy(r"[ \t]*(?:#|//|--)[ \t]*(?P<end>end)?region:[ \t]*(?P<name>[\w.-]+)[ \t]*(?:\n|\Z)")
# What else ends a line of a source, as `splitlines` has it.
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
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
    text, parsed = document.text, document.markdown(client)
    fences, before, index = parsed.fences, 0, 0
    for comment in parsed.comments:
        match = _COMMENT.fullmatch(comment.text)
        between = text[before : comment.start].rstrip(" \t")
        begins_line = between.endswith("\n") or not (between or before)
        before = comment.end
        if match is None or not begins_line:
            continue
        while index < len(fences) and fences[index].start < comment.end:
            index += 1
        below = fences[index] if index < len(fences) else None
        is_next = below is not None and _BETWEEN.fullmatch(text, comment.end, below.start) is not None
        yield Snippet(match[1], match[2], comment.start, comment.end, below if is_next else None)


def regions(source: str) -> dict[str, str | None]:
    """The regions that a source opens, in order, with their lines as they stand; None for one that is never closed.

    Of a region within more than `_DEEPEST` others the end is not sought.
    """
    found: dict[str, str | None] = {}
    opened: dict[str, int] = {}
    text = "\n".join(source.splitlines()) if any(end in source for end in _LINE_ENDS) else source
    pieces, passed = list[str](), 0
    for line in lines_with("region:", text, 0):
        marker = _MARKER.match(text, line)
        if marker is None:
            continue
        pieces.append(text[passed:line])
        passed = marker.end()
        is_end, name = marker["end"], marker["name"]
        if not is_end:
            found.setdefault(name, None)
            if len(opened) <= _DEEPEST:
                opened[name] = len(pieces)
        elif name in opened:
            start = opened.pop(name)
            if found[name] is None:
                found[name] = "".join(pieces[start:])
    return found


def quoted(document: Document, fence: Fence) -> str:
    """What a fence shows, without the indentation of the fence."""
    return dedented(document.text[fence.content_start : fence.content_end].replace("\r\n", "\n"))


def dedented(text: str) -> str:
    """A text without the indentation that its lines have in common and without empty lines around it.

    As `textwrap.dedent` does it, whose import takes longer than all the quotations of a pack.
    """
    if " \n" in text or "\t\n" in text or text.endswith((" ", "\t")):
        text = "\n".join(line if line.strip(" \t") else "" for line in text.split("\n"))
    text = text.strip("\n")
    if not text.startswith((" ", "\t")):
        return text
    lines = text.split("\n")
    full = [line for line in lines if line]
    width = 0
    # What the first and the last one in order have in common, all between them have.
    for one, other in zip(min(full), max(full), strict=False):
        if one != other or one not in " \t":
            break
        width += 1
    return "\n".join(line[width:] for line in lines)


def indented(document: Document, fence: Fence, text: str) -> str:
    """`text` as the content of this fence: indented as it is, with the file's line ends."""
    opening = document.text[fence.start : document.line_end(fence.start)]
    prefix = opening[: len(opening) - len(opening.lstrip(" \t"))]
    newline = "\r\n" if "\r\n" in document.text[fence.start : fence.end] else "\n"
    return "".join((prefix + line if line else "") + newline for line in text.split("\n"))
