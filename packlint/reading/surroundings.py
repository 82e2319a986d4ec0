"""What the words around a place in a text say of a file named there: of its sentence, and of its list's first line.

Each sentence and each line is searched once, however many files it names.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from packlint import regex
from packlint.reading.wording import (
    CONDITIONAL,
    NARRATES,
    OTHER_DOUBT,
    OTHER_READ,
    OTHER_SCRIPT,
    OTHER_WRITE,
    READ,
    SENTENCE_END,
    SHOWS_HOW,
    WRITE,
)
from packlint.record import record

# What stands in back ticks is named and tells nobody what to do, `reviews/x.md` for one.
_SPAN = regex.lazy(r"`[^`\n]*`")
_ITEM = regex.lazy(r"\s*+(?:[-*+]|\d++[.)])\s|\s{2,}")
# How far above a list, in characters, the line that introduces it may stand.
_NEAR = 2_000


@record(frozen=True)
class Told:
    """What the words around a place say of the file that is named there.

    Attributes:
        conditional: the file may be missing, or is an example.
        unclear: the sentence is in another script than the Latin one, and says none of the words that are known.
        reads: the sentence speaks of reading before it names the file.
        writes: it speaks of writing before it names the file.
        lead_reads: the line that introduces the list around the place speaks of reading.
        lead_writes: that line speaks of writing.
        in_list: the place is in an item of a list.
    """

    conditional: bool
    unclear: bool
    reads: bool
    writes: bool
    lead_reads: bool
    lead_writes: bool
    in_list: bool


@record(frozen=True)
class _Sentence:
    """What a sentence says, and where it first speaks of reading and of writing, if it does."""

    conditional: bool
    unclear: bool
    reads_at: int
    writes_at: int


_NEVER = 2**62
_NO_LEAD = (-_NEAR, False, False)


class Surroundings:
    """The sentences of a text.

    Args:
        text: the text.
        line_starts: where its lines begin.
    """

    def __init__(self, text: str, line_starts: list[int]) -> None:
        self._text = text
        self._starts = line_starts
        self._bounds: dict[int, tuple[list[int], list[int]]] = {}
        self._told: dict[tuple[int, int], Told] = {}
        self._sentences: dict[tuple[int, int], _Sentence] = {}
        self._leads: dict[int, tuple[int, bool, bool]] = {}

    def told(self, start: int, end: int) -> Told:
        """What the words around a place tell."""
        known = self._told.get((start, end))
        if known is None:
            known = self._told[start, end] = self._tell(start, end)
        return known

    def _tell(self, start: int, end: int) -> Told:
        line = bisect_right(self._starts, start) - 1
        begins, ends = self._bounds_of(line)
        first = bisect_right(begins, start) - 1
        last = min(bisect_left(ends, end, first), len(ends) - 1)
        known = self._sentence(begins[first], ends[last])
        _, lead_reads, lead_writes = self._lead(line)
        reads, writes = known.reads_at <= start, known.writes_at <= start
        in_list = _ITEM.match(self._text, *self._line(line)) is not None
        return Told(known.conditional, known.unclear, reads, writes, lead_reads, lead_writes, in_list)

    def _line(self, line: int) -> tuple[int, int]:
        is_last = line + 1 == len(self._starts)
        return self._starts[line], len(self._text) if is_last else self._starts[line + 1] - 1

    def _bounds_of(self, line: int) -> tuple[list[int], list[int]]:
        """Where the sentences of a line begin and end."""
        known = self._bounds.get(line)
        if known is None:
            start, end = self._line(line)
            found = list(SENTENCE_END.finditer(self._text, start, end))
            known = [start, *(match.end() for match in found)], [*(match.start() for match in found), end]
            self._bounds[line] = known
        return known

    def _sentence(self, start: int, end: int) -> _Sentence:
        known = self._sentences.get((start, end))
        if known is None:
            sentence = self._text[start:end]
            is_latin = sentence.isascii() or OTHER_SCRIPT.search(sentence) is None
            known = self._sentences[start, end] = (self._latin if is_latin else self._other)(sentence, start)
        return known

    def _latin(self, sentence: str, start: int) -> _Sentence:
        prose = _SPAN.sub(lambda match: " " * len(match[0]), sentence)
        read, write = READ.search(prose), WRITE.search(prose)
        if read and NARRATES.search(prose):
            read = None
        return _Sentence(
            CONDITIONAL.search(sentence) is not None or _shows_how(sentence),
            False,
            start + read.end() if read else _NEVER,
            start + write.end() if write else _NEVER,
        )

    def _other(self, sentence: str, start: int) -> _Sentence:
        """A sentence whose verb may stand behind its objects."""
        prose = _SPAN.sub("", sentence)
        doubts = bool(OTHER_WRITE.search(prose) or OTHER_DOUBT.search(prose) or CONDITIONAL.search(prose))
        reads = bool(OTHER_READ.search(prose) or READ.search(prose)) and not doubts
        return _Sentence(doubts, not reads, start if reads else _NEVER, _NEVER)

    def _lead(self, line: int) -> tuple[int, bool, bool]:
        """The line that introduces the list around a line: its end, and whether it tells to read or to write."""
        above = line - 1
        passed = []
        while above >= 0 and above not in self._leads and not self._introduces(above):
            passed.append(above)
            above -= 1
        if above not in self._leads:
            self._leads[above] = self._spoken(above) if above >= 0 else _NO_LEAD
        found = self._leads[above]
        self._leads.update(dict.fromkeys(passed, found))
        return found if found[0] > self._starts[line] - _NEAR else _NO_LEAD

    def _introduces(self, line: int) -> bool:
        start, end = self._line(line)
        return not self._text[start:end].isspace() and start < end and _ITEM.match(self._text, start, end) is None

    def _spoken(self, line: int) -> tuple[int, bool, bool]:
        start, end = self._line(line)
        text = self._text[start:end]
        if not text.isascii() and OTHER_SCRIPT.search(text):
            writes = OTHER_WRITE.search(text) is not None
            return end, not writes and OTHER_READ.search(text) is not None, writes
        return end, READ.search(text) is not None, WRITE.search(text) is not None


def _shows_how(sentence: str) -> bool:
    """Whether a sentence shows how to do something, to write a path with slashes for one."""
    return "slashes" in sentence or (":" in sentence and SHOWS_HOW.match(sentence) is not None)
