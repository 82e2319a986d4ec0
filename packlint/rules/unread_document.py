"""A document that no agent, command, skill or document refers to.

What it checks: the Markdown files in patterns/ and styles/, and in any folder of which the pack reads at least one
file; in a skill those beside SKILL.md and in references/. A document that nothing mentions is never read: it costs
care and gives nothing. A text mentions one as well where it names the whole folder, or its name with a placeholder in
it; so do other files of the same skill or folder. README files and `docs/` are for people, files in `templates/` and
`assets/` are written from, and `rules/` is for `.claude/rules`, which the client loads itself: these are left alone.

Evidence: none needed; the client reads no other document on its own.
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

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "RF009"
NAME = "unread-document"
SEVERITY = Severity.WARNING
KINDS = (Kind.DOCUMENT,)

_WRITTEN_FROM = {"assets", "templates", "template"}


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if file.real in pack.referenced_by or file.real in pack.meant or _is_for_others(file, pack):
        return
    if file.location not in pack.named:
        told = "no agent, command, skill or document refers to this file"
        yield Finding(0, 0, told, "the client never reads it")


def _is_for_others(file: File, pack: Pack) -> bool:
    """Whether a document is for people, is written from, or is read by the client itself."""
    if file.role.stem.lower() in ("readme", "changelog", "contributing", "license", "index"):
        return True
    below = file.location[len(pack.location) + 1 :].split("/")[:-1]
    return not _WRITTEN_FROM.isdisjoint(below) or file.location.startswith(f"{pack.base_location}/rules/")
