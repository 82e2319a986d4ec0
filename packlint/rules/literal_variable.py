"""A client variable that is not replaced in this place.

What it checks: a project's agents get no replacement at all, a project's commands and skills no plugin's folder;
`${CLAUDE_PLUGIN_ROOT}` means something in plugins alone, `${CLAUDE_SKILL_DIR}` in skills alone. Elsewhere the model
reads the variable's name as part of the path.

A text that names the same document, or the same folder in back ticks, by a plain path as well works in both layouts and
is left alone.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad in a project (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Read `${CLAUDE_PLUGIN_ROOT}/patterns/routers.md` first.

Good in a project (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Read `.claude/patterns/routers.md` first.

Good in a project (patterns/routers.md):

    # Routers
"""

from __future__ import annotations

import os

from packlint import regex
from packlint.discovery.layout import Layout
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "RF006"
NAME = "literal-variable"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)

_PATH = regex.lazy(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*")
_REPLACED = {
    (Layout.PLUGIN, Kind.AGENT): {"CLAUDE_PLUGIN_ROOT", "CLAUDE_PLUGIN_DATA", "CLAUDE_PROJECT_DIR"},
    (Layout.PLUGIN, Kind.COMMAND): {"CLAUDE_PLUGIN_ROOT", "CLAUDE_PLUGIN_DATA", "CLAUDE_PROJECT_DIR"},
    (Layout.PROJECT, Kind.AGENT): set(),
    (Layout.PROJECT, Kind.COMMAND): {"CLAUDE_PROJECT_DIR"},
    (Layout.PLUGIN, Kind.SKILL): {"CLAUDE_PLUGIN_ROOT", "CLAUDE_PLUGIN_DATA", "CLAUDE_PROJECT_DIR", "CLAUDE_SKILL_DIR"},
    (Layout.PROJECT, Kind.SKILL): {"CLAUDE_PROJECT_DIR", "CLAUDE_SKILL_DIR"},
}


def check(file: File, pack: Pack) -> Iterator[Finding]:
    references = pack.references(file)
    plain = {reference.path for reference in references if reference.variable is None and reference.target}
    plain |= {span.text for span in file.document.markdown(pack.client).code_spans if _is_there(pack, span.text)}
    for reference in references:
        if reference.variable is None or reference.variable in _REPLACED[file.layout, file.kind]:
            continue
        if reference.variable == "CLAUDE_SKILL_DIR" and file.skill_folder is not None:
            continue
        if not reference.certain or reference.path in plain or not reference.braced:
            continue
        yield Finding(
            reference.start,
            reference.end,
            f"'${{{reference.variable}}}' is not replaced in a {file.layout.value}'s {file.kind.value}",
            "the client leaves it as it stands, so the path leads nowhere",
        )


def _is_there(pack: Pack, path: str) -> bool:
    """Whether a code span is a path that a reader would find from the pack's folders."""
    bases = (pack.location, pack.base_location) if _PATH.fullmatch(path) else ()
    return any(os.path.exists(os.path.join(base, path)) for base in bases)
