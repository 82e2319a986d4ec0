"""A text that remembers where each part of it came from, through one substitution after another."""

from __future__ import annotations

from bisect import bisect_right

from packlint.record import field, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable


@record(frozen=True)
class _Stretch:
    """From offset `start` on the text comes from `origin`: letter by letter, or all from that one place."""

    start: int
    origin: int
    copied: bool


@record(frozen=True)
class Traced:
    """A text made from another one."""

    text: str
    _stretches: list[_Stretch] = field(default_factory=lambda: [_Stretch(0, 0, True)])

    def origin(self, offset: int) -> int:
        """The offset in the first text of what stands at `offset` now."""
        return self._origin(self._stretches[self._index(offset)], offset)

    def _index(self, offset: int) -> int:
        return max(0, bisect_right(self._stretches, offset, key=lambda stretch: stretch.start) - 1)

    @staticmethod
    def _origin(stretch: _Stretch, offset: int) -> int:
        return stretch.origin + (offset - stretch.start if stretch.copied else 0)

    def sub(self, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]) -> Traced:
        """`pattern.sub` with the origins kept; what is inserted comes from where its match began."""
        return self.replaced(pattern.finditer(self.text), replacement)

    def replaced(self, found: Iterable[re.Match[str]], replacement: Callable[[re.Match[str]], str]) -> Traced:
        """The text with something else in the place of each match; the matches are in order and apart."""
        pieces: list[str] = []
        stretches: list[_Stretch] = []
        length = done = 0
        for match in found:
            stretches += self._moved(done, match.start(), length - done)
            pieces += self.text[done : match.start()], replacement(match)
            length += match.start() - done
            stretches.append(_Stretch(length, self.origin(match.start()), False))
            length += len(pieces[-1])
            done = match.end()
        stretches += self._moved(done, len(self.text), length - done)
        return Traced("".join((*pieces, self.text[done:])), stretches or [_Stretch(0, 0, True)])

    def _moved(self, start: int, end: int, by: int) -> list[_Stretch]:
        if start == end:
            return []
        first, last = self._index(start), self._index(end - 1)
        return [
            _Stretch(begin + by, self._origin(stretch, begin), stretch.copied)
            for stretch in self._stretches[first : last + 1]
            for begin in [max(stretch.start, start)]
        ]
