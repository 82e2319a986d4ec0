"""The nearest known word to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, or None.

    Case counts least: a word that differs in case alone is always found.
    """
    candidates = sorted(known)
    same = next((candidate for candidate in candidates if candidate.lower() == word.lower()), None)
    if same is not None:
        return same
    from difflib import get_close_matches

    lowered = {candidate.lower(): candidate for candidate in candidates}
    found = get_close_matches(word.lower(), lowered, n=1, cutoff=0.75)
    return lowered[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence's end: `; did you mean 'x'?`, or nothing."""
    found = nearest(word, known)
    return f"; did you mean '{found}'?" if found else ""
