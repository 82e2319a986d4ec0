"""A key that the client ignores in a plugin's agents or skills.

What it checks: for safety, agents that come with a plugin cannot set `permissionMode`, `hooks`,
`mcpServers` or `initialPrompt`. The client skips them with a line in its debug log. The same file works in a
project, so this is a warning. A plugin's skill cannot wait for the files in its `paths`: it is there from the start.

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

from packlint.discovery.layout import Layout
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

CODE = "FM015"
NAME = "plugin-ignored-key"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if file.layout is not Layout.PLUGIN:
        return
    fate = "drop it" if file.kind is Kind.AGENT else "offer the skill from the start"
    for field in file.document.frontmatter(pack.client).fields:
        if pack.client.ignores_in_plugin(file.kind.value, field.key):
            yield Finding(
                field.key_start,
                field.end,
                f"'{field.key}' is ignored in a plugin's {file.kind}",
                f"clients 2.1.197 and 2.1.328 {fate}; only a project's {file.kind} may set it",
            )
