"""A control character in the text.

What it checks: NUL, escape, backspace and the like. A NUL in frontmatter loses the file in newer clients, which is
reported as frontmatter that does not parse; elsewhere such a character comes from a broken tool and can rewrite
what a terminal shows.

The first of a file is reported; the fix takes out all of them.

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

from packlint.frontmatter import State
from packlint.mending.worth import weighed
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.text import hidden
from packlint.text.hidden import Hidden

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CODE = "TX006"
NAME = "control-character"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    runs = [
        run for run in hidden.controls(file.document.text) if found.state is not State.LOST or run.start >= found.end
    ]
    if runs and file.document.is_utf8:
        more = f" and {len(runs) - 1} more" if len(runs) > 1 else ""
        yield Finding(
            runs[0].start,
            runs[0].end,
            f"a control character: {runs[0].words}{more}",
            "the client sends it to the model; a terminal may obey it",
            _fix(file, runs),
        )


def _fix(file: File, runs: Sequence[Hidden]) -> Fix:
    fix = Fix("take out every one", tuple(Edit(run.start, run.end, "") for run in runs))
    return fix if file.kind is Kind.DOCUMENT else weighed(file, fix)
