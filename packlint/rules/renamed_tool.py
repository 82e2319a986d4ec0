"""A tool under its old name.

What it checks: the client still takes `Task` for Agent, and `KillShell` and `KillBash` for TaskStop. `Task` in a
list gives the agent the right to start other agents, which is not always what was meant.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (agents/lead.md):

    ---
    name: lead
    description: Splits work among agents. Use for large changes.
    tools: Read, Task
    ---
    You split work.

Good (agents/lead.md):

    ---
    name: lead
    description: Splits work among agents. Use for large changes.
    tools: Read, Agent
    ---
    You split work.
"""

from __future__ import annotations

from packlint.mending.listed_tools import correction, renamed
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL004"
NAME = "renamed-tool"
SEVERITY = Severity.INFO
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for key, listed in file.tool_lists(pack.client).items():
        taken = key.startswith("disallowed")
        written: set[str] = set()
        for token in listed:
            if token.name is None or (now := pack.client.canonical_tool(token.name)) == token.name:
                continue
            yield Finding(
                token.start,
                token.end,
                f"'{token.name}' is now called '{now}'",
                f"the client {'takes' if taken else 'gives'} {now} for it",
                correction(file.document.text, listed, token, renamed(token, now), written),
            )
