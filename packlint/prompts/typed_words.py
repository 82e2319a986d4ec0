"""One word of typed text, as the client's parser of Bash reads it: its quotes, its expansions, its braces.

Evidence: texts typed into 2.1.197 and 2.1.328; tests/test_typed.py holds them.
"""

from __future__ import annotations

from packlint import regex
from packlint.prompts import enclosed
from packlint.record import record

BLANK = " \t\r"
# A line that goes on: in the client's parser it parts words, too (measured).
CONTINUED = "\\\n"
OPERATORS = ";&|)\n("
# What ends a word that no blank ends.
ENDS = OPERATORS + "<>`"
_EXPANSION = regex.lazy(r"(?s)\$(?:\(\(.*?\)\)|[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-]|'(?:[^'\\]|\\.)*+')?\Z")
_TO_CLOSING_MARK = regex.lazy(r"(?s)\$'(?:[^'\\]|\\.)*+'?")
_SUBSTITUTION = regex.lazy(r"\$\((?!\()")
_BRACES = regex.lazy(r"(?s)\{(?:\\.|[^\s;&|()<>`}\\])*\}?")
_ESCAPE = regex.lazy(r"(?s)\\(.)")


@record(frozen=True)
class Word:
    """One word: as it is written, with its quotes taken away, and the offset at which it ends.

    `is_opaque`: it is one expansion, whose value nobody knows, and is left out as an argument. `is_last`: a command is
    put into it, and it ends the arguments.
    """

    written: str
    text: str
    end: int
    is_opaque: bool = False
    is_last: bool = False


def read(text: str, start: int) -> Word:
    """The word of a text that begins at `start`."""
    at, pieces, has_command = start, list[str](), False
    is_expansion = text.startswith("${", start)
    while at < len(text):
        has_command = has_command or _SUBSTITUTION.match(text, at) is not None
        found = _piece(text, at)
        if found is None and text[at] in "'\"":
            # A quotation mark without a partner: it and the rest belong to the argument as they stand.
            return Word(text[start:], "".join(pieces) + text[at:], len(text))
        if found is None:
            break
        piece, at = found
        pieces.append(piece)
    written = text[start:at]
    is_opaque = (is_expansion and len(pieces) == 1) or _EXPANSION.match(written) is not None
    return Word(written, written if has_command else "".join(pieces), at, is_opaque, has_command)


def _piece(text: str, at: int) -> tuple[str, int] | None:
    """The next part of a word without its quotes, and where it ends; None at the word's end or at an open quote."""
    character = text[at]
    if character in BLANK + ENDS or text.startswith(CONTINUED, at):
        return None
    if character == "$" and text[at + 1 : at + 2] in ("'", "(", "{"):
        end = _end_of_expansion(text, at)
        return text[at:end], end
    if braces := _BRACES.match(text, at):
        # Quotes between braces are letters like others.
        return _ESCAPE.sub(r"\1", braces[0]), braces.end()
    if character == "\\":
        return text[at + 1 : at + 2], at + 2
    if character not in "'\"":
        return character, at + 1
    closing = text.find("'", at + 1) if character == "'" else enclosed.closing_quote(text, at)
    return (text[at + 1 : closing], closing + 1) if closing >= 0 else None


def _end_of_expansion(text: str, at: int) -> int:
    """Behind the expansion at `at`, whose kind its second sign tells."""
    if text.startswith("$((", at):
        end = text.find("))", at + 2)
        return len(text) if end < 0 else end + 2
    if text.startswith("$(", at):
        return enclosed.end_of_substitution(text, at)
    quoted = _TO_CLOSING_MARK.match(text, at)
    return quoted.end() if quoted else enclosed.end_of_braces(text, at)
