"""The simple commands of a shell command line, and what the client cannot see through in one.

Evidence: commands in shell blocks of 2.1.197 and 2.1.328; tests/conformance/shell.jsonl.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from packlint import regex
from packlint.client import Client

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# From left to right: a quotation mark in a comment opens nothing, a `#` in quotes is no comment.
_HIDDEN = regex.lazy(r"(?s)'[^']*'|\"(?:[^\"\\]|\\.)*\"|\\.|(?P<comment>(?<![^\s;|&])#[^\n]*)")
_CONTINUED = regex.lazy(r"(?<=[^\s|])([ \t]+)\\\n[ \t]*")
_HARMLESS = regex.lazy(r"[0-9]?>&[ \t]*[0-9]|(?:[0-9]|&)?>>?\s*/dev/null(?=\s|\Z|[;|&)])|<<<")
_INPUT = regex.lazy(r"<\s*(\S+)")
_INPUT_FILE = regex.lazy(r"(?<!<)<(?![<(&])[ \t]*(?P<target>[^\s;&|<>()]+)")
_AIMLESS = regex.lazy(r"[<>][ \t]*(?=\Z|[;\n]|&&)")
_OUTPUT = regex.lazy(r"(?:[0-9]|&)?>[>|]?[ \t]*(?P<target>[^\s;&|<>()]+)")
_SEPARATOR = regex.lazy(r"&&|\|\||\|&|[;|\n]")
_KEYWORD = regex.lazy(r"(?:if|then|else|elif|fi|do|done|while|until|!)(?:\s+|\Z)|for\s+\w+\s+in\b.*")
_LOOP = regex.lazy(r"\bfor\s")
_SETTING = regex.lazy(r"[A-Za-z_][A-Za-z0-9_]*=(?:'[^']*'|\"[^\"]*\"|\S*)\Z")
_HERE_DOCUMENT = regex.lazy(r"(?P<nested>\"\$\(cat )?<<-?\s*(['\"])(?P<mark>\w+)\2")
_ENDS_OPEN = regex.lazy(r"(?<!\\)(?:\\\\)*+\\\Z")
_VARIABLE = regex.lazy(r"\$([A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])")
_ARITHMETIC = regex.lazy(r"\$\(\([0-9+*/% -]*\)\)")
_COMMENT_WITHIN = regex.lazy(r"\n[ \t]*#")
# What the client takes apart: no pipe, no second line, no quotation mark of the same kind.
_NESTED = regex.lazy(
    r"(?<!\\)(?:\$\((?!\()(?P<inner>(?:[^()\"`|;\n]|\|\|)*)\)|`(?P<ticked>(?:[^()\"`|;\n$\\]|\|\|)*)`)"
)
# A simple command's first word, and what a shell leaves as it stands.
_NAME = regex.lazy(r"(?:'[^']*'|\"(?:[^\"\\]|\\.)*\"|\\.|[^\s'\"\\])+")
_UNEXPANDED = regex.lazy(r"'[^']*'|\\.")
# Stands in a word for the output of a nested command.
OUTPUT = "\ue000"


def masked(command: str) -> str:
    """A command line of the same length without comments and what stands in quotes or behind a backslash."""
    return _HIDDEN.sub(lambda found: (" " if found["comment"] else "_") * len(found[0]), command)


def joined(command: str) -> str:
    """A command line without its comments, line continuations and here-documents that hold nothing to expand."""
    command = _without_here_documents(command)
    command = _HIDDEN.sub(lambda found: "" if found["comment"] else found[0], command) if "#" in command else command
    return _CONTINUED.sub(r"\1", command)


def opened(command: str) -> tuple[str, list[str]]:
    """A command line with `OUTPUT` for each nested command that the client judges by itself, and these commands.

    That is what it does in double quotes where more than one character stands beside it: `"branch: $(git branch)"`.
    """
    nested: list[str] = []

    def replaced(quoted: re.Match[str]) -> str:
        text = quoted[0]
        kept = _NESTED.sub(OUTPUT, text) if text.startswith('"') else text
        beside = kept.strip('"').replace(OUTPUT, "")
        if kept == text or len(beside) < 2 or "$(" in beside or "`" in beside:
            return text
        nested.extend(found["inner"] or found["ticked"] or "" for found in _NESTED.finditer(text))
        return kept

    return _HIDDEN.sub(replaced, command), nested


def unreadable(command: str, client: Client) -> str | None:
    """What the client cannot see through, whatever single commands are granted."""
    known = "|".join(re.escape(name) for name in client.shell["variables"])
    text = _ARITHMETIC.sub("", re.sub(r"'[^']*'", "", command))
    text = re.sub(r"\\\S", "", re.sub(rf"\$(?:{known})\b", "", text))
    bare = _HARMLESS.sub("", masked(_ARITHMETIC.sub("", command)))
    if "$(" in text or "`" in text:
        return "it holds a nested command"
    if "${" in text:
        return "it holds a variable in braces"
    if variable := _VARIABLE.search(text):
        return f"the value of {variable[0]} is not known before it runs"
    if re.search(r"\$(?=\s|\Z)", bare):
        return "it holds a dollar sign alone"
    if re.search(r"\\\s", command):
        return "it holds a backslash before a space"
    if _ENDS_OPEN.search(command):
        return "it ends in a backslash"
    if _expands_braces(bare):
        return "it holds a brace expansion"
    if re.search(r"(?<![\w\"'])\{[\"']", command):
        return "it holds a brace before a quotation mark"
    if re.search(r"[\"']", bare):
        return "a quotation mark has no partner"
    for quoted in _HIDDEN.finditer(command):
        if quoted[0].startswith("'") and command[quoted.start() - 1 : quoted.start()] == "$":
            return "it holds a text with escapes"
        if _COMMENT_WITHIN.search(quoted[0]):
            return "a line in quotation marks begins with #"
    if re.search(r"<<-?\s*[^_\s]", bare):
        return "its here-document is expanded"
    if _AIMLESS.search(bare):
        return "one of its redirections leads nowhere"
    if re.search(r"\(|(?:^|[;&|\s])\{\s", bare):
        return "it holds a group of commands"
    return "a variable names its program" if any(map(names_by_variable, parts(command))) else None


def name(part: str) -> str:
    """The name of a simple command's program, as it is written."""
    found = _NAME.match(part)
    return found[0] if found else ""


