"""A code block is never closed.

What it checks: a fence of backticks or tildes without a closing line of at least as many. All that follows is code
to every reader that knows Markdown: headings and lists are lost, and links in it lead nowhere. Where every block is
closed once blocks inside others are counted, this is advice: a model sees what is meant.

Evidence: the rules of CommonMark.
Versions: all; the client passes the text on as it is.

Bad (agents/tester.md):

    ---
    name: tester
    description: Writes tests. Use after an edit.
    ---
    Run this:

    ```bash
    pytest

    Then report.

Good (agents/tester.md):

    ---
    name: tester
    description: Writes tests. Use after an edit.
    ---
    Run this:

    ```bash
    pytest
    ```

    Then report.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CD001"
NAME = "unclosed-fence"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    text, parsed = file.document.text, file.document.markdown(pack.client)
    for fence in parsed.fences:
        if fence.closed and fence is not parsed.nesting:
            continue
        opening = text[fence.start : fence.content_start]
        start = fence.start + len(opening) - len(opening.lstrip(" \t"))
        if not fence.closed and not text.startswith(">", start):
            yield Finding(
                start,
                file.document.line_end(start),
                "a code block that is never closed",
                "everything below it is read as code",
            )
        elif fence.closed:
            yield Finding(
                start,
                file.document.line_end(start),
                "a code block with another one inside; give the outer one a mark more",
                "Markdown ends both where the inner one ends, and reads the rest the wrong way round",
                severity=Severity.INFO,
            )
