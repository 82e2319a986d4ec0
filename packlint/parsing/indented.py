"""Code that is set off by four blanks: what it shows is a sample to every reader that knows Markdown."""

from __future__ import annotations

from packlint import regex

_ITEM = regex.lazy(r" {0,3}(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]|\Z)")
_DEEP = ("    ", "\t")
# How far above, in characters, the line that decides may stand; beyond it nothing is taken for code.
_NEAR = 4_000


def is_code(text: str, start: int, offset: int) -> bool:
    """Whether an offset of a text that begins at `start` stands in indented code, and not in a list or a paragraph."""
    line = max(start, text.rfind("\n", start, offset) + 1)
    if not text.startswith(_DEEP, line):
        return False
    above = text[max(start, line - _NEAR) : line].split("\n")[:-1]
    is_near = line - start <= _NEAR
    after_blank = False
    while above and (not above[-1].strip() or above[-1].startswith(_DEEP)):
        after_blank = not above.pop().strip()
    if not above:
        return is_near
    return after_blank and not _is_list(above)


def _is_list(lines: list[str]) -> bool:
    """Whether the paragraph that ends these lines is, or belongs to, an item of a list."""
    for line in reversed(lines):
        if not line.strip():
            return False
        if line[0] in " \t" or _ITEM.match(line):
            return True
    return False
