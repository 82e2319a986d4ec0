"""Frontmatter holds no keys.

What it checks: the YAML between the two `---` lines must be a mapping of keys to values. Where it is
empty, a list or a plain text, the client has no metadata: a project agent is not loaded, a plugin
agent is listed under its file name with all tools, a plugin's skill is hidden from the model.

A command may do without frontmatter; an empty one is only reported when it holds something
that is not a mapping.

Evidence: measured; one run for each file in tests/conformance.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    - name: reviewer
    - description: Reviews Python changes. Use after an edit.
    ---
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

CODE = "FM004"
NAME = "empty-frontmatter"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    if found.state not in (State.PARSED, State.RECOVERED) or found.is_mapping:
        return
    empty = found.root is None or found.root.value is None
    if empty and file.kind is Kind.COMMAND:
        return
    message = "frontmatter is empty" if empty else "frontmatter is not a mapping of keys to values"
    if file.kind is not Kind.AGENT:
        is_hidden = file.command(pack.client).hidden_from_model
        fate = "has no metadata, and the model does not see it" if is_hidden else "has no metadata"
        consequence = f"the client ignores it: the {file.kind} {fate}"
    elif file.layout is Layout.PROJECT:
        consequence = "the client does not load this agent, and says nothing"
    else:
        consequence = "the client uses its fallback: named after the file, with all tools"
    yield Finding(found.start, max(found.start, found.end - 1), message, consequence)
