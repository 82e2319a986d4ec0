"""The fix that puts a tool's right name into a list, or takes a wrong one out where the right one is in it already."""

from __future__ import annotations

from packlint import regex
from packlint.problem import Edit, Fix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from packlint.loading.toolset import Token

# All that may stand between two names of a list for one to go with it: no comment, and no name that was not found.
_BETWEEN = regex.lazy(r"[\"']?[ \t]*,?\s*(?:-[ \t]+)?[\"']?\Z")


def correction(
    text: str, listed: Sequence[Token], token: Token, right: str, written: set[str], *, safe: bool = True
) -> Fix | None:
    """A fix after which the list has `right` once; None where that is not to be had by a plain edit.

    Args:
        text: the file's text.
        listed: every token of the list.
        token: the one that is wrong.
        right: what it should be.
        written: what other fixes of the same list write, to which this one's is added.
        safe: whether the fix is.
    """
    if not text.startswith(token.text, token.start):
        return None
    if right not in written and all(other.text != right for other in listed):
        written.add(right)
        return Fix(f"write '{right}'", (Edit(token.start, token.end, right),), safe)
    index = listed.index(token)
    start, end = (listed[index - 1].end, token.end) if index else (token.start, listed[1].start)
    between = text[start : token.start] if index else text[token.end : end]
    taken = text[start:end]
    if not _BETWEEN.match(between) or taken.count('"') % 2 or taken.count("'") % 2:
        return None
    if "\n" in taken and "#" in text[token.end : text.find("\n", token.end)]:
        return None
    return Fix(f"take it out: '{right}' is listed", (Edit(start, end, ""),), safe)


def renamed(token: Token, name: str) -> str:
    """A token with another tool's name, its pattern kept."""
    return name + token.text[len(token.name or "") :]