def names_by_variable(part: str) -> bool:
    """Whether a variable stands in the name of a simple command's program."""
    return "$" in _UNEXPANDED.sub("", name(part))


def outputs(command: str) -> list[str]:
    """The files that a command line writes to."""
    return _targets(_OUTPUT, command)


def inputs(command: str) -> list[str]:
    """The files that the commands of a line are given as input."""
    return _targets(_INPUT_FILE, command)


def _targets(redirection: re.Pattern[str], command: str) -> list[str]:
    quiet = _HARMLESS.sub(lambda found: "_" * len(found[0]), masked(command))
    return [command[slice(*found.span("target"))].strip("\"'") for found in redirection.finditer(quiet)]


def parts(command: str) -> Iterator[str]:
    """The simple commands of a command line, without keywords and redirections."""
    return (part[_behind_keywords(part) :] for part in _pieces(command))


def sets(command: str) -> str | None:
    """What sets a variable for the commands of a line, in words; None where nothing does."""
    for piece in _pieces(command):
        start = _behind_keywords(piece)
        if _LOOP.search(piece[:start]):
            return "holds a loop"
        if _SETTING.match(piece, start):
            return "sets a variable"
    return None


def _pieces(command: str) -> Iterator[str]:
    """The simple commands of a command line, without redirections, each with the keywords before it."""
    hidden = _HARMLESS.sub(lambda found: " " * len(found[0]), masked(command))
    hidden = _OUTPUT.sub(lambda found: " " * len(found[0]), hidden)
    hidden = _INPUT.sub(lambda found: " " * len(found[0]), hidden)
    start = 0
    for separator in [*_SEPARATOR.finditer(hidden), None]:
        end = separator.start() if separator else len(hidden)
        kept = "".join(
            own if seen != " " else " " for own, seen in zip(command[start:end], hidden[start:end], strict=True)
        )
        yield kept.replace("<", " ").strip()
        start = separator.end() if separator else end


def _behind_keywords(text: str) -> int:
    start = 0
    while found := _KEYWORD.match(text, start):
        start = found.end()
    return start


def _expands_braces(text: str) -> bool:
    """Whether a word holds an opening brace with a comma or two dots."""
    return any("{" in word and ("," in word or ".." in word) for word in text.split())


def _without_here_documents(command: str) -> str:
    """A command line without the here-documents that are closed and not expanded."""
    lines: dict[str, list[int]] = {}
    start = 0
    for line in command.split("\n") if "<<" in command else ():
        lines.setdefault(line, []).append(start)
        start += len(line) + 1
    kept, done = [], 0
    for opening in _HERE_DOCUMENT.finditer(command):
        ends = lines.get(opening["mark"], [])
        index = bisect_right(ends, opening.end())
        if opening.start() < done or index == len(ends):
            continue
        after = ends[index] + len(opening["mark"])
        if opening["nested"] and not command.startswith('\n)"', after):
            continue
        kept.append(command[done : opening.start()] + ('"_"' if opening["nested"] else ""))
        done = after + (3 if opening["nested"] else 0)
    return "".join((*kept, command[done:]))
