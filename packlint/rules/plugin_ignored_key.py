"""A key that the client ignores in a plugin's agents.

What it checks: for safety, agents that come with a plugin cannot set `permissionMode`, `hooks`,
`mcpServers` or `initialPrompt`. The client skips them with a line in its debug log. The same file works in a
project, so this is a warning.

Evidence: measured; `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (agents/planner.md):

    ---
    name: planner
    description: Plans a change. Use before an edit.
    permissionMode: plan
    ---
    You plan changes.

Good (agents/planner.md):

    ---
    name: planner
    description: Plans a change. Use before an edit.
    tools: Read, Grep, Glob
    ---
    You plan changes.
"""

from __future__ import annotations

from collections.abc import Iterator

from packlint.layout import Layout
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

CODE = "FM015"
NAME = "plugin-ignored-key"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if file.layout is not Layout.PLUGIN:
        return
    facts = pack.client.agent_fields
    for field in file.document.frontmatter(pack.client).fields:
        if field.key in facts and facts[field.key]["plugin_ignored"]:
            yield Finding(
                field.key_start,
                field.end,
                f"'{field.key}' is ignored in a plugin's agent",
                "clients 2.1.197 and 2.1.328 drop it; only a project agent may set it",
            )
