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

from packlint.discovery.layout import Layout
from packlint.frontmatter import State
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM005"
NAME = "lost-yaml"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    if found.state is not State.LOST or found.error is None:
        return
    lines = found.yaml.split("\n")
    line = min(found.error.line, len(lines) - 1)
    start = found.start + sum(len(text) + 1 for text in lines[:line])
    start += min(found.error.column, len(lines[line]))
    end = max(start, file.document.line_end(start))
    message = f"YAML does not parse: {found.error.reason}{_in_value(lines, line)}"
    yield Finding(start, end, message, _consequence(file))


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
