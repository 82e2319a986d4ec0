"""An agent's name is one the client refuses.

What it checks: a project agent whose name begins with `-` is rejected; one with `:` in its name is skipped
by newer clients, because `:` separates a plugin from its agent. A plugin agent with such a name loads,
and cannot be told from an agent in a subfolder.

Evidence: measured.
Versions: `-` 2.1.197 and 2.1.328; `:` 2.1.328.

Bad in a project (agents/reviewer.md):

    ---
    name: python:reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Good in a project (agents/reviewer.md):

    ---
    name: python-reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.
"""

from __future__ import annotations

from collections.abc import Iterator

from packlint.client import clients
from packlint.discovery.layout import Layout
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

CODE = "NM002"
NAME = "unusable-name"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    field = file.document.frontmatter(pack.client).field("name")
    if field is None or not isinstance(field.value, str):
        return
    if field.value.startswith("-"):
        message, refusing = "name begins with '-'", [each.version for each in clients()]
    elif ":" in field.value:
        message = "name contains ':'"
        refusing = [each.version for each in clients() if each.does("drops_project_agent_with_colon")]
    else:
        return
    versions = f"client {' and '.join(refusing)}"
    if file.layout is Layout.PROJECT:
        severity = Severity.ERROR if pack.client.version in refusing else Severity.WARNING
        yield Finding(field.start, field.end, message, f"{versions} does not load this agent", severity=severity)
        return
    consequence = f"it loads as '{file.role.qualified(field.value)}'; {versions} does not load it as a project agent"
    yield Finding(field.start, field.end, message, consequence, severity=Severity.WARNING)
