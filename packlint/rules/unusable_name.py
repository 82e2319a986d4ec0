"""An agent's name is one the client refuses.

What it checks: a project agent whose name begins with `-` is rejected. Newer clients skip one with `:` in its name,
because `:` separates a plugin from its agent; a full-width colon counts as one. They skip a name of more than 256
characters, too. A plugin agent with such a name loads: one with `:` cannot be told from an agent in a subfolder, one
with too long a name is called after its file.

Evidence: measured.
Versions: `-` 2.1.197 and 2.1.328; `:` and the length 2.1.328.

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

from packlint.client import clients
from packlint.discovery.layout import Layout
from packlint.loading import naming
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "NM002"
NAME = "unusable-name"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    field = file.document.frontmatter(pack.client).field("name")
    if field is None or not isinstance(field.value, str):
        return
    faults = {each.version: fault for each in clients() if (fault := naming.fault_of_project_agent(field.value, each))}
    if not faults:
        return
    message, is_one = list(faults.values())[-1], len(faults) == 1
    refused = f"client{'' if is_one else 's'} {' and '.join(faults)} {'does' if is_one else 'do'} not load"
    if file.layout is Layout.PROJECT:
        severity = Severity.ERROR if pack.client.measured in faults else Severity.WARNING
        yield Finding(field.start, field.end, message, f"{refused} this agent", severity=severity)
        return
    invoke = file.agent(pack.client).invoke
    consequence = f"it loads as '{invoke}'; {refused} it as a project agent"
    yield Finding(field.start, field.end, message, consequence, severity=Severity.WARNING)
