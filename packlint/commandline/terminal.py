"""Texts as a terminal may get them: a pack's names and contents must not move its cursor or reorder what it shows."""

from __future__ import annotations

from packlint import regex

_UNPRINTABLE = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_STEERING = regex.lazy(
    "(?!\r\n|\r\\Z)[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def printable(value: str) -> str:
    """A text on one line, in which everything that is not simply seen is an escape."""
    if value.isprintable():
        return value
    return "".join(char if char.isprintable() else _escaped(char) for char in value)


def tame(text: str) -> str:
    """A text of several lines as it is, apart from controls, which are escapes."""
    return text if text.isascii() and text.isprintable() else _STEERING.sub(lambda found: _escaped(found[0]), text)


def columns(text: str) -> int:
    """How many columns of a terminal a text of one line takes: two for a wide character, none for a mark on another."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        2 if east_asian_width(char) in "WF" else 0 if category(char) in ("Mn", "Me", "Cf") else 1 for char in text
    )


def _escaped(char: str) -> str:
    return _UNPRINTABLE.get(char) or char.encode("unicode_escape").decode("ascii")
