"""Shell commands that the client runs while it puts a command's prompt together, and who allows them.

Evidence, measured on 2.1.197 and 2.1.328: ``!`cmd` `` runs at the start of a line or after white space, inside
fences too, not inside a code span; a fence opened with three backticks and ``!`` runs as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from packlint.client import Client
from packlint.document import Document
from packlint.markdown import Range

_INLINE = re.compile(r"(?:^|(?<=\s))!`([^`\n]+)`", re.MULTILINE)
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=\S*\s+")
# Anything here makes the client look at more than the words before it; this module then says nothing.
_BEYOND = re.compile(r"\$\(|`|<\(|>\(|\b(?:for|while|until|if|case|function|select)\b|[{}]")
_INTERPRETERS = frozenset({"sh", "bash", "zsh", "dash", "eval", "exec", "sudo", "env", "xargs"})


@dataclass(frozen=True, slots=True)
class Inline:
    """One shell command in a command file: its text and the text's offsets."""

    text: str
    start: int
    end: int


def find(document: Document, client: Client) -> list[Inline]:
    """The shell commands of a command file, in order."""
    parsed = document.markdown(client)
    found = [
        Inline(match[1], *match.span(1))
        for match in _INLINE.finditer(document.text, parsed.start)
        if not _is_inside(parsed.code_spans, match.start())
    ]
    for fence in parsed.fences:
        if fence.info.startswith("!") and fence.closed:
            text = document.text[fence.content_start : fence.content_end]
            found.append(Inline(text, fence.content_start, fence.content_end))
    return sorted(found, key=lambda each: each.start)


def _is_inside(spans: Sequence[Range], offset: int) -> bool:
    index = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return index >= 0 and offset < spans[index].end


def simple_commands(text: str) -> list[str] | None:
    """The parts between `;`, `&`, `|` and line ends; None where the shell's grammar goes beyond that."""
    if _BEYOND.search(text):
        return None
    parts, current, quote = [], "", ""
    for character in text + "\n":
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character in ";|&\n" and not current.endswith((">", "<")):
            parts.append(current.strip())
            current = ""
            continue
        current += character
    return None if quote else [_ASSIGNMENT.sub("", part, count=1) for part in parts if part]


def is_granted(part: str, tokens: Sequence[str]) -> bool:
    """Whether a command's `allowed-tools` approve one simple shell command."""
    return any(_approves(pattern, part) for pattern in bash_patterns(tokens))


def bash_patterns(tokens: Sequence[str]) -> Iterator[str]:
    """The patterns of the Bash tokens; `*` for Bash alone."""
    for granted in tokens:
        if granted == "Bash":
            yield "*"
        elif granted.startswith("Bash(") and granted.endswith(")"):
            yield granted[5:-1].strip()


def grants_any(pattern: str) -> bool:
    """Whether a Bash pattern lets every command run: everything, or a program that runs its arguments."""
    head = re.split(r"[:\s]", pattern, maxsplit=1)[0]
    rest = pattern[len(head) :].lstrip(": ")
    return pattern == "*" or (head in _INTERPRETERS and rest == "*")


def _approves(pattern: str, part: str) -> bool:
    if pattern.endswith(":*"):
        prefix = pattern[:-2]
        return bool(prefix) and (part == prefix or part.startswith(prefix + " "))
    if pattern.endswith(" *") and part == pattern[:-2]:
        return True
    return re.fullmatch(".*".join(re.escape(piece) for piece in pattern.split("*")), part) is not None
