"""A control character in the text.

What it checks: NUL, escape, backspace and the like. A NUL in frontmatter loses the file in newer clients, which is
reported as frontmatter that does not parse; elsewhere such a character comes from a broken tool and can rewrite
what a terminal shows.

The fix takes it out.

Evidence: measured for NUL.
Versions: 2.1.197 reads frontmatter up to the NUL, 2.1.328 drops all of it.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    Review the \x1b[1mdiff.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    Review the diff.
"""

from __future__ import annotations

from collections.abc import Iterator

from packlint import hidden
from packlint.frontmatter import State
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity

CODE = "TX006"
NAME = "control-character"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.DOCUMENT)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    for run in hidden.controls(file.document.text):
        if found.state is State.LOST and run.start < found.end:
            continue
        yield Finding(
            run.start,
            run.end,
            f"a control character: {run.words}",
            "the client sends it to the model; a terminal may obey it",
            Fix("take it out", (Edit(run.start, run.end, ""),)),
        )
