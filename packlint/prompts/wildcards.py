"""Patterns with wildcards as regular expressions that try no place twice.

Translated plainly, `*a*a*a*b` takes hours on a long text without a `b`. A wildcard need only find the nearest place of
what follows it, for no later place lets more of the rest fit: hence the atomic groups.
"""

from __future__ import annotations

import re
from collections.abc import Sequence


def of_words(pattern: str) -> re.Pattern[str]:
    """Matches a text that a pattern covers as a whole; `*` stands for anything."""
    return re.compile(_in_turn(".*?", [re.escape(each) for each in pattern.split("*")], r"\Z"), re.DOTALL)


def of_path(pattern: str) -> re.Pattern[str]:
    """Matches a path that a pattern covers as a whole; `*` and `?` stay within a folder, `**` passes over folders."""
    parts = re.split(r"(\*\*/?)", pattern)
    first, *pieces = [*(_in_folder(each) for each in parts[:-1:2]), _in_folder(parts[-1], r"\Z")]
    skips = ["(?:.*?/)??" if each.endswith("/") else ".*?" for each in parts[1::2]]
    return re.compile(first + "".join(f"(?>{skip}{piece})" for skip, piece in zip(skips, pieces, strict=True)))


def _in_folder(pattern: str, end: str = "") -> str:
    return _in_turn("[^/]*?", [re.escape(each).replace(r"\?", "[^/]") for each in pattern.split("*")], end)


def _in_turn(skip: str, pieces: Sequence[str], end: str) -> str:
    """The first piece, then each other at its nearest place behind what `skip` passes over; `end` closes the last."""
    first, *others = [*pieces[:-1], pieces[-1] + end]
    return first + "".join(f"(?>{skip}{piece})" for piece in others)
