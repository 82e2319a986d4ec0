"""A document that no agent, command or document refers to.

What it checks: the Markdown files in patterns/ and styles/, and in any folder of which the pack reads at least one
file. A document that nothing mentions is never read: it costs care and gives nothing. README files are for people
and are left alone.

Evidence: none needed; the client reads no document on its own.
Versions: all.

Bad (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Read `${CLAUDE_PLUGIN_ROOT}/patterns/routers.md` first.

Bad (patterns/routers.md):

    # Routers

Bad (patterns/models.md):

    # Models

Good (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Read `${CLAUDE_PLUGIN_ROOT}/patterns/routers.md` first.

Good (patterns/routers.md):

    # Routers

    Models are described in [models](models.md).

Good (patterns/models.md):

    # Models
"""

from __future__ import annotations

from collections.abc import Iterator

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

CODE = "RF009"
NAME = "unread-document"
SEVERITY = Severity.WARNING
KINDS = (Kind.DOCUMENT,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if file.real in pack.referenced_by or file.real in pack.meant:
        return
    if file.role.stem.lower() not in ("readme", "changelog", "contributing", "license", "index"):
        yield Finding(0, 0, "no agent, command or document refers to this file", "the client never reads it")
