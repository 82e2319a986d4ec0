"""Where what is enclosed in typed text ends: in braces, in parentheses, in those of arithmetic.

The client's parser reads two brackets that stand together as one sign. Evidence: texts typed into 2.1.197 and
2.1.328; tests/test_typed.py holds them.
"""

from __future__ import annotations

from packlint import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_QUOTED = r"'[^']*'|\"(?:[^\"\\]|\\.)*+\"|\\."
_BRACE = regex.lazy(rf"(?s){_QUOTED}|\$\{{|\}}")
_SIGN = regex.lazy(rf"(?s){_QUOTED}|(?<![^\s;|&()])#[^\n]*|\(\(?|\)\)?")
_WITHIN_QUOTES = regex.lazy(r"(?s)\\.|\$[({]|`|\"")
_BRACKET = regex.lazy(rf"(?s){_QUOTED}|[()]")


def end_of_braces(text: str, start: int) -> int:
    """Behind the brace that closes the `${` at `start`; the text's end where none does."""
    return _end(text, start, _BRACE, "${", "}")


def end_of_parentheses(text: str, start: int) -> int:
    """Behind the parenthesis that closes the one at `start`: `))` closes none, and `((` opens one."""
    return _end(text, start, _SIGN, "(", ")")


def end_of_substitution(text: str, start: int) -> int:
    """Behind the parenthesis that closes the `$(` at `start`; the text's end where none does."""
    return _end(text, start, _BRACKET, "(", ")")


def end_of_arithmetic(text: str, start: int) -> int:
    """Behind the `))` that closes the `((` at `start`; behind the first parenthesis too many where that is alone."""
    depth, semicolon = 0, text.find(";", start)
    for found in _BRACKET.finditer(text, start + 2):
        if found[0] == "(":
            depth += 1
        elif found[0] == ")" and depth:
            depth -= 1
        elif found[0] == ")":
            return found.end() + text.startswith(")", found.end())
    return semicolon if semicolon >= 0 else len(text)


def closing_quote(text: str, start: int) -> int:
    """The double quote that closes the one at `start`, which none in an expansion does; -1 where none does."""
    at = start + 1
    while found := _WITHIN_QUOTES.search(text, at):
        at = found.end()
        if found[0] == '"':
            return found.start()
        if found[0] == "`":
            closing = text.find("`", at)
            at = closing + 1 if closing >= 0 else len(text)
        elif found[0] in ("$(", "${"):
            at = (end_of_substitution if found[0] == "$(" else end_of_braces)(text, found.start())
    return -1


def _end(text: str, start: int, signs: re.Pattern[str], opening: str, closing: str) -> int:
    depth = 0
    for found in signs.finditer(text, start):
        depth += found[0].startswith(opening)
        depth -= found[0] == closing
        if depth == 0 and found[0] == closing:
            return found.end()
    return len(text)
