"""None of an agent's tools exists.

What it checks: names the client does not know are dropped. When nothing is left, client 2.1.328 refuses to
start the agent ("would be spawned with zero tools"), 2.1.197 starts it without tools. Silent where a server, or another
setting, may give one of them, and where the agent of a project brings a server along, for it has all tools of that one.

Evidence: measured; `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools: all
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools: "*"
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.loading import toolset
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL006"
NAME = "no-tool-left"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    field = file.document.frontmatter(pack.client).field("tools")
    agent = file.agent(pack.client)
    tools = agent.tools
    if field is None or not agent.loaded or not tools.declared or tools.granted or tools.servers:
        return
    if any(dropped.reason in (toolset.UNCONNECTED, toolset.ELSEWHERE) for dropped in tools.dropped):
        return
    reasons = ", ".join(f"{dropped.token} ({dropped.reason})" for dropped in tools.dropped[:6])
    refused = "client 2.1.328 refuses to start the agent; 2.1.197 starts it without tools"
    consequence = refused if tools.unrecognized else "the agent starts without any tool"
    words = f"no tool is left: {reasons or 'all are denied'}"
    if any(token.lower() == "all" for token in tools.declared):
        words += "; leave 'tools' out for all tools"
    yield Finding(field.start, field.end, words, consequence)
