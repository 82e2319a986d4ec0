"""An `@` reference that is looked for in another folder than the one where the file is.

What it checks: `@file` in a project's commands and skills. The client puts the file into the prompt if it is there
from the folder in which it runs, the project's. A file beside the command, in the skill's folder or below `.claude`
needs its whole path; a skill has `${CLAUDE_SKILL_DIR}` for its own.

Evidence: measured; what is not found is skipped without a message.
Versions: 2.1.197, 2.1.328.

Bad in a project (commands/build.md):

    ---
    description: Build the feature
    ---
    Follow @patterns/routers.md and build $ARGUMENTS.

Bad in a project (patterns/routers.md):

    # Routers

Good in a project (commands/build.md):

    ---
    description: Build the feature
    ---
    Follow @.claude/patterns/routers.md and build $ARGUMENTS.

Good in a project (patterns/routers.md):

    # Routers
"""

from __future__ import annotations

from packlint.discovery.layout import Layout
from packlint.files.filesystem import normal
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.reading.references import Kind as ReferenceKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "RF013"
NAME = "unattached-file"
SEVERITY = Severity.ERROR
KINDS = (Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if file.layout is not Layout.PROJECT:
        return
    for reference in pack.references(file):
        target = reference.target
        if reference.kind is not ReferenceKind.AT or target is None or pack.below(target) is None:
            continue
        if normal(f"{pack.location}/{reference.path}") == target:
            continue
        own = f"{file.skill_folder}/"
        right = f"${{CLAUDE_SKILL_DIR}}/{target[len(own) :]}" if target.startswith(own) else pack.below(target)
        place = file.document.text.find(reference.path, reference.start, reference.end)
        yield Finding(
            reference.start,
            reference.end,
            f"'@{reference.path}' is looked for in the project's folder; write '@{right}'",
            "clients 2.1.197 and 2.1.328 send the text without the file, and say nothing",
            Fix(f"write '@{right}'", (Edit(place, place + len(reference.path), str(right)),)) if place >= 0 else None,
        )
