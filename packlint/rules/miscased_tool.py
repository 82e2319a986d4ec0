"""A tool name in the wrong case.

What it checks: tool names are case-sensitive, and so is the `mcp__` of an MCP tool. `read` gives nothing, and a list of
such names alone leaves an agent without tools.

Evidence: measured; `claude plugin validate` sees nothing.
Versions: 2.1.197 starts an agent without tools, 2.1.328 refuses to start it.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools: Read, bash
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools: Read, Bash
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.loading.tool_names import MCP
from packlint.mending.listed_tools import correction, renamed
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL002"
NAME = "miscased-tool"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    client = pack.client
    spelled = {tool.lower(): tool for tool in client.known_tools}
    for listed in file.tool_lists(pack.client).values():
        written: set[str] = set()
        for token in listed:
            right = _right(token.name or "", spelled)
            if right is None or token.name == right or token.name is None:
                continue
            yield Finding(
                token.start,
                token.end,
                f"'{token.name}' is spelled '{right}'",
                f"tool names are case-sensitive: client {client.version} drops it without a word",
                correction(file.document.text, listed, token, renamed(token, right), written),
            )


def _right(name: str, spelled: dict[str, str]) -> str | None:
    if name.lower().startswith(MCP):
        return MCP + name[len(MCP) :]
    return spelled.get(name.lower())
