"""A frontmatter value is not one of those the client knows.

What it checks: `color`, `effort`, `permissionMode`, `memory`, `isolation`, `maxTurns`, `background` and the
like take a fixed set of values. The client ignores any other, at most with a line in its debug log.

Evidence: measured for all but `color`, whose values are documented.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    effort: extreme
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    effort: high
    ---
    You review Python changes.
"""

from __future__ import annotations

from collections.abc import Iterator

from packlint import schema
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.spelling import did_you_mean

CODE = "FM017"
NAME = "bad-value"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    for misfit in schema.misfits(file.kind.value, found.values, file.layout.value):
        field = found.field(misfit.key)
        if field is None or misfit.is_type or field.value is None:
            continue
        known = [word for word in schema.choices(file.kind.value, misfit.key) if isinstance(word, str)]
        hint = did_you_mean(field.value, known) if isinstance(field.value, str) else ""
        yield Finding(
            field.start,
            field.end,
            f"'{misfit.key}' must be {misfit.message}{hint}",
            misfit.consequence,
            severity=Severity(misfit.severity),
        )
