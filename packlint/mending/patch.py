"""A text with edits applied to it, and the difference they make, told without comparing the two texts."""

from __future__ import annotations

import re
from bisect import bisect_right
from difflib import SequenceMatcher
from itertools import accumulate, takewhile

from packlint.commandline.terminal import printable
from packlint.problem import Edit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

_CONTEXT = 3


class Patch:
    """A text, what became of it, and which of its lines are left."""

    def __init__(self, text: str) -> None:
        self.before = self.text = text
        self._before = _lines(text)
        # Of every line of the present text, which one of the first text it is, None for a new one.
        self._origins: list[int | None] = list(range(len(self._before)))

    def apply(self, edits: Sequence[Edit]) -> None:
        """Apply edits of the present text, which are in order and do not overlap."""
        lines, origins, done = _lines(self.text), list[int | None](), 0
        starts = [*accumulate(map(len, lines), initial=0)]
        for first, last, inside in _regions(edits, starts):
            start, end = starts[first], starts[min(last + 1, len(lines))]
            moved = [Edit(edit.start - start, edit.end - start, edit.text) for edit in inside]
            old, new = lines[first : last + 1], _lines(applied(self.text[start:end], moved))
            head = _count_same(old, new)
            tail = _count_same(old[head:][::-1], new[head:][::-1])
            origins += self._origins[done : first + head]
            origins += [None] * (len(new) - head - tail)
            done = first + len(old) - tail
        self._origins = origins + self._origins[done:]
        self.text = applied(self.text, edits)

    def diff(self, shown: str) -> Iterator[str]:
        """The difference between first and present text as a unified diff of a file called `shown`."""
        after = _lines(self.text)
        matcher: Any = SequenceMatcher()
        matcher.opcodes = list(self._opcodes(len(after)))  # which it would find out by itself, slowly
        yield f"--- a/{printable(shown)}\n"
        yield f"+++ b/{printable(shown)}\n"
        for group in matcher.get_grouped_opcodes(_CONTEXT):
            (_, before_start, _, after_start, _), (_, _, before_end, _, after_end) = group[0], group[-1]
            yield f"@@ -{_range(before_start, before_end)} +{_range(after_start, after_end)} @@\n"
            for tag, i, i_end, j, j_end in group:
                if tag == "equal":
                    yield from (_marked(" ", line) for line in self._before[i:i_end])
                else:
                    yield from (_marked("-", line) for line in self._before[i:i_end])
                    yield from (_marked("+", line) for line in after[j:j_end])

    def _opcodes(self, count: int) -> Iterator[tuple[str, int, int, int, int]]:
        i = j = 0
        while i < len(self._before) or j < count:
            same = j
            while same < count and self._origins[same] == i + same - j:
                same += 1
            if same > j:
                yield "equal", i, i + same - j, j, same
                i, j = i + same - j, same
                continue
            end = next((k for k in range(j, count) if self._origins[k] is not None), count)
            kept = self._origins[end] if end < count else None
            i_end = len(self._before) if kept is None else kept
            yield "replace", i, i_end, j, end
            i, j = i_end, end


def applied(text: str, edits: Sequence[Edit]) -> str:
    """A text with edits, which are in order and do not overlap, applied to it."""
    pieces, position = list[str](), 0
    for edit in edits:
        pieces += text[position : edit.start], edit.text
        position = edit.end
    return "".join((*pieces, text[position:]))


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends; `str.splitlines` would end lines at characters that are none to git."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _regions(edits: Sequence[Edit], starts: list[int]) -> Iterator[tuple[int, int, list[Edit]]]:
    """The stretches of lines that edits change, first and last line of each, with their edits."""
    found: list[tuple[int, int, list[Edit]]] = []
    final = max(0, len(starts) - 2)
    for edit in edits:
        first, last = (min(bisect_right(starts, offset) - 1, final) for offset in (edit.start, edit.end))
        if found and first <= found[-1][1]:
            begun, until, inside = found[-1]
            inside.append(edit)
            found[-1] = begun, max(last, until), inside
        else:
            found.append((first, last, [edit]))
    yield from found


def _count_same(some: Sequence[str], others: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False)))


def _range(start: int, end: int) -> str:
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _marked(mark: str, line: str) -> str:
    return mark + line if line.endswith("\n") else f"{mark}{line}\n\\ No newline at end of file\n"
