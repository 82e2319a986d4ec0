"""Frontmatter is opened and never closed.

What it checks: the client needs a second `---`. Without one the whole file is body: a project
agent is not loaded, a plugin agent loses its metadata and gets all tools, a command or a skill sends
its own frontmatter to the model. YAML's `...` does not close it.

Evidence: measured; one run for each file in tests/conformance.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ...
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
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

CODE = "FM003"
NAME = "unclosed-frontmatter"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if file.document.frontmatter(pack.client).state is not State.UNCLOSED:
        return
    if file.kind is not Kind.AGENT:
        consequence = f"the client sends it to the model as text and loses the {file.kind}'s metadata"
    elif file.layout is Layout.PROJECT:
        consequence = "the client does not load this agent, and says nothing"
    else:
        consequence = "the client loses all metadata: the agent gets all tools"
    yield Finding(0, file.document.line_end(0), "frontmatter is not closed by a line '---'", consequence)
