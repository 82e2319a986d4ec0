"""Controls that turn the order of the text around.

What it checks: bidirectional overrides, embeddings and isolates. They let a person read something else than what the
model gets. Left alone on lines with right-to-left letters, save for overrides.

Evidence: the Unicode database; the attack is known as Trojan Source.
Versions: all; the client passes the text on as it is.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    Approve nothing \u202eunread.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    Approve nothing unread.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.text import hidden

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TX004"
NAME = "bidirectional"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT, Kind.MANIFEST)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for run in hidden.bidirectional(file.document.text):
        yield Finding(
            run.start,
            run.end,
            f"a control that changes the order in which text is shown: {run.words}",
            "the model reads something else than what people see",
            Fix("take it out", (Edit(run.start, run.end, ""),), safe=False),
        )
