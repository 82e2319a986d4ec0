"""The words of a simple shell command, as the shell would hand them to a program."""

from __future__ import annotations

from packlint import regex
from packlint.record import record

_PIECE = regex.lazy(
    r"'(?P<single>[^']*)'|\"(?P<double>(?:[^\"\\]|\\[\s\S])*)\"|\\(?P<escaped>[\s\S])|(?P<blank>\s+)|[^'\"\\\s]+|."
)
_ESCAPE = regex.lazy(r"\\([\"\\$`])")
_GLOB = regex.lazy(r"[*?]|\[[^\[\]\s]*\]")


@record(frozen=True)
class Word:
    """One word: its text without quotes, and whether the shell puts the names of files in its place."""

    text: str
    is_pattern: bool = False


def split(command: str) -> list[Word]:
    """The words of a command. A quotation mark without a partner is a letter."""
    found: list[Word] = []
    text, is_pattern, begun = "", False, False
    for piece in _PIECE.finditer(command):
        if piece["blank"] is not None:
            if begun:
                found.append(Word(text, is_pattern))
            text, is_pattern, begun = "", False, False
            continue
        begun = True
        if piece["single"] is not None:
            text += piece["single"]
        elif piece["double"] is not None:
            text += _ESCAPE.sub(r"\1", piece["double"])
        elif piece["escaped"] is not None:
            text += piece["escaped"]
        else:
            text += piece[0]
            is_pattern = is_pattern or _GLOB.search(piece[0]) is not None
    return [*found, Word(text, is_pattern)] if begun else found
