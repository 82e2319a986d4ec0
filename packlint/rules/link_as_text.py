"""A link that git checked out as text.

What it checks: an agent, a command, a skill or a document that holds nothing but the path of another file. That is what
becomes of a symbolic link where git may make none, as on Windows without the developer mode, or with
`core.symlinks=false`. The client takes the path for the text itself: a project's agent is not loaded, a plugin's is
listed with a fallback and all tools, and a command sends the path. Of such a file in the place of a project's agents,
commands or skills folder nothing is loaded. Copy the file, or keep links out of what is shared.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (commands/ship.md):

    ../shared/ship.md

Bad (shared/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.
"""

from __future__ import annotations

from packlint.discovery import linked
from packlint.discovery.layout import Layout
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL023"
NAME = "link-as-text"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT, Kind.STRAY)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    path = linked.target(file)
    if path is not None:
        words = f"the file holds nothing but the path '{path}': a link that was checked out as text"
        is_document = file.kind is Kind.DOCUMENT
        yield Finding(0, 0, words, _told(file), severity=Severity.WARNING if is_document else None)


def _told(file: File) -> str:
    if file.kind is Kind.DOCUMENT:
        return "whoever reads the file gets the path alone"
    if file.kind is Kind.STRAY:
        return "the client loads nothing of what is there, and says nothing"
    if file.kind is not Kind.AGENT:
        return f"the client takes the path for the text of the {file.kind}"
    if file.layout is Layout.PROJECT:
        return "the client does not load this agent, and says nothing"
    return (
        "the client lists an agent with a fallback for its description, gives it all tools, and tells it the path alone"
    )
