"""Whole numbers that are written as texts.

Evidence: turns and windows in thirty forms in agents of a project on 2.1.197 and 2.1.328; tests/test_agents.py holds
them.
"""

from __future__ import annotations

from packlint import regex
from packlint.client import Client
from packlint.frontmatter import JS_SPACE

_EXPONENT = regex.lazy(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+")
_GROUPED = regex.lazy(r"[+-]?[0-9]{1,3}([_,\xa0\u202f ])[0-9]{3}(?:\1[0-9]{3})*")
_BEGINNING = regex.lazy(r"[+-]?[0-9]+")
# A longer text is read by its first digits alone.
_LONGEST = 32


def whole_number(text: str, client: Client) -> int | None:
    """What a client reads: newer ones know `1_000` and `1e3`, else the digits at the beginning count."""
    bare = text.strip(JS_SPACE)
    if client.does("reads_grouped_numbers") and len(bare) <= _LONGEST:
        if _EXPONENT.fullmatch(bare):
            return int(number) if (number := float(bare)).is_integer() else None
        if grouped := _GROUPED.fullmatch(bare):
            return int(bare.replace(grouped[1], ""))
    beginning = _BEGINNING.match(bare)
    return int(beginning[0][:_LONGEST]) if beginning else None
