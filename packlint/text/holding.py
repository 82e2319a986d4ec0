"""Whether bytes hold some words, without what `in` does first.

CPython asks of what stands before `in` whether it is a number, and makes an error of bytes, which it then forgets: that
takes as long as to search a thousand bytes.
"""

from __future__ import annotations


def holds(sought: bytes, *words: bytes) -> bool:
    """Whether any of the words is in the bytes."""
    for word in words:  # noqa: SIM110 - without a generator, which takes as long as the search
        if sought.find(word) >= 0:
            return True
    return False
