"""A suppression comment that suppresses nothing, or gives no reason.

What it checks: `# packlint: ignore[CODE] reason` in frontmatter and `<!-- packlint: ignore[CODE] reason -->` in
the body silence findings of that code on their own line, and where the comment stands alone on the next line
that is not blank, or in the whole block of code that begins there. One that no longer meets a finding hides the next
real one; one without a reason cannot be judged; a code that no rule has silences nothing, and neither does a comment
without a code in brackets.

Evidence: none needed.
Versions: all.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    # packlint: ignore[TL001] the server is private
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    # packlint: ignore[TL001] a tool of our own build
    tools: Read, OurTool
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "SU001"
NAME = "unused-suppression"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    """Suppressions are judged after all other rules: see packlint.suppression."""
    yield from ()
