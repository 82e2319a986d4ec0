"""What `disallowedTools` takes away from an agent.

Evidence: lists of tools beside lists of denied ones on 2.1.197 and 2.1.328; tests/test_toolset.py holds them.
"""

from __future__ import annotations

from packlint.client import Client
from packlint.loading.tool_names import EVERY_SERVER, has_pattern, names_whole_server, server_of, tool_name
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


@record(frozen=True)
class Denials:
    """`names` are the denied tools, `whole` those that are denied without a pattern, `servers` MCP servers.

    A pattern takes the whole tool away all the same.
    """

    names: frozenset[str]
    whole: frozenset[str]
    servers: frozenset[str]

    def take(self, name: str) -> bool:
        """Whether a tool goes, by its own name or with all tools of its server."""
        return name in self.names or self._take_tool_of_server(name)

    def forgive(self, token: str, name: str) -> bool:
        """Whether the client lets an agent start that is left without any tool because this one is denied.

        Of `Agent` and of all tools of a server the client compares what is written, not what is meant.
        """
        if name == "Agent" or names_whole_server(name):
            return self.take(token)
        return name in self.whole or self._take_tool_of_server(name)

    def _take_tool_of_server(self, name: str) -> bool:
        server = server_of(name)
        return server is not None and self.take_server(server)

    def take_server(self, server: str) -> bool:
        """Whether all tools of an MCP server go."""
        return server in self.servers or EVERY_SERVER in self.servers


def read(tokens: Iterable[str], client: Client) -> Denials:
    """The denials that a list stands for; a star among them denies nothing, and neither do the others (measured)."""
    listed = list(tokens)
    if "*" in listed:
        return Denials(frozenset(), frozenset(), frozenset())
    names = {token: client.canonical_tool(tool_name(token) or token) for token in listed}
    whole = {name for token, name in names.items() if tool_name(token) is None or not has_pattern(token)}
    servers = {server for name in names.values() if names_whole_server(name) and (server := server_of(name))}
    return Denials(frozenset(names.values()), frozenset(whole), frozenset(servers))
