"""An agent's name is not its file name.

What it checks: the client goes by `name` and ignores the file name. People look for the file by the name
they called, so keeping both the same saves a search.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (agents/rev.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
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

from collections.abc import Iterator

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

CODE = "NM005"
NAME = "name-differs"
SEVERITY = Severity.INFO
KINDS = (Kind.AGENT,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    field = file.document.frontmatter(pack.client).field("name")
    if field is not None and isinstance(field.value, str) and field.value and field.value != file.role.stem:
        yield Finding(
            field.start,
            field.end,
            f"the name '{field.value}' is not the file name '{file.role.stem}'",
            "the client goes by the name",
        )
