"""Keys that mean something in another kind of file, and what is written here instead."""

from __future__ import annotations

from packlint.client import Client
from packlint.file import File, Kind

_IN_COMMANDS = {"tools": "allowed-tools", "allowedTools": "allowed-tools", "allowed_tools": "allowed-tools"} | {
    "disallowedTools": "disallowed-tools",
    "disallowed_tools": "disallowed-tools",
}


def replacement(file: File, key: str, client: Client) -> str | None:
    """The key that does here what `key` does elsewhere, or None where `key` is no such case."""
    if file.kind is Kind.AGENT:
        return client.command_keys_in_agents.get(key)
    if key == "disallowedTools" and file.document.frontmatter(client).values.get("disallowed-tools") is None:
        return None  # read in its place (measured)
    return _IN_COMMANDS.get(key)
