"""Patterns with wildcards, and whether a text fits one, found out without trying any place twice.

Translated plainly, `*a*a*a*b` takes hours on a long text without a `b`. A wildcard need only find the nearest place of
what follows it, for no later place lets more of the rest fit: hence the atomic groups.
"""

from __future__ import annotations

import os

from packlint import regex
from packlint.memo import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

_CLASS = regex.lazy(r"\[(?P<not>[!^]?)(?P<members>[A-Za-z0-9_.]+|[A-Za-z0-9]-[A-Za-z0-9])\]|[\s\S]")
_ANY_FOLDERS = regex.lazy(r"(\*\*/?)")
# Paths are no deeper.
_DEEPEST = 64


def fits(text: str, pattern: str) -> bool:
    """Whether a pattern in which `*` stands for anything, and nothing else for another, covers a text as a whole."""
    first, *others = pattern.split("*")
    if not others:
        return text == pattern
    if not text.startswith(first):
        return False
    position = len(first)
    for each in others[:-1]:
        # At its nearest place, for no later one lets more of the rest fit.
        found = text.find(each, position)
        if found < 0:
            return False
        position = found + len(each)
    return text.endswith(others[-1]) and len(text) - len(others[-1]) >= position


def matches(path: str, pattern: str) -> bool:
    """As `fnmatch`, which is loaded and compiles an expression only for a pattern that has more to it than `*`."""
    if os.sep != "/" or "?" in pattern or "[" in pattern:
        from fnmatch import fnmatch

        return fnmatch(path, pattern)
    return fits(path, pattern)


def of_words(pattern: str) -> re.Pattern[str]:
    """Matches a text that a pattern covers as a whole; `*` stands for anything."""
    import re

    return re.compile(_in_turn(".*?", [re.escape(each) for each in pattern.split("*")], r"\Z"), re.DOTALL)


def of_path(pattern: str) -> re.Pattern[str]:
    """Matches a path that a pattern covers as a whole; all but `**` stay within a folder, capitals do not matter."""
    parts = _ANY_FOLDERS.split(pattern)
    first, *pieces = [*(_in_folder(each) for each in parts[:-1:2]), _in_folder(parts[-1], r"\Z")]
    skips = ["(?:.*?/)??" if each.endswith("/") else ".*?" for each in parts[1::2]]
    whole = first + "".join(f"(?>{skip}{piece})" for skip, piece in zip(skips, pieces, strict=True))
    import re

    return re.compile(whole, re.IGNORECASE)


def covers(pattern: str, path: str) -> bool:
    """Whether a grant's pattern covers a file or a folder above it, both counted from one place, as gitignore's do.

    A pattern with no slash but at its end covers what is so named at any depth; capitals do not matter.
    """
    own = path.split("/")[:_DEEPEST]
    most = len(own) - pattern.endswith("/")
    wanted, is_anywhere = _anchored(pattern)
    if not path.isascii() or not wanted.isascii() or "?" in wanted or "[" in wanted or "**" in wanted:
        expression = _of_anchored(wanted, is_anywhere)
        return any(expression.match("/".join(own[: length + 1])) for length in range(most))
    names = [name.lower() for name in own[:most]]
    if is_anywhere:
        return any(fits(name, wanted.lower()) for name in names)
    patterns = wanted.lower().split("/")
    return len(patterns) <= most and all(map(fits, names, patterns))


@lru_cache(maxsize=256)
def _anchored(pattern: str) -> tuple[str, bool]:
    """What a grant's pattern covers, and whether it does so in any folder."""
    own = pattern.removeprefix("./").removesuffix("/**").rstrip("/")
    is_anywhere = own not in ("", "**") and "/" not in own
    return own if is_anywhere else own.lstrip("/") or "**", is_anywhere


@lru_cache(maxsize=256)
def _of_anchored(wanted: str, is_anywhere: bool) -> re.Pattern[str]:
    return of_path(f"**/{wanted}" if is_anywhere else wanted)


def _in_folder(pattern: str, end: str = "") -> str:
    return _in_turn("[^/]*?", [_CLASS.sub(_piece, each) for each in pattern.split("*")], end)


def _piece(match: re.Match[str]) -> str:
    """A class of characters such as `[a-c]` as it stands; of all else the letters, and `?` as any one."""
    text, (first, _, last) = match[0], (match["members"] or "").partition("-")
    if first and (not last or first < last):
        return f"[{'^' if match['not'] else ''}{match['members']}]"
    from re import escape

    return "[^/]" if text == "?" else escape(text)


def _in_turn(skip: str, pieces: Sequence[str], end: str) -> str:
    """The first piece, then each other at its nearest place behind what `skip` passes over; `end` closes the last."""
    first, *others = [*pieces[:-1], pieces[-1] + end]
    return first + "".join(f"(?>{skip}{piece})" for piece in others)
