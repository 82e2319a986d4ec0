"""A client variable without braces.

What it checks: the client replaces `${CLAUDE_PLUGIN_ROOT}` and its kin in the text of agents and commands, and leaves
`$CLAUDE_PLUGIN_ROOT` as it stands. In a shell that an agent starts the variable is empty, so the path
begins at the root of the file system. A text that only speaks of the variable is left alone.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Read `$CLAUDE_PLUGIN_ROOT/patterns/routers.md` first.

Bad (patterns/routers.md):

    # Routers

Good (agents/developer.md):

    ---
    name: developer
    description: Writes routers. Use for new endpoints.
    ---
    Read `${CLAUDE_PLUGIN_ROOT}/patterns/routers.md` first.

Good (patterns/routers.md):

    # Routers
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "RF005"
NAME = "unbraced-variable"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for reference in pack.references(file):
        is_spoken_of = not reference.path and not reference.certain
        if reference.variable is None or reference.braced or is_spoken_of:
            continue
        end = reference.start + 1 + len(reference.variable)
        yield Finding(
            reference.start,
            end,
            f"'${reference.variable}' is not replaced; write '${{{reference.variable}}}'",
            "the client replaces only the form with braces; in a shell the variable is empty",
            Fix("add the braces", (Edit(reference.start, end, f"${{{reference.variable}}}"),)),
        )
