"""Where the fenced code blocks of a text begin and end."""

from __future__ import annotations

from bisect import bisect_left

from packlint import regex
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

# What may stand before a fence on its line: indentation, a quotation, a list.
_BEFORE_FENCE = " \t>*+-0123456789."
# Possessive: what leads to nothing would otherwise be read again from each of its characters.
_FENCE_LINE = regex.lazy(
    r"(?P<before>[ \t\r\x0b\x0c\xa0>*+\-0-9.]*+)(?P<mark>`{3,}+|~{3,}+)(?P<rest>(?P<info>[^\n`]*+)[^\n]*+)(?:\n|\Z)"
)
_UNQUOTED = regex.lazy(r"(?m)^(?![ \t]*>)")


@record(frozen=True)
class Fence:
    """A fenced code block: its info string, and the offsets of the whole and of its content."""

    info: str
    start: int
    end: int
    content_start: int
    content_end: int
    closed: bool

    @property
    def language(self) -> str:
        """The language in small letters, empty where none is told.

        It is the first word of the info string; as Pandoc, Python-Markdown and R Markdown have it, `.python`,
        `{.python #id}`, `{python}` and `python {.wide}` are Python, too.
        """
        info = self.info.lower()
        if not info.startswith("{"):
            return info.split(maxsplit=1)[0].partition("{")[0].removeprefix(".") if info else ""
        words = info[1:].partition("}")[0].replace(",", " ").split()
        classes = [word for word in words if word.startswith(".")]
        return (classes or words or [""])[0].removeprefix(".")


def find(text: str, start: int) -> tuple[list[Fence], Fence | None]:
    """The fences of a text, in order, and the first one in which others stand, where that decides how they are read.

    Markdown ends a block at the first bare line of marks, also where that was meant to end another block inside it,
    and reads all that follows the wrong way round. A person and a model see what was meant: so does this, where
    that closes every block and the other reading leaves one open, or opens one inside a block without a language.
    """
    lines = list(_fence_lines(text, start))
    found = list(_flat(text, lines))
    if not found or (found[-1].closed and not _is_odd(found, lines)):
        return found, None
    nested, outer = _nested(lines)
    return (nested, outer) if outer is not None else (found, None)


def _is_odd(found: list[Fence], lines: list[re.Match[str]]) -> bool:
    """Whether a line that opens a block stands in a block without a language."""
    bare = [fence for fence in found if not fence.info]
    openers = [line.start() for line in lines if line["rest"].strip() and _may_open(line)] if bare else []
    return any(bisect_left(openers, fence.content_start) < bisect_left(openers, fence.content_end) for fence in bare)


def _flat(text: str, lines: list[re.Match[str]]) -> Iterator[Fence]:
    """The fences as CommonMark has them."""
    opened: re.Match[str] | None = None
    quoted, end_of_quote = len(text), -1
    for line in lines:
        if opened is not None and line.start() >= quoted:
            yield _ended(opened, quoted)
            opened = None
        if opened is None and _may_open(line):
            opened = line
            is_quoted = ">" in line["before"]
            if is_quoted and line.end() > end_of_quote:
                end_of_quote = _end_of_quote(text, line.end())
            quoted = end_of_quote if is_quoted else len(text)
        elif opened is not None and _closes(line, opened):
            yield Fence(opened["info"].strip(), opened.start(), line.end(), opened.end(), line.start(), True)
            opened = None
    if opened is not None and quoted < len(text):
        yield _ended(opened, quoted)
    elif opened is not None:
        # A mark too many at the end of a text opens a block with nothing in it.
        is_empty = not text[opened.end() :].strip()
        yield Fence(opened["info"].strip(), opened.start(), len(text), opened.end(), len(text), is_empty)


def _ended(opened: re.Match[str], end: int) -> Fence:
    """A block that ends with the quotation in which it stands."""
    return Fence(opened["info"].strip(), opened.start(), end, opened.end(), end, True)


def _end_of_quote(text: str, start: int) -> int:
    """Where the first line begins that is not quoted."""
    found = _UNQUOTED.search(text, start)
    return found.start() if found else len(text)


def _closes(line: re.Match[str], opened: re.Match[str]) -> bool:
    before = line["before"]
    if not line["mark"].startswith(opened["mark"]) or line["rest"].strip() or before.replace(">", "").strip():
        return False
    return (">" in before) == (">" in opened["before"])


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
        elif inside and _closes(line, inside[-1]):
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
    marks = ("```", "~~~") if "~" in text else ("```",)
    for line in sorted({line for mark in marks for line in lines_with(mark, text, start)}):
        match = _FENCE_LINE.match(text, line)
        if match is not None:
            yield match


def lines_with(word: str, text: str, start: int) -> Iterator[int]:
    """Where the lines begin that hold a word, found far quicker than by an expression; in order."""
    at = text.find(word, start)
    while at >= 0:
        yield max(start, text.rfind("\n", start, at) + 1)
        end = text.find("\n", at)
        at = text.find(word, end) if end >= 0 else -1
