"""A text names an agent that is not there.

What it checks: `subagent_type: "x"`, "the `x` agent", "`x` subagent" and `@agent-x`, where the pack has no
such agent and the client has none built in. A name with another plugin before it (`other:x`) is taken to exist.

The client answers "Agent type 'x' not found" and the model improvises.

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

import re
from collections.abc import Iterator

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.spelling import did_you_mean, nearest

CODE = "RF010"
NAME = "unknown-agent"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.DOCUMENT)

_NAME = r"(?P<{}>[A-Za-z][\w-]*(?::[\w-]+)*)"
_MENTION = re.compile(
    rf"subagent_type[\"']?\s*[:=]\s*[\"'`]?{_NAME.format('typed')}"
    rf"|`{_NAME.format('quoted')}`\s+(?:sub)?agent\b"
    rf"|(?<![\w@])@agent-{_NAME.format('at')}"
)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if not pack.agents:
        return
    known = {*pack.client.builtin_agents, *pack.agent_names}
    parsed = file.document.markdown(pack.client)
    for match in _MENTION.finditer(file.document.text, parsed.start):
        group = match.lastgroup or "typed"
        name = match[group]
        foreign = ":" in name and not name.startswith(pack.name + ":")
        if name in known or foreign or "-" + name in ("-name", "-type", "-your-agent", "-string"):
            continue
        if group == "quoted" and nearest(name, known) is None and "-" not in name:
            continue
        yield Finding(
            match.start(group),
            match.end(group),
            f"no agent '{name}' in this pack{did_you_mean(name, known)}",
            f"the client answers \"Agent type '{name}' not found\"",
        )
