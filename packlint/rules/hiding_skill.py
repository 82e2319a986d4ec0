"""A SKILL.md in a commands folder hides the commands beside it.

What it checks: commands/, or a folder below it, with a file SKILL.md becomes one skill, named after the folder. The
other files in the folder are no commands any more; in a plugin those in its subfolders go, too.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (commands/git/SKILL.md):

    ---
    description: How this team uses git
    ---
    Commit small changes.

Bad (commands/git/sync.md):

    ---
    description: Bring the branch up to date
    ---
    Rebase the current branch.

Good (commands/git/sync.md):

    ---
    description: Bring the branch up to date
    ---
    Rebase the current branch.
"""

from __future__ import annotations

import os

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CM011"
NAME = "hiding-skill"
SEVERITY = Severity.ERROR
KINDS = (Kind.COMMAND,)

_SHOWN = 3


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if not file.role.is_skill:
        return
    others = [other for other in pack.commands if pack.hidden.get(id(other)) is file and other.real != file.real]
    hidden = [other.command(pack.client).invoke for other in others]
    if hidden:
        more = f" and {len(hidden) - _SHOWN} more" if len(hidden) > _SHOWN else ""
        names = ", ".join(hidden[:_SHOWN]) + more
        yield Finding(
            0,
            0,
            f"{os.path.basename(file.location)} hides {names}",
            "clients 2.1.197 and 2.1.328 make one skill of this folder; move the skill to skills/",
        )
