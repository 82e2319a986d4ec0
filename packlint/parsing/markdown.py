"""The parts of Markdown in which a pack can go wrong, each with its offsets in the text.

A scanner, not a renderer: rules need the place of a code span, a link or a heading in the
file, which Markdown libraries do not keep for inline elements. Each part is sought when first asked for.
"""

from __future__ import annotations

from bisect import bisect_right

from packlint import regex
from packlint.memo import cached_property
from packlint.parsing import fencing
from packlint.parsing.fencing import Fence
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Protocol, TypeVar

    class _Placed(Protocol):
        @property
        def start(self) -> int: ...
        @property
        def end(self) -> int: ...

    Part = TypeVar("Part", bound=_Placed)

# Possessive, here and below: what leads to nothing would otherwise be read again from each of its characters.
_HEADING = regex.lazy(r" {0,3}#{1,6}[ \t]+")
_SETEXT = regex.lazy(r" {0,3}(?:=+|-+)[ \t]*\r?$")
_BACKTICKS = regex.lazy(r"`+")
_BLANK_LINE = regex.lazy(r"\n[ \t\r]*\n")
_LINK = regex.lazy(
    r"\[(?:[^\[\]]|\[[^\[\]]{0,200}\]){0,500}\]\(\s*+"
    r"(?:<([^<>\n]*+)>|([^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+))[^()\n]*+\)"
)
_NOT_IN_ANCHOR = regex.lazy(r"[^\w\- ]")
_LINK_IN_HEADING = regex.lazy(r"!?\[([^\[\]]*+)\]\((?:[^()]++|\([^()]*+\))*+\)")
_DEFINITION = regex.lazy(r"(?m)^ {0,3}\[[^\]\n]+\]:[ \t]+(?:<([^<>\n]*)>|(\S+))")
_COMMENT, _END_OF_COMMENT = "<!--", "-->"
_EXPLICIT_ANCHOR = regex.lazy(
    r"""(?m)<[a-zA-Z][^<>]*\s(?:id|name)=["'](?P<tag>[^"']+)["']|^\#[^\n]*\{\#(?P<braces>[\w.:-]+)\}[ \t]*\r?$""",
)
_LONGEST_SPAN = 2_000


@record(frozen=True)
class Range:
    """A piece of text and its offsets."""

    text: str
    start: int
    end: int


class Markdown:
    """The Markdown of a text from offset `start` on; all offsets count in the whole text."""

    def __init__(self, text: str, start: int = 0) -> None:
        self.start = start
        self._text = text

    @cached_property
    def _fences(self) -> tuple[list[Fence], Fence | None]:
        return fencing.find(self._text, self.start)

    @property
    def fences(self) -> list[Fence]:
        """The fenced code blocks, in order."""
        return self._fences[0]

    @property
    def nesting(self) -> Fence | None:
        """The first block that Markdown ends too early, because another stands in it."""
        return self._fences[1]

    @cached_property
    def _prose(self) -> str:
        """The text with its fences blanked out."""
        if not self.fences:
            return self._text
        pieces, position = [], 0
        for fence in self.fences:
            pieces += [self._text[position : fence.start], _blank(self._text[fence.start : fence.end])]
            position = fence.end
        return "".join([*pieces, self._text[position:]])

    @cached_property
    def comments(self) -> list[Range]:
        """The HTML comments outside fences."""
        prose, found = self._prose, list[Range]()
        begin = prose.find(_COMMENT, self.start)
        while begin >= 0 and (end := prose.find(_END_OF_COMMENT, begin + len(_COMMENT))) >= 0:
            end += len(_END_OF_COMMENT)
            found.append(Range(self._text[begin:end], begin, end))  # a fence may stand within one
            begin = prose.find(_COMMENT, end)
        return found

    @cached_property
    def _spans(self) -> tuple[list[tuple[int, int]], str]:
        """Where the code spans stand, as `code_spans`, and the text with fences, comments and spans blanked out."""
        prose, pieces, position = self._prose, list[str](), 0
        for comment in self.comments:
            pieces += [prose[position : comment.start], " " * (comment.end - comment.start)]
            position = comment.end
        return _code_spans("".join([*pieces, prose[position:]]), self.start)

    @cached_property
    def code_spans(self) -> list[Range]:
        """What stands between back-ticks outside fences and comments, blanks around it left out."""
        return [Range(self._text[start:end], start, end) for start, end in self._spans[0]]

    def code_spans_with(self, word: str) -> Iterator[Range]:
        """Those of the code spans that hold a word."""
        text = self._text
        for start, end in self._spans[0]:
            if text.find(word, start, end) >= 0:
                yield Range(text[start:end], start, end)

    @cached_property
    def links(self) -> list[Range]:
        """The targets of links, images and link definitions."""
        if "](" not in self._text and "]:" not in self._text:
            return []
        prose = self._spans[1]
        behind = {prose[at + 1 : at + 2] for at in regex.occurrences(prose, "]", self.start)}
        matches = [*regex.begun(_LINK, prose, "[", start=self.start)] if "(" in behind else []
        lines = fencing.lines_with("]:", prose, self.start) if ":" in behind else ()
        matches += [match for line in lines if (match := _DEFINITION.match(prose, line)) is not None]
        found = []
        for match in matches:
            group = 1 if match[1] is not None else 2
            found.append(Range(match[group], *match.span(group)))
        return sorted(found, key=lambda link: link.start)

    @cached_property
    def anchors(self) -> set[str]:
        """What a link to a part of this text may name."""
        seen: dict[str, int] = {}
        found = {match["tag"] or match["braces"] for match in _EXPLICIT_ANCHOR.finditer(self._text, self.start)}
        for heading in _headings(self._prose[self.start :].split("\n")):
            slug = slugify(heading)
            count = seen.get(slug, 0)
            seen[slug] = count + 1
            found.add(f"{slug}-{count}" if count else slug)
        return found

    def in_fence(self, offset: int) -> Fence | None:
        """The fence around an offset, if any."""
        return part_at(self.fences, offset)

    def in_code_span(self, offset: int) -> bool:
        """Whether an offset is between back-ticks."""
        return part_at(self.code_spans, offset) is not None

    def in_comment(self, offset: int) -> bool:
        return part_at(self.comments, offset) is not None


