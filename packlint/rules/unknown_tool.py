"""A tool name that no known client has.

What it checks: each name in an agent's `tools` and `disallowedTools` and in a command's `allowed-tools` and
`disallowed-tools`. The client drops a name it does not know without a word. New clients add tools, so this is a
warning; names of other products' tools (`search`, `View`) are reported here as well.

MCP tools (`mcp__server__tool`) depend on the servers connected and are not reported, save for what names nothing
whatever is connected: `mcp__*` in an agent's `tools`, and there and in `disallowedTools` a star within a name, such as
`mcp__server__get_*`.

Evidence: measured; `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools: Read, Grpe
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools: Read, Grep
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.loading import tool_names, toolset
from packlint.mending.listed_tools import correction, renamed
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.text.spelling import Spelling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL001"
NAME = "unknown-tool"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    client = pack.client
    spelling = Spelling(client.known_tools)
    for key, listed in file.tool_lists(client).items():
        written: set[str] = set()
        for token in listed:
            name = token.name
            if key == "tools" and name is not None and tool_names.names_no_server(name):
                yield Finding(
                    token.start,
                    token.end,
                    f"'{name}' names no MCP server; write 'mcp__server' for each",
                    f"clients 2.1.197 and 2.1.328 drop it without a word: it {toolset.GIVES[key]}",
                )
            elif key != "allowed-tools" and name is not None and tool_names.names_no_mcp_tool(name):
                yield Finding(
                    token.start,
                    token.end,
                    f"'{name}' names no tool; write the whole name, or 'mcp__server' for all tools of a server",
                    f"clients 2.1.197 and 2.1.328 drop it without a word: it {toolset.GIVES[key]}",
                )
            if (
                name is None
                or name == "*"
                or name.lower().startswith(tool_names.MCP)
                or not toolset.STRAY.isdisjoint(name)
            ):
                continue
            canonical = client.canonical_tool(name)
            if canonical in client.known_tools or name in client.dead_tools:
                continue
            meant = spelling.nearest(name)
            if meant and meant.lower() == name.lower():
                continue
            # To leave a word out is no slip of the hand: who writes Update means no TaskUpdate.
            if meant and meant.endswith(name) and len(meant) > len(name) + 1:
                meant = None
            fix = None
            if meant:
                fix = correction(file.document.text, listed, token, renamed(token, meant), written, safe=False)
            yield Finding(
                token.start,
                token.end,
                f"unknown tool '{name}'" + (f"; did you mean '{meant}'?" if meant else ""),
                f"client {client.version} drops it without a word: it {toolset.GIVES[key]}",
                fix,
            )
