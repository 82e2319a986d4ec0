"""A frontmatter value is of the wrong type.

What it checks: the value's type against the JSON Schema of agent or command frontmatter (`packlint
schema agent`). The consequence depends on the key: a project agent whose description is a number is not
loaded, `tools: 3` gives no tools at all while the listing says "All tools".

Evidence: measured; the schema notes for each key what the client does.
Versions: 2.1.197, 2.1.328. `hooks` have a rule of their own: FM019.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools: {Read: true}
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools: [Read]
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint import schema
from packlint.discovery.layout import Layout
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM012"
NAME = "wrong-type"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    for misfit in schema.misfits(file.kind.value, found.values, file.layout.value):
        field = found.field(misfit.key)
        # What is left empty has rules of its own, or means the same as no key; an empty list is a value to the client.
        if field is None or not misfit.is_type or field.value in (None, "") or field.key == "hooks":
            continue
        if file.layout is Layout.PLUGIN and pack.client.ignores_in_plugin(file.kind.value, misfit.key):
            continue
        yield Finding(
            field.start,
            field.end,
            f"'{misfit.key}' must be {misfit.message}",
            misfit.consequence,
            severity=Severity(misfit.severity),
        )