def part_at(parts: Sequence[Part], offset: int) -> Part | None:
    """Which of some parts of a text, in order and apart from each other, an offset is in; None for the text between."""
    index = bisect_right(parts, offset, key=lambda part: part.start) - 1
    return parts[index] if index >= 0 and offset < parts[index].end else None


def _headings(lines: list[str]) -> list[str]:
    found, above = [], ""
    for line in lines:
        if heading := _HEADING.match(line):
            found.append(_title(line[heading.end() :]))
        elif above and _SETEXT.match(line) and not _HEADING.match(above):
            found.append(above)
        above = line.strip()
    return found


def _title(line: str) -> str:
    """The text of a heading without the blanks behind it and the marks that close it."""
    title = line.removesuffix("\r").rstrip(" \t")
    bare = title.rstrip("#")
    return bare.rstrip(" \t") if bare.endswith((" ", "\t")) else title


def _code_spans(prose: str, start: int) -> tuple[list[tuple[int, int]], str]:
    """Where the code spans of a text stand, blanks within left out, and the text with the spans blanked out."""
    return _single_spans(prose, start) or _any_spans(prose, start)


def _single_spans(prose: str, start: int) -> tuple[list[tuple[int, int]], str] | None:
    """The same, where back-ticks stand alone and in pairs, as in most texts; None where they do not."""
    pieces = prose[start:].split("`")
    if len(pieces) % 2 == 0 or "" in pieces[1:-1] or ("\\" in prose and "\\`" in prose):
        return None
    found, position = [], start
    for number in range(1, len(pieces), 2):
        inner = pieces[number]
        if len(inner) > _LONGEST_SPAN or _ends_paragraph(inner):
            return None
        end = position + len(pieces[number - 1]) + 1 + len(inner)
        begin = end - len(inner.lstrip())
        found.append((begin, begin + len(inner.strip())))
        position = end + 1
        pieces[number] = " " * (len(inner) + 2)
    return found, prose[:start] + "".join(pieces)


def _any_spans(prose: str, start: int) -> tuple[list[tuple[int, int]], str]:
    found: list[tuple[int, int]] = []
    runs = list(_BACKTICKS.finditer(prose, start))
    next_of_length: dict[int, int] = {}
    closing: list[int | None] = [None] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = len(runs[index][0])
        closing[index] = next_of_length.get(length)
        next_of_length[length] = index
    pieces, position, index = list[str](), 0, 0
    while index < len(runs):
        opener, closer = runs[index], closing[index]
        index += 1
        if closer is None or prose[opener.start() - 1 : opener.start()] == "\\":
            continue
        begin, end = opener.end(), runs[closer].start()
        inner = prose[begin:end] if end - begin <= _LONGEST_SPAN else None
        if inner is None or _ends_paragraph(inner):
            continue
        begin = end - len(inner.lstrip())
        found.append((begin, begin + len(inner.strip())))
        pieces += [prose[position : opener.start()], " " * (runs[closer].end() - opener.start())]
        position, index = runs[closer].end(), closer + 1
    return found, "".join([*pieces, prose[position:]])


def _ends_paragraph(text: str) -> bool:
    """Whether a text holds a blank line, as a fence is one here that was blanked out."""
    return "\n" in text and _BLANK_LINE.search(text) is not None


def _blank(text: str) -> str:
    """As many blanks on one line: the line's end keeps what is above apart from what is below."""
    return " " * (len(text) - 1) + text[-1:] if text.endswith("\n") else " " * len(text)


def slugify(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    text = _LINK_IN_HEADING.sub(r"\1", heading).replace("`", "")
    text = _NOT_IN_ANCHOR.sub("", text.strip().lower())
    return text.replace(" ", "-")
