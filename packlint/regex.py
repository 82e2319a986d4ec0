"""Regular expressions that are compiled when first used: a run needs few of packlint's hundred and more."""

from __future__ import annotations

from packlint.ahead import expressions as kept
from packlint.memo import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from typing import AnyStr

    class Expression:
        """What an expression is made of."""

        pattern: str | bytes
        flags: int

    expressions: list[Expression]

    def lazy(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """The expression, with the methods of a compiled one."""
        ...
else:
    # Every one there is, for `ahead`.
    expressions = []
    _METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")

    class lazy:  # noqa: N801 - called as re.compile is
        """The expression, with the methods of a compiled one."""

        def __init__(self, pattern, flags=0):
            self.pattern = pattern
            self.flags = flags
            expressions.append(self)

        def __getattr__(self, name):
            if name not in _METHODS:
                raise AttributeError(name)
            compiled = kept.find(self.pattern, self.flags)
            if compiled is None:
                import re

                compiled = re.compile(self.pattern, self.flags)
            for method in _METHODS:
                setattr(self, method, getattr(compiled, method))
            return getattr(self, name)


@cache
def of_data(pattern: str) -> re.Pattern[str]:
    """The expression for a pattern that stands in packlint's data or schemas."""
    return lazy(pattern)


def begun(pattern: re.Pattern[str], text: str, *words: str, start: int = 0) -> Iterator[re.Match[str]]:
    """The matches of a pattern, in order, where each match begins with one of `words`.

    To find the words and to try the pattern there takes a hundredth of the time that a search for the pattern takes.
    """
    places = sorted(place for word in words for place in occurrences(text, word, start))
    end = start
    for place in places:
        match = pattern.match(text, place) if place >= end else None
        if match is not None:
            end = match.end()
            yield match


def occurrences(text: str, word: str, start: int = 0) -> Iterator[int]:
    """Where a word stands in a text."""
    at = text.find(word, start)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
