"""Descriptions that say nearly the same."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from packlint import regex

_WORD = regex.lazy(r"[a-z][a-z+#.-]+[a-z+#]")
_EMPTY_WORDS = frozenset(
    "the and for with this that when use used using from into any all are its your you agent agents expert specialist "  # noqa: SIM905
    "proactively must should will can has have not whenever need needs task tasks code project who which such".split()
)
_ALIKE = 0.75
_LEAST_WORDS = 4
# How many earlier descriptions with a common word are compared, so that time stays linear.
_COMPARED = 16


def content_words(description: str) -> frozenset[str]:
    """The words of a description that tell what it is about."""
    return frozenset(_WORD.findall(description.lower().partition("<example>")[0])) - _EMPTY_WORDS


def find(told: Sequence[str]) -> dict[int, int]:
    """Indexes of descriptions that share three quarters of their content words with an earlier one, and which.

    Each description is given by its content words, with blanks between them.
    """
    words = [frozenset(each.split(" ")) for each in told]
    frequency: dict[str, int] = {}
    for each in words:
        for word in each:
            frequency[word] = frequency.get(word, 0) + 1
    marks = [_mark(each) for each in words]
    parts = [(1 - _ALIKE) * len(each) for each in words]
    by_word: dict[str, list[int]] = {}
    found: dict[int, int] = {}
    for index, each in enumerate(words):
        size = len(each)
        if size < _LEAST_WORDS:
            continue
        rare_first = sorted(each, key=lambda word: (frequency[word], word))
        # Two sets this much alike share one of their rarest words.
        telling = rare_first[: size - int(_ALIKE * size) + 1]
        # Two sets that differ in so many words are not alike; the bits of their marks tell at least some of them.
        mark, most = marks[index], parts[index]
        for word in telling:
            for other in by_word.get(word, ())[:_COMPARED]:
                if (mark ^ marks[other]).bit_count() <= most + parts[other] and _alike(each, words[other]):
                    found.setdefault(index, other)
                    break
        for word in telling:
            by_word.setdefault(word, []).append(index)
    return found


def _mark(words: frozenset[str]) -> int:
    """A number with one bit for each word, so that two sets can be told apart by their numbers."""
    mark = 0
    for word in words:
        mark ^= 1 << (zlib.crc32(word.encode()) & 63)
    return mark


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * len(one | other)
