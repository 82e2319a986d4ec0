"""A tool of the plugin's own MCP server under a name that it does not have.

What it checks: names of MCP tools in `tools`, `disallowedTools`, `allowed-tools` and `disallowed-tools` of a plugin
whose plugin.json or .mcp.json brings the server along. The client puts the plugin before the name of such a server:
`mcp__plugin_shop_db__query` is the tool `query` of the server `db` in the plugin `shop`, and `mcp__db__query` would be
one of a server that the user has. Under the short name an agent does not get the tool, a command does not grant it,
and neither denies it.

Silent where the same list has the full name as well, as one that is meant for a project, too.

Evidence: measured with a server of two tools, tests/client/test_servers.py.
Versions: 2.1.197, 2.1.328.

Bad (.claude-plugin/plugin.json):

    {"name": "shop", "mcpServers": {"db": {"command": "shop-db"}}}

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews queries. Use after an edit of a repository.
    tools: Read, mcp__db__query
    ---
    You review queries.

Good (.claude-plugin/plugin.json):

    {"name": "shop", "mcpServers": {"db": {"command": "shop-db"}}}

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews queries. Use after an edit of a repository.
    tools: Read, mcp__plugin_shop_db__query
    ---
    You review queries.
"""

from __future__ import annotations

from packlint.discovery.layout import Layout
from packlint.loading.tool_names import MCP, server_of
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL016"
NAME = "plugin-server"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)

_LOST = {
    "tools": "give the agent no such tool",
    "disallowedTools": "deny nothing",
    "disallowed-tools": "deny nothing",
    "allowed-tools": "grant nothing",
}


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if pack.layout is not Layout.PLUGIN or MCP.encode() not in file.document.raw:
        return
    from packlint.loading import servers

    own = servers.of_plugin(pack)
    if not own:
        return
    text = file.document.text
    for key, listed in file.tool_lists(pack.client).items():
        written = {token.name for token in listed}
        for token in listed:
            server = server_of(token.name or "")
            if server is None or servers.in_tool(server) not in own:
                continue
            full = f"plugin_{servers.in_tool(pack.name)}_{servers.in_tool(server)}"
            start, end = token.start + len(MCP), token.start + len(MCP) + len(server)
            right = MCP + full + text[end : token.end]
            if right in written:
                continue
            is_plain = text[token.start : token.end] == token.text
            yield Finding(
                token.start,
                token.end,
                f"'{token.text}' is no tool of this plugin's server '{server}'"
                + (f"; write '{right}'" if is_plain else f", whose tools begin with '{MCP}{full}__'"),
                f"clients 2.1.197 and 2.1.328 {_LOST[key]}, unless the user has a server of this name",
                Fix(f"write '{right}'", (Edit(start, end, full),)) if is_plain else None,
            )
