"""Frontmatter that does not begin where the client looks for it, because something stands before it."""

from __future__ import annotations

from packlint import regex

_BLOCK = regex.lazy(r"(?m)---[ \t]*\r?\n[ \t]*[A-Za-z_-]+:[^\n]*\n(?:[^\n]*\n){0,200}?[ \t]*---[ \t]*\r?$")
_SPACE = regex.lazy(r"[\s\ufeff]+")
_BEFORE = regex.lazy(r"<!--(?:[^-]++|-(?!->))*+-->|#[^\n]*+\n|[`~]{3,}+[^\n]*+\n")
_LOOKED_AT = 20_000


def opening(text: str) -> int | None:
    """The offset of frontmatter that has something before it, if there is any."""
    text = text[:_LOOKED_AT]
    position = 0
    while found := _SPACE.match(text, position) or _BEFORE.match(text, position):
        position = found.end()
    return position if position and _BLOCK.match(text, position) else None
