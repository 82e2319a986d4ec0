"""The shell commands in a command's text, where they stand in the file, and how wide its Bash grants are."""

from __future__ import annotations

from packlint import regex
from packlint.client import Client
from packlint.document import Document
from packlint.prompts import blocks
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHELLS = ("sh", "bash", "zsh", "dash")
# A grant for them approves whatever they start; `eval` and `exec` are approved by no pattern (measured).
_STARTERS = ("command", "env", "nice", "nohup", "stdbuf", "sudo", "time", "timeout", "xargs")
# `-c` and its kin: what follows is a shell command itself.
_END_OF_PROGRAM = regex.lazy(r"[:\s]")
_TEXT_OF_ANY = regex.lazy(r"-[a-z]*c[:\s]*\*")
_AFTER_A_WHILE = regex.lazy(r"[0-9.]+[smhd]?[:\s]*\*")


@record(frozen=True)
class Inline:
    """One shell command in a command file: its text and the text's offsets."""

    text: str
    start: int
    end: int


def find(document: Document, client: Client) -> list[Inline]:
    """The shell commands of a command file, in order."""
    return [
        Inline(match["command"], *match.span("command"))
        for match in blocks.find(document.text, document.frontmatter(client).body)
    ]


def bash_patterns(tokens: Sequence[str]) -> Iterator[str]:
    """The patterns of the Bash tokens; `*` for Bash alone."""
    for granted in tokens:
        if granted == "Bash":
            yield "*"
        elif granted.startswith("Bash(") and granted.endswith(")"):
            yield granted[5:-1].strip()


def grants_any(pattern: str) -> bool:
    """Whether a Bash pattern lets every command run: everything, or a program that runs its arguments."""
    head = _END_OF_PROGRAM.split(pattern, maxsplit=1)[0]
    rest = pattern[len(head) :].lstrip(": ")
    name = head.rpartition("/")[2]
    if pattern == "*" or (name == "timeout" and _AFTER_A_WHILE.fullmatch(rest)):
        return True
    return name in (*_SHELLS, *_STARTERS) and (rest == "*" or _TEXT_OF_ANY.fullmatch(rest) is not None)
