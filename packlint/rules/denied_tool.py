"""A tool that is granted and denied at once.

What it checks: `disallowedTools` wins over `tools`. It also takes the whole tool when it names a pattern:
`disallowedTools: Bash(rm *)` leaves no Bash at all, and all tools of an MCP server when it names the server. A star
among the denied tools denies nothing, and neither does what stands beside it: that is an error.
In a command or a skill `disallowed-tools`, or `disallowedTools` where that is not there, wins over `allowed-tools`,
whatever pattern is granted; there a denied pattern takes away what it covers alone.

Evidence: measured; `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools: Read, Bash
    disallowedTools: Bash(rm *)
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

from packlint.loading import keys, tool_names, toolset
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL010"
NAME = "denied-tool"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    yield from _agent(file, pack) if file.kind is Kind.AGENT else _command(file, pack)


def _agent(file: File, pack: Pack) -> Iterator[Finding]:
    client = pack.client
    found = file.document.frontmatter(client)
    listed = toolset.locate(file.document.text, found, "tools")
    has_all = "tools" not in found.values or any(token.text == "*" for token in listed)
    names = {client.canonical_tool(token.name or "") for token in listed}
    servers = {server: name for name in sorted(names, reverse=True) if (server := tool_names.server_of(name))}
    denied = toolset.locate(file.document.text, found, "disallowedTools")
    stars = [token for token in denied if token.text == "*"]
    for token in stars[:1]:
        consequence = "clients 2.1.197 and 2.1.328 deny nothing then, the other tools of the list included"
        message = "'*' denies nothing; name the tools, or list in 'tools' what is left"
        yield Finding(token.start, token.end, message, consequence, severity=Severity.ERROR)
    for token in [] if stars else denied:
        name = client.canonical_tool(token.name or "")
        taken = name if name in names else _of_server(name, servers)
        if taken:
            yield Finding(
                token.start,
                token.end,
                f"'{taken}' is listed in tools and denied here",
                "the client takes the whole tool away",
            )
        elif "(" in token.text and token.name and has_all:
            yield Finding(
                token.start,
                token.end,
                f"'{token.text}' denies all of {name}, not a pattern of it",
                "the client takes the whole tool away",
            )


def _of_server(denied: str, servers: dict[str, str]) -> str | None:
    """A listed tool of the servers, by their names, that goes with all tools of a server."""
    if not tool_names.names_whole_server(denied):
        return None
    server = tool_names.server_of(denied) or ""
    return min(servers.values(), default=None) if server == tool_names.EVERY_SERVER else servers.get(server)


def _command(file: File, pack: Pack) -> Iterator[Finding]:
    client, lists = pack.client, file.tool_lists(pack.client)
    names = {client.canonical_tool(token.name or "") for token in lists["allowed-tools"]}
    is_read = keys.replacement(file, "disallowedTools", client) is None
    for token in lists["disallowed-tools"] + (lists["disallowedTools"] if is_read else []):
        name = client.canonical_tool(token.name or "")
        if name in names and "(" not in token.text:
            told = f"the client refuses {name} while the {file.kind}'s turn lasts"
            yield Finding(token.start, token.end, f"'{name}' is granted in allowed-tools and denied here", told)
