"""What `disallowedTools` takes away from an agent.

Evidence: lists of tools beside lists of denied ones on 2.1.197 and 2.1.328; tests/test_toolset.py holds them.
"""

from __future__ import annotations

from packlint.client import Client
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_MCP = "mcp__"
EVERY_SERVER = "*"


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


def tool_name(token: str) -> str | None:
    """The tool a token names, without its pattern; None where the parentheses do not match.

    A parenthesis behind a backslash is none (measured).
    """
    if "(" not in token:
        return token
    opening, closing = _plain_places(token, "("), _plain_places(token, ")")
    if not opening and not closing:
        return token
    if not opening or not closing or closing[-1] != len(token) - 1 or not 0 < opening[0] < closing[-1]:
        return None
    return token[: opening[0]]


def has_pattern(token: str) -> bool:
    """Whether there is a pattern behind a tool's name: `()` and `(*)` are none (measured)."""
    name = tool_name(token)
    return name is not None and token[len(name) :] not in ("", "()", "(*)")


def _plain_places(token: str, mark: str) -> list[int]:
    places = []
    escaped = False
    for place, character in enumerate(token):
        if character == mark and not escaped:
            places.append(place)
        escaped = character == "\\" and not escaped
    return places


def server_of(name: str) -> str | None:
    """The MCP server in a tool's name: `mcp__db__query` is a tool of `db`."""
    if not name.startswith(_MCP):
        return None
    return name.removeprefix(_MCP).partition("__")[0] or None


def names_whole_server(name: str) -> bool:
    """Whether a name means all tools of a server: `mcp__db` or `mcp__db__*`."""
    return server_of(name) is not None and name.removeprefix(_MCP).partition("__")[1:] in (("", ""), ("__", "*"))


def names_no_mcp_tool(name: str) -> bool:
    """Whether a name is meant as an MCP tool and can be none: it lacks a server or a tool, or a star is in it."""
    if not name.startswith(_MCP) or names_whole_server(name):
        return False
    return server_of(name) is None or "*" in name or name.endswith("__")


def names_no_server(name: str) -> bool:
    """Whether a name is meant as an MCP tool and no server is named: `mcp__*` gives nothing (measured)."""
    return name.startswith(_MCP) and server_of(name) in (None, EVERY_SERVER)
