"""A file that is meant as a skill and is none.

What it checks: the client takes `skills/<name>/SKILL.md` for a skill, this deep and in this spelling, and what a
plugin's manifest names. It passes over `skill.md`, a SKILL.md in a group of folders, a Markdown file in skills/
that is described like a skill, and, where a plugin's skills/ has a SKILL.md itself, every folder in it.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (skills/git/skill.md):

    ---
    description: How this team uses git. Use for commits and branches.
    ---
    Commit small changes.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Good (skills/git/SKILL.md):

    ---
    description: How this team uses git. Use for commits and branches.
    ---
    Commit small changes.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL015"
NAME = "stray-skill"
SEVERITY = Severity.ERROR
KINDS = (Kind.STRAY,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    is_described = found.is_mapping and found.values.get("description") not in (None, "")
    is_read = file.real in pack.referenced_by
    if file.role.is_skill or (is_described and not is_read):
        told = "clients 2.1.197 and 2.1.328 pass over it and say nothing"
        yield Finding(0, 0, f"no skill is made of this file: {file.stray}", told)
