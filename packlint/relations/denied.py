"""Agents that a project's settings deny: the client shows the model none of them, and refuses to start one.

A rule is for one agent by its whole name, or for all of them. A command that says `context: fork` still runs in one.

Evidence: measured, eighteen rules with agents of a project, of a plugin and of the client's own; the first ones are in
tests/client/test_denied_agents.py.
"""

from __future__ import annotations

from packlint.discovery import manifests

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from packlint.client import Client
    from packlint.file import File
    from packlint.pack import Pack
    from packlint.parsing.jsonplace import Spot

EVERY = "*"


def rules(file: File, client: Client) -> Iterator[tuple[str, Spot]]:
    """The agent that each rule about agents in a project's settings denies, `EVERY` for all, with the rule's place."""
    for key, rule, spot in manifests.permissions(file):
        name = _denied(rule, client) if key == "deny" and isinstance(rule, str) else ""
        if name:
            yield name, spot


def _denied(rule: str, client: Client) -> str:
    tool, bracket, rest = rule.partition("(")
    if client.canonical_tool(tool) != "Agent":
        return ""
    if not bracket:
        return EVERY
    return rest[:-1] if rest.endswith(")") else ""


def by(pack: Pack) -> dict[str, str]:
    """The agents, the client's own among them, that a pack's settings deny, by name: the reported path of the file."""
    names = {*pack.agents_by_name, *pack.client.callable_agents}
    found: dict[str, str] = {}
    for file in pack.manifests:
        for name, _ in rules(file, pack.client):
            for each in names if name == EVERY else [name]:
                if each in names:
                    found.setdefault(each, file.shown)
    return found
