"""A document that no agent, command, skill or document refers to.

What it checks: the Markdown files in patterns/ and styles/, and in any folder of which the pack reads at least one
file; in a skill those beside SKILL.md and in references/. A document that nothing mentions is never read: it costs care
and gives nothing. Left alone are README files, which are for people, and documents of a folder that a text names as a
whole (`patterns/`, `patterns/*.md`).

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

import re
from collections.abc import Iterator

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.root import is_below

CODE = "RF009"
NAME = "unread-document"
SEVERITY = Severity.WARNING
KINDS = (Kind.DOCUMENT,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if file.real in pack.referenced_by or file.real in pack.meant:
        return
    is_for_people = file.role.stem.lower() in ("readme", "changelog", "contributing", "license", "index")
    if not is_for_people and not _is_named(file, pack) and not _is_in_folder_named(file, pack):
        told = "no agent, command, skill or document refers to this file"
        yield Finding(0, 0, told, "the client never reads it")


def _is_named(file: File, pack: Pack) -> bool:
    """Whether a text of the same skill names the document or, as a whole, its folder."""
    skill = pack.skill_folder(file)
    if skill is None:
        return False
    folder, name = file.location.rsplit("/", 2)[1:]
    named = re.compile(rf"{re.escape(name)}\b|\b{re.escape(folder)}/(?!\w)")
    others = (other for other in pack.files if other is not file and pack.skill_folder(other) == skill)
    return any(named.search(other.document.text) for other in others)


def _is_in_folder_named(file: File, pack: Pack) -> bool:
    """Whether another file names a folder around the document as a whole."""
    named = pack.folders_named_by
    return any(is_below(file.real, folder) and files - {file.real} for folder, files in named.items())
