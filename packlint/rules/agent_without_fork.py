"""A command or a skill names an agent and does not run as one.

What it checks: `agent` has an effect only beside `context: fork`. Without it the command runs in the main thread.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (commands/explore.md):

    ---
    description: Explain how a module works
    argument-hint: <module>
    agent: Explore
    ---
    Explain how $ARGUMENTS works.

Good (commands/explore.md):

    ---
    description: Explain how a module works
    argument-hint: <module>
    context: fork
    agent: Explore
    ---
    Explain how $ARGUMENTS works.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CM009"
NAME = "agent-without-fork"
SEVERITY = Severity.WARNING
KINDS = (Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    field = found.field("agent")
    if field is not None and field.value and "context" not in found.values:
        yield Finding(
            field.key_start,
            field.end,
            "'agent' does nothing without 'context: fork'",
            f"clients 2.1.197 and 2.1.328 run the {file.kind} in the main thread",
        )
