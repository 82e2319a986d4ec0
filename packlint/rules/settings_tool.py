"""A permission in a project's settings names no tool.

What it checks: the lists `allow`, `ask` and `deny` below `permissions` in .claude/settings.json and
settings.local.json. A rule for a tool that does not exist matches nothing: what should be allowed is asked for,
and what should be denied is not.

Evidence: the tools are measured; a rule is compared with them by name.
Versions: 2.1.197, 2.1.328.

Bad in a project (settings.json):

    {"permissions": {"deny": ["Bsh(rm *)"]}}

Bad in a project (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good in a project (settings.json):

    {"permissions": {"deny": ["Bash(rm *)"]}}

Good in a project (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.
"""

from __future__ import annotations

from packlint.discovery import manifests
from packlint.loading.tool_names import MCP
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.text.spelling import Spelling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL014"
NAME = "settings-tool"
SEVERITY = Severity.WARNING
KINDS = (Kind.MANIFEST,)

_CONSEQUENCE = {
    "allow": "the rule matches nothing: the client asks all the same",
    "ask": "the rule matches nothing: the client never asks",
    "deny": "the rule matches nothing: the client denies nothing",
}


def check(file: File, pack: Pack) -> Iterator[Finding]:
    client = pack.client
    spelling = Spelling(client.known_tools)
    for key, rule, spot in manifests.permissions(file):
        name = rule.partition("(")[0].strip() if isinstance(rule, str) else ""
        if not name or "*" in name or name.startswith(MCP) or client.canonical_tool(name) in client.known_tools:
            continue
        if name in client.dead_tools:
            instead = client.dead_tools[name]
            words = f"'{name}' is no longer a tool" + (f"; use {instead}" if instead else "")
        else:
            words = f"unknown tool '{name}'{spelling.hint(name)}"
        yield Finding(spot.start, spot.end, words, _CONSEQUENCE[key])
