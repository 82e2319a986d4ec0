"""The parts of Markdown in which a pack can go wrong, each with its offsets in the text.

A line scanner, not a renderer: rules need the place of a code span, a link or a heading in the
file, which Markdown libraries do not keep for inline elements.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from packlint import regex
from packlint.record import field, record

_FENCE = regex.lazy(r"[ \t>*+\-0-9.]*?(?P<mark>`{3,}|~{3,})(?P<info>[^\n`]*)")
_HEADING = regex.lazy(r" {0,3}#{1,6}[ \t]+")
_SETEXT = regex.lazy(r" {0,3}(?:=+|-+)[ \t]*\r?$")
_BACKTICKS = regex.lazy(r"`+")
# Possessive, here and below: what is not closed would otherwise be read again from each of its characters.
_LINK = regex.lazy(
    r"!?\[(?:[^\[\]]|\[[^\[\]]{0,200}\]){0,500}\]\(\s*+"
    r"(?:<([^<>\n]*+)>|([^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+))[^()\n]*+\)"
)
_LINK_IN_HEADING = regex.lazy(r"!?\[([^\[\]]*+)\]\((?:[^()]++|\([^()]*+\))*+\)")
_DEFINITION = regex.lazy(r"^ {0,3}\[[^\]\n]+\]:[ \t]+(?:<([^<>\n]*)>|(\S+))", re.MULTILINE)
_COMMENT = regex.lazy(r"<!--.*?-->", re.DOTALL)
_EXPLICIT_ANCHOR = regex.lazy(r"""<[a-zA-Z][^<>]*\s(?:id|name)=["']([^"']+)["']""")
_LONGEST_SPAN = 2_000


@record(frozen=True)
class Range:
    """A piece of text and its offsets."""

    text: str
    start: int
    end: int


@record(frozen=True)
class Fence:
    """A fenced code block: its info string, and the offsets of the whole and of its content."""

    info: str
    start: int
    end: int
    content_start: int
    content_end: int
    closed: bool


@record
class Markdown:
    """What `scan` found below one frontmatter."""

    start: int
    fences: list[Fence] = field(default_factory=list)
    headings: list[Range] = field(default_factory=list)
    comments: list[Range] = field(default_factory=list)
    code_spans: list[Range] = field(default_factory=list)
    links: list[Range] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def in_fence(self, offset: int) -> Fence | None:
        """The fence around an offset, if any."""
        index = bisect_right(self.fences, offset, key=lambda fence: fence.start) - 1
        return self.fences[index] if index >= 0 and offset < self.fences[index].end else None

    def in_comment(self, offset: int) -> bool:
        index = bisect_right(self.comments, offset, key=lambda comment: comment.start) - 1
        return index >= 0 and offset < self.comments[index].end


def scan(text: str, start: int = 0) -> Markdown:
    """The Markdown of `text` from offset `start` on."""
    found = Markdown(start)
    prose = _blocks(text, start, found)
    # Nothing is sought behind the last end of a comment: a thousand beginnings would each read to the end.
    end = max(start, prose.rfind("-->") + len("-->"))
    found.comments = [_range(match) for match in _COMMENT.finditer(prose, start, end)]
    prose = _COMMENT.sub(lambda match: " " * len(match[0]), prose[:end]) + prose[end:]
    prose = _code_spans(prose, start, found)
    for pattern in (_LINK, _DEFINITION):
        for match in pattern.finditer(prose, start):
            group = 1 if match[1] is not None else 2
            found.links.append(Range(match[group], *match.span(group)))
    found.links.sort(key=lambda link: link.start)
    _anchors(text, start, found)
    return found


def _range(match: re.Match[str]) -> Range:
    return Range(match[0], *match.span())


def _blocks(text: str, start: int, found: Markdown) -> str:
    """Fill in fences and headings; return the text with the fences blanked out."""
    kept: list[str] = [text[:start]]
    position, opened, mark, info, content = start, -1, "", "", 0
    previous = Range("", start, start)
    for line in _lines(text[start:]):
        end = position + len(line)
        stripped = line.strip()
        if opened >= 0:
            if stripped.startswith(mark) and not stripped.strip(mark[0]):
                found.fences.append(Fence(info, opened, end, content, position, True))
                opened = -1
            kept.append(_blank(line))
        elif match := _FENCE.match(line):
            opened, mark, info, content = position, match["mark"], match["info"].strip(), end
            kept.append(_blank(line))
        else:
            kept.append(line)
            if heading := _HEADING.match(line):
                found.headings.append(Range(_title(line[heading.end() :]), position, end))
            elif previous.text and _SETEXT.match(line) and not _HEADING.match(previous.text):
                found.headings.append(Range(previous.text, previous.start, previous.end))
        previous = Range(stripped if opened < 0 else "", position, end)
        position = end
    if opened >= 0:
        found.fences.append(Fence(info, opened, len(text), content, len(text), False))
    return "".join(kept)


def _title(line: str) -> str:
    """The text of a heading without the blanks behind it and the marks that close it."""
    title = line.removesuffix("\n").removesuffix("\r").rstrip(" \t")
    bare = title.rstrip("#")
    return bare.rstrip(" \t") if bare.endswith((" ", "\t")) else title


def _code_spans(prose: str, start: int, found: Markdown) -> str:
    """Fill in code spans; return the text with them blanked out."""
    runs = list(_BACKTICKS.finditer(prose, start))
    next_of_length: dict[int, int] = {}
    closing: list[int | None] = [None] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = len(runs[index][0])
        closing[index] = next_of_length.get(length)
        next_of_length[length] = index
    pieces, position, index = [], 0, 0
    while index < len(runs):
        opener, closer = runs[index], closing[index]
        index += 1
        if closer is None or prose[opener.start() - 1 : opener.start()] == "\\":
            continue
        inner_start, inner_end = opener.end(), runs[closer].start()
        if inner_end - inner_start > _LONGEST_SPAN or "\n\n" in prose[inner_start:inner_end]:
            continue
        inner = prose[inner_start:inner_end]
        offset = inner_start + len(inner) - len(inner.lstrip())
        found.code_spans.append(Range(inner.strip(), offset, offset + len(inner.strip())))
        pieces += [prose[position : opener.start()], " " * (runs[closer].end() - opener.start())]
        position, index = runs[closer].end(), closer + 1
    return "".join([*pieces, prose[position:]])


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _blank(line: str) -> str:
    body = line.rstrip("\r\n")
    return " " * len(body) + line[len(body) :]


def _anchors(text: str, start: int, found: Markdown) -> None:
    seen: dict[str, int] = {}
    for heading in found.headings:
        slug = slugify(heading.text)
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        found.anchors.add(f"{slug}-{count}" if count else slug)
    found.anchors |= {match[1] for match in _EXPLICIT_ANCHOR.finditer(text, start)}


def slugify(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    text = _LINK_IN_HEADING.sub(r"\1", heading).replace("`", "")
    text = re.sub(r"[^\w\- ]", "", text.strip().lower())
    return text.replace(" ", "-")
