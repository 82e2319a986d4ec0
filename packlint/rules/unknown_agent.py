"""A text names an agent that is not there.

What it checks: `subagent_type: "x"`, "the `x` agent", "`x` subagent", `@agent-x`, and this plugin's own `plugin:x` in
back-ticks, where the pack has no such agent and the client has none built in; "launch `x`" and "delegate to `x`" where
x is nearly an agent's name. A name with another plugin before it (`other:x`) is taken to exist. Where there is a
plugin.json, `subagent_type` needs the full name, `plugin:x`; a text that has both names works in a project as well and
is left alone.

The client does not mind capitals, blanks, hyphens and underscores in a name where only one agent can be meant. It
answers "Agent type 'x' not found" to any other, and the model improvises.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Start the `reveiwer` agent on $ARGUMENTS.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Good (commands/ship.md):

    ---
    description: Review and ship
    ---
    Start the `reviewer` agent on $ARGUMENTS.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.relations import mentions
from packlint.text.spelling import Spelling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "RF010"
NAME = "unknown-agent"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    spelling = Spelling(pack.vocabulary)
    for start, end, name in mentions.unknown(file, pack):
        yield Finding(
            start,
            end,
            f"no agent '{name}' in this pack{spelling.hint(name)}",
            f"the client answers \"Agent type '{name}' not found\"",
        )
    for start, end, name, full in mentions.bare(file, pack):
        yield Finding(
            start,
            end,
            f"'{name}' is an agent of this plugin; write '{full}'",
            f"the client answers \"Agent type '{name}' not found\": it knows a plugin's agents by their full names",
            Fix(f"write '{full}'", (Edit(start, end, full),), safe=False),
        )
