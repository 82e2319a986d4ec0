"""Characters without width.

What it checks: zero-width spaces, joiners and the like between letters, digits and signs that have no use for
them. They make two words look equal that are not: a tool name, a path or a key that nothing matches. Left alone
where a script or an emoji needs them.

The fix takes them out.

Evidence: the Unicode database.
Versions: all; the client passes the text on as it is.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    Review the\u200b diff.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    Review the diff.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.text import hidden

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TX003"
NAME = "zero-width"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT, Kind.MANIFEST)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for run in hidden.zero_width(file.document.text):
        yield Finding(
            run.start,
            run.end,
            f"a character nobody sees: {run.words}",
            "the client sends it to the model; a name or path that holds it matches nothing",
            Fix("take it out", (Edit(run.start, run.end, ""),)),
        )
