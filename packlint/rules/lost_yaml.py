"""Frontmatter does not parse, and the client cannot recover it.

What it checks: when YAML does not parse, the client quotes single top-level lines and tries again.
Values over several lines, broken quotes, stray text and Windows line ends defeat that. Then a project
agent is not loaded; a plugin agent is listed under its file name with *all* tools, whatever `tools`
said; a command keeps its body and loses its description, grants and model.

Evidence: measured; one run for each file in tests/conformance. `claude plugin validate` calls
all broken YAML lost, which is right here only.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: "Reviews "all" changes"
    tools: Read
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews "all" changes
    tools: Read
    ---
    You review Python changes.
"""

from __future__ import annotations

from itertools import pairwise

from packlint import regex
from packlint.discovery.layout import Layout
from packlint.frontmatter import State
from packlint.pack import File, Kind, Pack
from packlint.parsing import yaml12
from packlint.parsing.node import YamlError
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM005"
NAME = "lost-yaml"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)

# So far before the place where it is noticed a fault is looked for.
_MOST_KEYS = 100
# What begins a list, a mapping or a text in quotes.
_OPENING = regex.lazy(r"(?<![^ \t:])([\[{\"'])")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    if found.state is not State.LOST or found.error is None:
        return
    lines = found.yaml.split("\n")
    line, column = _fault(lines, found.error)
    start = found.start + sum(len(text) + 1 for text in lines[:line]) + min(column, len(lines[line]))
    end = max(start, file.document.line_end(start))
    message = f"YAML does not parse: {found.error.reason}{_in_value(lines, line)}"
    yield Finding(start, end, message, _consequence(file))


def _fault(lines: list[str], error: YamlError) -> tuple[int, int]:
    """Line and column of the fault: what is never closed is noticed in a later key, where nobody would look."""
    keys = [number for number, text in enumerate(lines[: error.line + 1]) if text[:1].isalnum()]
    if error.line >= len(lines) - 1:
        keys.append(len(lines))
    for begin, end in pairwise(keys[-_MOST_KEYS:]):
        opened = _opened(lines[begin:end])
        if opened is not None:
            return begin + opened[0], opened[1]
    return min(error.line, len(lines) - 1), error.column


def _opened(lines: list[str]) -> tuple[int, int] | None:
    """Line and column of what a key's value opens, where that value does not parse alone."""
    try:
        yaml12.parse("\n".join(lines))
    except YamlError:
        found = ((number, _OPENING.search(lines[number])) for number in reversed(range(len(lines))))
        return next(((number, match.start(1)) for number, match in found if match is not None), None)
    return None


def _in_value(lines: list[str], line: int) -> str:
    for text in reversed(lines[: line + 1]):
        key, colon, _ = text.partition(":")
        if colon and key.replace("-", "").replace("_", "").isalnum():
            return f" (in the value of '{key}')"
    return ""


def _consequence(file: File) -> str:
    if file.kind is not Kind.AGENT:
        return "no client version recovers it: description, grants and model are lost, the body still runs"
    if file.layout is Layout.PROJECT:
        return "no client version recovers it: the agent is not loaded, and nothing says so"
    return "no client version recovers it: name, description, tools and model are lost, and the agent gets all tools"
