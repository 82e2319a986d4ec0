"""Descriptions that say nearly the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from packlint import regex

_WORD = regex.lazy(r"[a-z][a-z+#.-]{2,}")
_EMPTY_WORDS = frozenset(
    re.split(
        r"\|",
        "the|and|for|with|this|that|when|use|used|using|from|into|any|all|are|its|your|you|agent|agents"
        "|expert|specialist|proactively|must|should|will|can|has|have|not|whenever|need|needs|task|tasks|code|project|who|which|such",
    )
)
_ALIKE = 0.75
_LEAST_WORDS = 4
# How many earlier descriptions with a common word are compared, so that time stays linear.
_COMPARED = 16


def content_words(description: str) -> frozenset[str]:
    """The words of a description that tell what it is about."""
    words = (word.strip(".-") for word in _WORD.findall(description.lower().partition("<example>")[0]))
    return frozenset(word for word in words if len(word) > 2 and word not in _EMPTY_WORDS)


def find(told: Sequence[str]) -> dict[int, int]:
    """Indexes of descriptions that share three quarters of their content words with an earlier one, and which.

    Each description is given by its content words, with blanks between them.
    """
    words = [frozenset(each.split(" ")) for each in told]
    frequency: dict[str, int] = {}
    for each in words:
        for word in each:
            frequency[word] = frequency.get(word, 0) + 1
    by_word: dict[str, list[int]] = {}
    found: dict[int, int] = {}
    for index, each in enumerate(words):
        if len(each) < _LEAST_WORDS:
            continue
        rare_first = sorted(each, key=lambda word: (frequency[word], word))
        # Two sets this much alike share one of their rarest words.
        telling = rare_first[: len(each) - int(_ALIKE * len(each)) + 1]
        for word in telling:
            earlier = next((other for other in by_word.get(word, ())[:_COMPARED] if _alike(each, words[other])), None)
            if earlier is not None:
                found.setdefault(index, earlier)
        for word in telling:
            by_word.setdefault(word, []).append(index)
    return found


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * len(one | other)
