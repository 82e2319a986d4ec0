"""Shell blocks in a command's body: where they are, and whether the client runs them.

The client runs every block before it asks the model, and gives up the whole command where one is
not approved. Evidence: the `shell` block of data/client.json and tests/test_shell.py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from packlint import regex
from packlint.client import Client
from packlint.discovery.root import is_below
from packlint.files.filesystem import normal
from packlint.prompts.bash_grants import BashGrants
from packlint.record import record

# Both read the text after the arguments are in it, code fences and comments included.
BLOCK = regex.lazy(r"```!\s*+(?P<fenced>[\s\S]*?)\n?```|(?<!\S)!`(?P<inline>[^`]+)`")

_QUOTED = regex.lazy(r"'[^']*'|\"(?:[^\"\\]|\\.)*\"|\\.", re.DOTALL)
_COMMENT = regex.lazy(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE)
_HARMLESS = regex.lazy(r"[0-9]?>&[0-9]|(?:[0-9]|&)?>>?\s*/dev/null(?=\s|\Z|[;|&)])|<<<")
_INPUT = regex.lazy(r"<\s*(\S+)")
_SEPARATOR = regex.lazy(r"&&|\|\||[;|\n]")
_KEYWORD = regex.lazy(r"(?:if|then|else|elif|fi|do|done|while|until|!)(?:\s+|\Z)|for\s+\w+\s+in\b.*")
_HERE_DOCUMENT = regex.lazy(r"<<-?\s*(['\"])(\w+)\1")
_WRAPPER = regex.lazy(r"(?:timeout\s+[0-9]\S*|time)\s+(?=[^-])")
_ASSIGNMENT = regex.lazy(r"([A-Za-z_][A-Za-z0-9_]*)=(\S*)(?:\s+|\Z)")
_VARIABLE = regex.lazy(r"\$([A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])")
_ARITHMETIC = regex.lazy(r"\$\(\([0-9+*/% -]*\)\)")
# A match may be harmless: it takes in all options, so that none is read again for the next one.
_REMOVAL = regex.lazy(r"rm\s++(?:-\S++\s++)*+(?P<fatal>(?:/[^/\s]*+/?|~/?)(?:\s|\Z))?")


@record(frozen=True)
class Shell:
    """What decides about a block: the grants of `allowed-tools`, the folder it runs in, the client."""

    grants: Sequence[str]
    folder: str
    client: Client

    def refusal(self, command: str) -> str | None:
        """Why the client stops at this command; None where it runs it."""
        bare = _QUOTED.sub(lambda found: "_" * len(found[0]), command)
        if re.search(r"(?<![&>])&(?![&>])", bare):
            return "'&' puts a command into the background"
        if any(grant in ("Bash", "Bash()", "Bash(*)") for grant in self.grants):
            return "rm would remove a folder of the system" if _is_fatal(command) else None
        command = _without_here_documents(command)
        if found := self._unreadable(command):
            return found
        return next((reason for part in _parts(command) if (reason := self._refusal_of(part))), None)

    @cached_property
    def _bash(self) -> BashGrants:
        return BashGrants(self.grants)

    def _unreadable(self, command: str) -> str | None:
        """What the client cannot see through, whatever single commands are granted."""
        known = [re.escape(name) for name in self.client.shell["variables"]]
        text = re.sub(rf"\$(?:{'|'.join(known)})\b|\$\(pwd\)", "", _ARITHMETIC.sub("", re.sub(r"'[^']*'", "", command)))
        text = re.sub(r"\\\S", "", text)
        bare = _QUOTED.sub(lambda found: "_" * len(found[0]), _ARITHMETIC.sub("", command))
        bare = _HARMLESS.sub("", _COMMENT.sub("", bare))
        if "$(" in text or "`" in text:
            return "it holds a nested command"
        if "${" in text:
            return "it holds a variable in braces"
        if variable := _VARIABLE.search(text):
            return f"the value of {variable[0]} is not known before it runs"
        if re.search(r"\\\s", command):
            return "it holds a backslash before a space"
        if _expands_braces(bare):
            return "it holds a brace expansion"
        if re.search(r"(?<![\w\"'])\{[\"']", command):
            return "it holds a brace before a quotation mark"
        if re.search(r"[\"']", bare):
            return "a quotation mark has no partner"
        if re.search(r"<<-?\s*[^_\s]", bare):
            return "its here-document is expanded"
        if re.search(r"\(|(?:^|[;&|\s])\{\s", bare):
            return "it holds a group of commands"
        if re.search(r"(?<!<)>", bare):
            return "it writes its output to a file"
        return None

    def _refusal_of(self, part: str) -> str | None:
        command = _behind(_WRAPPER, part)
        words = [word.strip("\"'") for word in command.split()]
        if not words:
            return None
        facts = self.client.shell["free"]
        if words[0] in facts["files"] and (outside := self._outside(words[1:])):
            return f"{words[0]} reaches {outside}, outside the folder in which the client runs"
        if "find" in words[:1] and any(re.fullmatch(facts["refused"]["find"], word) for word in words[1:]):
            return "find with an action is not approved by a pattern"
        if self._bash.cover(command):
            return None
        if part.startswith("time ") or not (part == command or self._frees_timeout):
            return f"'{part}' is not approved"
        return None if self._is_free(command) else f"'{command}' is not approved"

    @property
    def _frees_timeout(self) -> bool:
        return bool(self.client.shell["timeout_without_grant"][self.client.version])

    def _is_free(self, command: str) -> bool:
        facts = self.client.shell
        start = 0
        while assignment := _ASSIGNMENT.match(command, start):
            start = assignment.end()
            if start < len(command) and not (assignment[1] in facts["assignments"] and assignment[2]):
                return False
        command = command[start:]
        words = [word.strip("\"'") for word in command.split()]
        if not words:
            return True
        free, name, rest = facts["free"], words[0], words[1:]
        if words == ["cd"]:
            return False  # it goes to the home folder
        if name == "[[":
            return "$" not in command
        if name == "git":
            return bool(rest) and self._is_free_git(rest)
        if " ".join(words) in free["exact"] or (name == "docker" and " ".join(words[:2]) in free["exact"]):
            return True
        if any(re.fullmatch(free["refused"].get(name, "(?!)"), word) for word in rest):
            return False
        if name in free["limited"]:
            return re.fullmatch(free["limited"][name], " ".join(rest)) is not None
        return name in free["any"] or name in free["files"]

    def _is_free_git(self, words: Sequence[str]) -> bool:
        free = self.client.shell["free"]
        if words[0] not in free["git"] or any(re.fullmatch(free["git_refused"], word) for word in words):
            return False
        return re.fullmatch(free["git"][words[0]], " ".join(words[1:])) is not None

    def _outside(self, words: Sequence[str]) -> str | None:
        for word in words:
            if word.startswith(("~", "$HOME")) or re.search(r"(?:^|/)\.\.(?:/|\Z)", word):
                return word
            if word.startswith("/") and not is_below(normal(word), self.folder) and word != "/dev/null":
                return word
        return None


def _parts(command: str) -> Iterator[str]:
    """The simple commands of a command line, without keywords and harmless redirections."""
    masked = _QUOTED.sub(lambda found: "_" * len(found[0]), command)
    masked = _COMMENT.sub(lambda found: " " * len(found[0]), masked)
    masked = _HARMLESS.sub(lambda found: " " * len(found[0]), masked)
    masked = _INPUT.sub(lambda found: " " * len(found[0]), masked) if "<<" in masked else masked
    start = 0
    for separator in [*_SEPARATOR.finditer(masked), None]:
        end = separator.start() if separator else len(masked)
        kept = "".join(
            own if seen != " " else " " for own, seen in zip(command[start:end], masked[start:end], strict=True)
        )
        yield _behind(_KEYWORD, kept.replace("<", " ").strip())
        start = separator.end() if separator else end


def _behind(pattern: re.Pattern[str], text: str) -> str:
    """The text behind every match of a pattern at its beginning."""
    start = 0
    while found := pattern.match(text, start):
        start = found.end()
    return text[start:]


def _is_fatal(command: str) -> bool:
    return any(found["fatal"] for found in _REMOVAL.finditer(command))


def _expands_braces(text: str) -> bool:
    """Whether a comma or two dots stand between an opening brace and the closing one of the same word."""
    before_closing = (part[-1] for piece in text.split("}")[:-1] if (part := piece.split()) and not piece[-1].isspace())
    return any("," in inside or ".." in inside for word in before_closing for inside in [word.partition("{")[2]])


def _without_here_documents(command: str) -> str:
    """A command line without the here-documents that are closed and not expanded."""
    lines: dict[str, list[int]] = {}
    start = 0
    for line in command.split("\n"):
        lines.setdefault(line, []).append(start)
        start += len(line) + 1
    kept, done = [], 0
    for opening in _HERE_DOCUMENT.finditer(command):
        ends = lines.get(opening[2], [])
        index = bisect_right(ends, opening.end())
        if opening.start() >= done and index < len(ends):
            kept.append(command[done : opening.start()])
            done = ends[index] + len(opening[2])
    return "".join((*kept, command[done:]))
