"""The nearest known word to one that is not known."""

from __future__ import annotations

from bisect import bisect_left

from packlint.memo import cached_property

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# To compare words takes long. Of many known ones only so many are compared with a word, those beside it in the
# alphabet; a word that is longer is compared with none.
_MOST_COMPARED = 120
_LONGEST = 100
_MOST_SOUGHT = 50


class Vocabulary:
    """Known words."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = words

    @cached_property
    def lowered(self) -> dict[str, str]:
        """The words by their form in small letters."""
        return {word.lower(): word for word in sorted(self._words, reverse=True)}

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(word for word in self.lowered if len(word) <= _LONGEST)

    def similar(self, lowered: str) -> str | None:
        """The word most like one in small letters, where one is much like it."""
        from difflib import get_close_matches

        words = self._sorted
        if len(words) > _MOST_COMPARED:
            middle = bisect_left(words, lowered)
            words = words[max(0, middle - _MOST_COMPARED // 2) : middle + _MOST_COMPARED // 2]
        found = get_close_matches(lowered, words, n=1, cutoff=0.75)
        return self.lowered[found[0]] if found else None


class Spelling:
    """Finds the known words that were probably meant by unknown ones.

    One is used for one text, and looks for the first fifty alone: nobody reads the hints of a text with more slips.
    """

    def __init__(self, known: Vocabulary | Iterable[str]) -> None:
        self._known = known if isinstance(known, Vocabulary) else Vocabulary(known)
        self._sought: dict[str, str | None] = {}

    def nearest(self, word: str) -> str | None:
        """The known word that `word` was probably meant to be, or None.

        Case counts least: a word that differs in case alone is always found.
        """
        lowered = word.lower()
        if lowered in self._known.lowered:
            return self._known.lowered[lowered]
        if lowered not in self._sought and len(self._sought) < _MOST_SOUGHT and len(lowered) <= _LONGEST:
            self._sought[lowered] = self._known.similar(lowered)
        return self._sought.get(lowered)

    def hint(self, word: str) -> str:
        """A sentence's end: `; did you mean 'x'?`, or nothing."""
        found = self.nearest(word)
        return f"; did you mean '{found}'?" if found else ""


def nearest(word: str, known: Vocabulary | Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, or None."""
    return Spelling(known).nearest(word)


def did_you_mean(word: str, known: Vocabulary | Iterable[str]) -> str:
    """A sentence's end: `; did you mean 'x'?`, or nothing."""
    return Spelling(known).hint(word)
