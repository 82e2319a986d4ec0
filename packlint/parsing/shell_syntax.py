"""A syntax check for shell code that runs nothing: quotes, redirections and blocks.

It reports only what no POSIX shell or bash accepts, and gives up silently where the grammar becomes its own.
"""

from __future__ import annotations

from packlint import regex
from packlint.parsing import plain_shell
from packlint.record import field, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_SPACE = " \t"
_REDIRECTION = regex.lazy(r"\d*(?:&>>?|<<<|<<-?|<>|[<>]&|>>|>\||[<>])")
_SEPARATOR = regex.lazy(r";;&|;;|;&|;|&&|\|\||\|&|\||&")
# Characters of a word that mean nothing but themselves, whatever follows.
_PLAIN_RUN = regex.lazy(r"[\w./:,%+=@^~-]+")
# Pieces of commands; what ends a here-document and what is too hard for this check among them.
_DELIMITER = regex.lazy(r"[ \t]*(?:'([^'\n]*)'|\"([^\"\n]*)\"|([^\s;&|<>()'\"]+))")
_EMPTY_PARENTHESES = regex.lazy(r"\([ \t]*\)")
_QUOTED = regex.lazy(r"(?s)'[^']*'|\$'(?:[^'\\]|\\.)*'")
_SUBSTITUTED = regex.lazy(r"(?s)`(?:[^`\\]|\\.)*`")
_HARD = regex.lazy(r"\bcase\b|[ \t\n]#")
_END_OF_PATTERN, _BARE_LOOP = regex.lazy(r"[ \t]*\)"), regex.lazy(r"for[ \t]+\w+[ \t]+(?=do\b)")
# `coproc`, and the name that it may give to a block.
_COPROCESS = regex.lazy(r"coproc(?:[ \t]+\w+(?=[ \t]+(?:[{(]|(?:case|for|if|select|until|while)\b)))?")
_LEFT_OUT = regex.lazy(r"(?m)^[^\S\n]*\.\.\.[^\S\n]*$")
_ASSIGNMENT = regex.lazy(r"\w+(?:\[[^]]*\])?\+?=")
_TEST = regex.lazy(r"(?:[^'\"\n\\]|\\.|'[^']*'|\"(?:[^\"\\]|\\.)*\")*?[ \t]\]\]")
_CLOSERS = {"fi": "if", "done": "do", "esac": "case", "}": "{"}
_OPENERS = {"if": "fi", "do": "done", "case": "esac", "{": "}", "(": ")"}
_KEEPS_POSITION = {"if", "then", "else", "elif", "do", "while", "until", "!", "time", "{"}
_BEFORE_EXTGLOB = "?*+@!="


@record(frozen=True)
class Fault:
    """A syntax error: its place in the text and what is wrong."""

    start: int
    end: int
    message: str


class _GaveUpError(Exception):
    """The text uses grammar that this check does not know."""


@record
class _State:
    """How far the scan is: blocks that are open, how many of them are `case`, and what the next word would be."""

    text: str
    position: int = 0
    blocks: list[tuple[str, int]] = field(default_factory=list)
    cases: int = 0
    at_command: bool = True
    after_function: bool = False
    redirection: tuple[int, int] | None = None
    heredocs: list[tuple[str, bool]] = field(default_factory=list)


def fault(text: str) -> Fault | None:
    """The first syntax error of a shell script, or None."""
    if plain_shell.is_plain(text):
        return None
    state = _State(text)
    try:
        while state.position < len(text):
            found = _step(state)
            if found is not None:
                return found
    except (_GaveUpError, RecursionError):
        return None
    if state.redirection:
        return _dangling(state.redirection)
    if state.blocks and not _LEFT_OUT.search(text):
        name, start = state.blocks[-1]
        return Fault(start, start + len(name), f"'{name}' is not closed by '{_OPENERS[name]}'")
    return None


def _dangling(redirection: tuple[int, int]) -> Fault:
    return Fault(*redirection, "a redirection that names no file")


def _step(state: _State) -> Fault | None:
    text, position = state.text, state.position
    character = text[position]
    if character in _SPACE or text.startswith("\\\n", position):
        state.position += 2 if character == "\\" else 1
        return None
    if character == "\n":
        return _line_end(state)
    if character == "#":
        end = text.find("\n", position)
        state.position = len(text) if end < 0 else end
        return None
    redirection = _REDIRECTION.match(text, position)
    if redirection and not text.startswith(("<(", ">("), redirection.end() - 1):
        return _redirect(state, redirection)
    separator = _SEPARATOR.match(text, position)
    if separator:
        if state.redirection:
            return _dangling(state.redirection)
        state.position, state.at_command = separator.end(), True
        return None
    return _parenthesis(state) if character in "()" else _word(state)


def _line_end(state: _State) -> Fault | None:
    if state.redirection:
        return _dangling(state.redirection)
    state.position += 1
    state.at_command = True
    for delimiter, strips_tabs in state.heredocs:
        while state.position < len(state.text):
            end = state.text.find("\n", state.position)
            end = len(state.text) if end < 0 else end
            line = state.text[state.position : end]
            state.position = min(end + 1, len(state.text))
            if (line.lstrip("\t") if strips_tabs else line) == delimiter:
                break
    state.heredocs = []
    return None


