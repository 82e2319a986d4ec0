"""A path differs from the file's name in case.

What it checks: `Patterns/Routers.md` finds `patterns/routers.md` on macOS and Windows and nothing on Linux, where
most automation runs.

Evidence: the file system's own behaviour.
Versions: all.

Bad (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Read `${CLAUDE_PLUGIN_ROOT}/patterns/Routers.md` first.

Bad (patterns/routers.md):

    # Routers

Good (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Read `${CLAUDE_PLUGIN_ROOT}/patterns/routers.md` first.

Good (patterns/routers.md):

    # Routers
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "RF002"
NAME = "wrong-case-path"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for reference in pack.references(file):
        if reference.wrong_case is None:
            continue
        place = file.document.text.find(reference.path, reference.start, reference.end)
        fix = None
        if place >= 0 and len(reference.wrong_case) == len(reference.path):
            edit = Edit(place, place + len(reference.path), reference.wrong_case)
            fix = Fix(f"write '{reference.wrong_case}'", (edit,))
        yield Finding(
            reference.start,
            reference.end,
            f"'{reference.path}' is spelled '{reference.wrong_case}' on disk",
            "on Linux the file is not found",
            fix,
        )
