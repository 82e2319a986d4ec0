"""Text that only the model can read.

What it checks: Unicode tag characters, which spell ASCII text without showing it, and long runs of variation selectors,
which can carry any bytes. The flags of England, Scotland and Wales are spelt with tags and left alone.

Evidence: the Unicode database; the message says what is spelt.
Versions: all; the client passes the text on as it is.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    Review the diff.\U000e0068\U000e0069

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

CODE = "TX005"
NAME = "hidden-text"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT, Kind.MANIFEST)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for run in hidden.tags(file.document.text):
        yield Finding(
            run.start,
            run.end,
            f"text that nobody sees: {run.words}",
            "the client sends it to the model",
            Fix("take it out", (Edit(run.start, run.end, ""),), safe=False),
        )