def _redirect(state: _State, match: re.Match[str]) -> Fault | None:
    if state.redirection:
        return _dangling(state.redirection)
    operator = match[0].lstrip("0123456789")
    state.position = match.end()
    if operator in ("<<", "<<-"):
        word = _DELIMITER.match(state.text, match.end())
        if word is None:
            raise _GaveUpError
        state.heredocs.append((word[word.lastindex or 3].replace("\\", ""), operator == "<<-"))
        state.position = word.end()
    else:
        state.redirection = (match.start(), match.end())
    return None


def _parenthesis(state: _State) -> Fault | None:
    text, position = state.text, state.position
    if state.redirection:
        return _dangling(state.redirection)
    if _EMPTY_PARENTHESES.match(text, position):
        state.position = text.index(")", position) + 1
        state.at_command = True
        return None
    if text.startswith("((", position):
        state.position = _balanced(text, position, "(", ")")
        state.at_command = False
        return None
    state.position += 1
    state.at_command = True
    if text[position] == "(":
        state.blocks.append(("(", position))
    elif state.blocks and state.blocks[-1][0] == "(":
        state.blocks.pop()
        state.at_command = False
    elif not state.cases:
        return Fault(position, position + 1, "')' closes nothing")
    return None


def _word(state: _State) -> Fault | None:
    text, start = state.text, state.position
    position = start
    while position < len(text) and text[position] not in " \t\n;&|<>()":
        run = _PLAIN_RUN.match(text, position)
        after = run.end() if run else _piece(text, position)
        if isinstance(after, Fault):
            return after
        position = after
        if text[position : position + 1] == "(" and text[position - 1] in _BEFORE_EXTGLOB:
            position = _balanced(text, position, "(", ")")
    if position == start:
        position = _balanced(text, start + 1, "(", ")")
    state.position = position
    if state.redirection:
        state.redirection = None
        return None
    return _reserved(state, text[start:position], start) if state.at_command else None


def _piece(text: str, position: int) -> int | Fault:
    """The end of one piece of a word: a quoted text, an expansion or a character."""
    character = text[position]
    if character == "\\":
        return min(position + 2, len(text))
    if character == "'" or text.startswith("$'", position):
        end = _QUOTED.match(text, position)
        return end.end() if end else Fault(position, position + 1, "a quote that is not closed")
    if character == '"':
        return _double_quoted(text, position)
    if text.startswith(("$(", "${"), position):
        return _balanced(text, position + 1, text[position + 1], ")" if text[position + 1] == "(" else "}")
    if character == "`":
        end = _SUBSTITUTED.match(text, position)
        if end is None and text.count("`") > 1:
            raise _GaveUpError
        return end.end() if end else Fault(position, position + 1, "a backtick that is not closed")
    return position + 1


def _double_quoted(text: str, start: int) -> int | Fault:
    position = start + 1
    while position < len(text):
        if text[position] == '"':
            return position + 1
        if text[position] in "$`\\" and not text.startswith("$'", position):
            after = _piece(text, position)
            if isinstance(after, Fault):
                return after
            position = after
        else:
            position += 1
    return Fault(start, start + 1, "a quote that is not closed")


def _balanced(text: str, start: int, opening: str, closing: str) -> int:
    """The end of a bracketed stretch, quotes in it respected."""
    depth, position = 0, start
    while position < len(text):
        character = text[position]
        if character == "\\":
            position += 2
            continue
        if text.startswith("<<", position) or _HARD.match(text, position):
            raise _GaveUpError
        if character in "'\"" and not (character == "'" and closing == "}"):
            after = _piece(text, position)
            if isinstance(after, Fault):
                raise _GaveUpError
            position = after
            continue
        depth += (character == opening) - (character == closing)
        position += 1
        if depth == 0:
            return position
    raise _GaveUpError


def _reserved(state: _State, word: str, start: int) -> Fault | None:
    if _END_OF_PATTERN.match(state.text, state.position) and state.cases:
        return None
    loop = _BARE_LOOP.match(state.text, start)
    if loop and word == "for":
        state.position = loop.end()
        return None
    process = _COPROCESS.match(state.text, start)
    if process and word == "coproc":
        state.position = process.end()
        return None
    state.at_command = word in _KEEPS_POSITION or _ASSIGNMENT.match(word) is not None
    if state.after_function:
        state.after_function, state.at_command = False, True
    elif word == "function":
        state.after_function = state.at_command = True
    elif word == "[[":
        end = _TEST.match(state.text, start)
        if end is None:
            raise _GaveUpError
        state.position = end.end()
    elif word in _OPENERS:
        state.blocks.append((word, start))
        state.cases += word == "case"
    elif word in _CLOSERS:
        if not state.blocks or state.blocks[-1][0] != _CLOSERS[word]:
            return Fault(start, start + len(word), f"'{word}' closes no '{_CLOSERS[word]}'")
        state.blocks.pop()
        state.cases -= word == "esac"
    return None
