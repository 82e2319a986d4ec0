"""A plugin names one of its own files by a path that only works in a project.

What it checks: `patterns/x.md` in a plugin's agent or command. The client resolves it against the folder the user
works in, where the plugin's files are not. `${CLAUDE_PLUGIN_ROOT}/patterns/x.md` is found wherever the plugin is.

A skill may name the files in its own folder by paths from there, which the client tells the model, but not after `@`.

A text that names the same document both ways is left alone, and so is a path in back-ticks that no words around it
tell to read.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Read `patterns/routers.md` first.

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

from packlint.discovery.layout import Layout
from packlint.files.filesystem import normal
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.reading.references import Kind as ReferenceKind
from packlint.reading.references import Reference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "RF007"
NAME = "project-path"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if file.layout is not Layout.PLUGIN:
        return
    references = pack.references(file)
    rooted = {reference.path for reference in references if reference.variable == "CLAUDE_PLUGIN_ROOT"}
    for reference in references:
        if reference.variable is not None or reference.target is None or not reference.path:
            continue
        if not (reference.certain and reference.told) or reference.path in rooted:
            continue
        place = pack.below(reference.target)
        if place is None or reference.target == file.location or _is_found(reference, reference.target, file):
            continue
        own = f"{file.skill_folder}/"
        is_own = reference.target.startswith(own)
        right = (
            f"${{CLAUDE_SKILL_DIR}}/{reference.target[len(own) :]}" if is_own else f"${{CLAUDE_PLUGIN_ROOT}}/{place}"
        )
        fix = None
        if (at := file.document.text.find(reference.path, reference.start, reference.end)) >= 0:
            fix = Fix(f"write '{right}'", (Edit(at, at + len(reference.path), right),), safe=False)
        yield Finding(
            reference.start,
            reference.end,
            f"'{reference.path}' is a file of this plugin; write '{right}'",
            "once the plugin is installed the client looks for it in the user's project, where it is not",
            fix,
        )


def _is_found(reference: Reference, target: str, file: File) -> bool:
    """Whether the path leads to the file from the skill's folder."""
    is_at = reference.kind is ReferenceKind.AT
    return file.skill_folder is not None and not is_at and normal(f"{file.skill_folder}/{reference.path}") == target
