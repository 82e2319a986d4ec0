"""YAML that the client's parser takes and libyaml does not, written so that both do.

libyaml says where it stops, and why: what the client passes there is changed, and it begins again.
Evidence: ``Bun.YAML.parse`` asked directly, see docs/decisions.md.
"""

from __future__ import annotations

import yaml

from packlint import regex
from packlint.parsing.node import YamlError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    # From where to where a text is replaced, and by what.
    Change = tuple[int, int, str]

# How many characters all attempts may read together, for each begins at the beginning.
_MOST_READ = 250_000
_TRAILING_BLANKS = regex.lazy(r"(?m)(?<![ \t])[ \t]++(?=\r?$)")
_BLANKS = regex.lazy(r"[ \t]*")
# A tab behind a dash, a question mark or a colon, but not before what would be indented by it.
_AFTER_INDICATOR = regex.lazy(r"(?:^|[ \n])[-?:][ \t]*\Z")
_PLAIN_KEY = r"[^\s\[\]{}\"'#|>](?:[^#\n:]|:(?![ \t\n]|\Z))*+"
_COLLECTION = regex.lazy(rf"[-?:](?:[ \t\n]|\Z)|(?:\"[^\"\n]*+\"[ \t]*+|'[^'\n]*+'[ \t]*+|{_PLAIN_KEY}):(?:[ \t\n]|\Z)")
# Where libyaml wants something else than a comma, or a key before a colon.
_BEFORE_COMMA = (
    "did not find expected node content",
    "did not find expected key",
    "did not find expected '-' indicator",
)
_BEFORE_COLON = ("did not find expected node content", "did not find expected key")
_BEHIND_COLON = (" ", "\t", "\n", "\r", ",", "[", "]", "{", "}", "")
_FLOW = "while parsing a flow node"
_KEY_ALONE = regex.lazy(r"( *)[^\s#][^\n]*:[ \t\r]*\Z")
_INDENTATION = regex.lazy(r"( *)(?:- +)*")
_SECOND_ANCHOR = "second occurrence"


def compose(
    text: str,
    disguises: Mapping[str, str],
    first: YamlError,
    read: Callable[[str], Any],
    read_anew: Callable[[str], Any],
) -> tuple[Any, str, list[int]]:
    """The node of a text that libyaml refused, the text as it was read, and the offsets of characters added to it.

    Args:
        text: what was refused.
        disguises: what stands for a comma or a colon that is no more than a character.
        first: why it was refused.
        read: composes a text.
        read_anew: the same, where an anchor may be set again.

    Raises:
        YamlError: the first one, where there is nothing to be eased.
    """
    eased, added = _TRAILING_BLANKS.sub(lambda found: " " * len(found[0]), text), list[int]()
    error = first
    left = _MOST_READ
    is_tried = eased == text
    while left > 0:
        if is_tried:
            problem = error.__cause__
            if getattr(problem, "problem", None) == _SECOND_ANCHOR:
                read = read_anew
            elif (change := _change(eased, problem, disguises)) is not None:
                start, end, put = change
                grown = len(put) - (end - start)
                added = sorted([place + grown * (place >= start) for place in added] + [start] * grown)
                eased = eased[:start] + put + eased[end:]
                left -= start
            else:
                break
        try:
            return read(eased), eased, added
        except YamlError as again:
            error, is_tried = again, True
            left -= 100
    raise first from None


def _change(text: str, error: Any, disguises: Mapping[str, str]) -> Change | None:
    """What to write otherwise where libyaml stopped; None where the client stops, too."""
    if getattr(error, "problem_mark", None) is None:
        return None
    at = error.problem_mark.index
    here = text[at : at + 1]
    match error.context, error.problem:
        case "while scanning a plain scalar", "found unexpected ':'":
            return at + 1, at + 1, " "
        case "while parsing a flow mapping", "did not find expected ',' or '}'" if here == ":":
            return _joined(text, at)
        case "while scanning a tag", "did not find expected whitespace or line break" if here == ",":
            return at, at, " "
        case context, problem if here == "," and context != _FLOW and problem in _BEFORE_COMMA:
            return at, at + 1, disguises[here]
        case _, problem if here == ":" and problem in _BEFORE_COLON:
            is_alone = text[at + 1 : at + 2] in _BEHIND_COLON
            return (at, at, "~") if is_alone else (at, at + 1, disguises[here])
        case _, "found a tab character that violates indentation":
            return _untabbed(text, at, "#]},\n\r" if _is_bracketed(text, at) else "#\n\r")
        case "while scanning for the next token", "found character that cannot start any token" if here == "\t":
            return _without_tab(text, at)
        case "while scanning a block scalar", "found a tab character where an indentation space is expected":
            return _with_width(text, error.context_mark.index, at)
    return None


def _is_bracketed(text: str, at: int) -> bool:
    """Whether a place stands between brackets, as far as libyaml reads."""
    depth = 0
    try:
        for token in yaml.scan(text[:at], Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
            opens = isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken))
            depth += opens - isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken))
    except yaml.YAMLError:
        return depth > 0
    return depth > 0


def _without_tab(text: str, at: int) -> Change | None:
    """Blanks in place of tabs where a value begins, and where a comment does."""
    start = text.rfind("\n", 0, at) + 1
    line, end = text[start:at], _end_of_blanks(text, at)
    above = _KEY_ALONE.match(text, text.rfind("\n", 0, max(0, start - 1)) + 1, max(0, start - 1)) if line else None
    begins_value = _AFTER_INDICATOR.search(line) or (
        above is not None and not line.strip() and len(above[1]) < len(line)
    )
    if begins_value and not _COLLECTION.match(text, end):
        return _untabbed(text, at, "")
    return _untabbed(text, at, "#") if not line.strip() else None


def _with_width(text: str, header: int, at: int) -> Change | None:
    """The head of a text in block style that says how far its lines are indented, where the first begins with a tab."""
    line = text[text.rfind("\n", 0, header) + 1 : header]
    before = _INDENTATION.match(line)
    parent = 0 if before is None else len(before[1] if before.end() == len(line) else before[0])
    width = at - (text.rfind("\n", 0, at) + 1) - parent
    begins = text[_end_of_blanks(text, at) :][:1] not in ("", "\n", "\r")
    return (header + 1, header + 1, str(width)) if begins and 0 < width < 10 else None


def _joined(text: str, at: int) -> Change | None:
    """The colon behind a key on the line before, put on that line."""
    start = len(text[:at].rstrip(" \t\n"))
    return (start, at, " " * (at - start)) if "\n" in text[start:at] else None


def _untabbed(text: str, at: int, wanted: str) -> Change | None:
    """Blanks in place of tabs; None where something else than one of `wanted` follows, if those are given."""
    end = _end_of_blanks(text, at)
    return (at, end, " " * (end - at)) if end > at and (not wanted or text[end : end + 1] in [*wanted]) else None


def _end_of_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
