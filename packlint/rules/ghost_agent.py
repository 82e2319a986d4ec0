"""A tools list names an agent that is not there.

What it checks: `Agent(name)` in an agent's `tools` or a command's `allowed-tools`, where the pack has no agent
of that name and the client has none built in.

Evidence: measured: for a subagent the pattern restricts nothing, so a wrong name goes unnoticed.
Versions: 2.1.197, 2.1.328.

Bad (agents/lead.md):

    ---
    name: lead
    description: Splits work among agents. Use for large changes.
    tools: Read, Agent(ghost)
    ---
    You split work.

Good (agents/lead.md):

    ---
    name: lead
    description: Splits work among agents. Use for large changes.
    tools: Read, Agent(Explore)
    ---
    You split work.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.text.spelling import Spelling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL014"
NAME = "ghost-agent"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    known, spelling = pack.callable_agents, Spelling(pack.vocabulary)
    for listed in file.tool_lists(pack.client).values():
        for token in listed:
            if token.name is None or pack.client.canonical_tool(token.name) != "Agent" or "(" not in token.text:
                continue
            for name in token.text.partition("(")[2].rstrip(")").split(","):
                wanted = name.strip()
                foreign = ":" in wanted and not wanted.startswith(pack.name + ":")
                if not wanted or wanted == "*" or wanted in known or foreign:
                    continue
                message = f"no agent '{wanted}' in this pack{spelling.hint(wanted)}"
                yield Finding(token.start, token.end, message, "the client does not check the name")
