"""What a name in a list of tools says: which tool, with what pattern, and of which MCP server.

Evidence: lists of tools on 2.1.197 and 2.1.328; tests/test_toolset.py holds them.
"""

from __future__ import annotations

# What the name of an MCP server's tool begins with: `mcp__server__tool`.
MCP = "mcp__"
EVERY_SERVER = "*"


def tool_name(token: str) -> str | None:
    """The tool a token names, without its pattern; None where the parentheses do not match.

    A parenthesis behind a backslash is none (measured).
    """
    if "(" not in token:
        return token
    opening, closing = _plain_places(token, "("), _plain_places(token, ")")
    if not opening and not closing:
        return token
    if not opening or not closing or closing[-1] != len(token) - 1 or opening[0] == 0:
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
    if not name.startswith(MCP):
        return None
    return name.removeprefix(MCP).partition("__")[0] or None


def names_whole_server(name: str) -> bool:
    """Whether a name means all tools of a server: `mcp__db` or `mcp__db__*`."""
    return server_of(name) is not None and name.removeprefix(MCP).partition("__")[1:] in (("", ""), ("__", "*"))


def names_no_mcp_tool(name: str) -> bool:
    """Whether a name is meant as an MCP tool and can be none: it lacks a server or a tool, or a star is in it."""
    if not name.startswith(MCP) or names_whole_server(name):
        return False
    return server_of(name) is None or "*" in name or name.endswith("__")


def lacks_tool(name: str) -> bool:
    """Whether a name is meant as an MCP tool and ends before the tool's own name: `mcp__`, `mcp__db`, `mcp__db__`."""
    return name.startswith(MCP) and not name.removeprefix(MCP).partition("__")[2]


def names_no_server(name: str) -> bool:
    """Whether a name is meant as an MCP tool and no server is named: `mcp__*` gives nothing (measured)."""
    return name.startswith(MCP) and server_of(name) in (None, EVERY_SERVER)
