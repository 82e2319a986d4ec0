"""A path leaves the pack.

What it checks: `../../shared/notes.md` and the like. An installed plugin is a copy of its own folder: whatever lies
outside stays behind. In a project such a path depends on where the repository was put.

Evidence: measured: installing copies the plugin's folder and nothing else.
Versions: 2.1.197, 2.1.328.

Bad (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Follow [the notes](../../shared/notes.md).

Good (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Follow [the notes](../patterns/notes.md).

Good (patterns/notes.md):

    # Notes
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "RF003"
NAME = "escaping-path"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for reference in pack.references(file):
        if reference.escapes and reference.path:
            yield Finding(
                reference.start,
                reference.end,
                f"'{reference.path}' leaves the {pack.layout.value}",
                "it is not there once the plugin is installed"
                if pack.layout.value == "plugin"
                else "it is not part of the project",
            )
