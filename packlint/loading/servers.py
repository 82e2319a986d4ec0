"""The MCP servers that a project's agent brings along, the items of its `mcpServers`, and those of a plugin.

Evidence: fifty servers in agents of a trusted project on 2.1.197 and 2.1.328; tests/test_agents.py holds them, and
tests/client/test_servers.py asks which tools an agent has of them.
"""

from __future__ import annotations

from packlint import schema
from packlint.memo import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from packlint.pack import Pack

# More than anybody writes; aliases in YAML make much of a short text.
_MOST = 100
# The characters that stay in the name of a tool.
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def brought(items: Any) -> tuple[str, ...]:
    """The servers that the client starts for the agent alone, by the names that stand in those of their tools.

    An item that is a name gives the agent nothing beside its `tools` (measured).
    """
    if not isinstance(items, list):
        return ()
    wrong = {index for index, _ in faults(items)}
    servers = [each for index, each in enumerate(items) if index not in wrong and isinstance(each, dict)]
    return tuple(in_tool(str(next(iter(each)))) for each in servers)


@lru_cache(maxsize=4)
def of_plugin(pack: Pack) -> frozenset[str]:
    """The servers that a plugin brings along, by the names that stand in those of their tools, without the plugin's."""
    from packlint.discovery import manifests

    found: set[str] = set()
    for file in pack.manifests:
        read = None if file.unreadable else manifests.read(file, manifests.PLUGIN, manifests.SERVERS)
        if read is None:
            continue
        declared = read.value.get("mcpServers")
        if declared is None and manifests.kind(file) == manifests.SERVERS:
            declared = read.value  # without a key around them
        for each in declared if isinstance(declared, list) else [declared]:
            found.update(in_tool(name) for name in (each if isinstance(each, dict) else ()))
    return frozenset(found)


def in_tool(name: str) -> str:
    """A server's or a plugin's name as it stands in the names of tools (measured)."""
    return "".join(each if each in _PLAIN else "_" for each in name)


def faults(items: list[Any]) -> Iterator[tuple[int, str]]:
    """The index of each item for which the client starts no server, and why."""
    known: dict[int, str] = {}
    for index, item in enumerate(items):
        if fault := _fault(item, known):
            yield index, fault


def _fault(item: Any, known: dict[int, str]) -> str:
    """What is wrong with an item; `known` keeps what is of each server, which aliases may name often."""
    if isinstance(item, str):
        return ""
    if not isinstance(item, dict):
        return "an item of 'mcpServers' must be a server's name, or a name with its server"
    if len(item) != 1:
        return f"an item of 'mcpServers' has {len(item)} servers; each needs an item of its own"
    name, server = next(iter(item.items()))
    if id(server) not in known:
        known[id(server)] = _fault_of_server(server)
    return f"the server '{name}' {known[id(server)]}" if known[id(server)] else ""


def _fault_of_server(server: Any) -> str:
    if isinstance(server, dict) and "url" in server and "type" not in server:
        return "has a 'url' and no 'type': write 'type: http' beside it"
    fault = next(schema.faults_of("plugin", "mcpServer", _outline(server)), None)
    if fault is None:
        return ""
    place = ".".join(map(str, fault.path))
    return f"does not fit: '{place}' {fault.message}" if place else fault.message


def _outline(server: Any) -> Any:
    """A server with the keys that the schema knows, without what may be in the parts of their values."""
    if not isinstance(server, dict):
        return schema.shallow(server, _MOST)
    known = schema.definition("plugin", "mcpServer")["properties"]
    return {key: schema.shallow(value, _MOST) for key, value in server.items() if key in known}
