"""An agent lists no tools at all.

What it checks: `tools:` left blank, `tools: []` or `tools: ""` does not mean "all" and not "none chosen": the agent
starts with no tool, can read nothing, and the listing says "All tools". Leave the key out for
all tools.

Evidence: measured; `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328; neither refuses to start such an agent.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools:
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL005"
NAME = "empty-tools"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    field = file.document.frontmatter(pack.client).field("tools")
    if field is None or (field.value not in (None, "", []) and not _blank(field.value)):
        return
    tools = file.agent(pack.client).tools
    if tools.servers and not tools.granted:
        consequence = "the agent has only the tools of its MCP servers, while the listing says it has all"
    elif tools.granted:
        consequence = "the agent has only the tools that 'memory' adds, while the listing says more"
    else:
        consequence = "the agent starts without any tool, while the listing says it has all"
    yield Finding(field.key_start, field.end, "'tools' is empty; leave it out for all tools", consequence)


def _blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip(" ,\t\n")
