"""Text that was decoded with the wrong character set.

What it checks: runs of characters that turn into valid UTF-8 when read as Windows-1252 or Mac Roman bytes, such
as `\xe2\u20ac\u2122` for an apostrophe. The model reads the run as it stands: a threshold loses its sign, an
emoji becomes noise that costs tokens. Runs that could be real text in some language are left alone, and one in quotes
on a line that has the right text as well, which speaks of mojibake.

The fix puts the right characters in.

Evidence: every reported run round-trips exactly.
Versions: all; the client passes the text on as it is.

Bad (agents/tester.md):

    ---
    name: tester
    description: Writes tests. Use after an edit.
    ---
    Cover \xe2\u2030\xa590% of the lines.

Good (agents/tester.md):

    ---
    name: tester
    description: Writes tests. Use after an edit.
    ---
    Cover \u226590% of the lines.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.text import mistranslated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TX001"
NAME = "mojibake"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)

_QUOTES = ("`", '"', "'", "\u201c", "\u201d", "\u2018", "\u2019")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for run in mistranslated.runs(file.document.text):
        if _is_shown(file.document.text, run):
            continue
        yield Finding(
            run.start,
            run.end,
            f"mojibake: '{run.wrong}' is '{run.right}' read as {run.charset}",
            "the client sends the wrong characters to the model",
            Fix(f"write '{run.right}'", (Edit(run.start, run.end, run.right),)),
        )


def _is_shown(text: str, run: mistranslated.Run) -> bool:
    """Whether a text speaks of mojibake: the stretch stands alone in quotes, and what it was on the same line."""
    if not (text[run.start - 1 : run.start] in _QUOTES and text[run.end : run.end + 1] in _QUOTES):
        return False
    end = text.find("\n", run.end)
    line = text[text.rfind("\n", 0, run.start) + 1 : end if end >= 0 else len(text)]
    return run.right in line
