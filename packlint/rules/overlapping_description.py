"""Two agents, or two skills, whose descriptions say nearly the same.

What it checks: descriptions that share at least three quarters of the words that tell what they are about. The
main model then chooses by chance. Two that differ by words of their names, say "theme" and "plugin", are told apart.

Evidence: the words are compared; the descriptions are all the model sees.
Versions: all.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes for errors and missing tests. Use after an edit.
    ---
    You review Python changes.

Bad (agents/checker.md):

    ---
    name: checker
    description: Reviews Python changes for missing tests and errors. Use after every edit.
    ---
    You check Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes for errors and missing tests. Use after an edit.
    ---
    You review Python changes.

Good (agents/migrator.md):

    ---
    name: migrator
    description: Writes Alembic migrations. Use when a model changes.
    ---
    You write migrations.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "DS002"
NAME = "overlapping-description"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    other = pack.overlaps.get(id(file))
    field = file.document.frontmatter(pack.client).field("description")
    if other is None or field is None or pack.gist(other).invoke == pack.gist(file).invoke:
        return
    yield Finding(
        field.start,
        field.end,
        f"says nearly the same as the description of '{pack.gist(other).name}' ({other.shown})",
        "the main model has nothing else to choose by, and takes either",
    )
