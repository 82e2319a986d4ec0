"""A key that the client ignores in a plugin's agents, commands or skills.

What it checks: for safety, agents that come with a plugin cannot set `permissionMode`, `hooks`,
`mcpServers` or `initialPrompt`. The client skips them with a line in its debug log. The same file works in a
project, so this is a warning. A plugin's skill cannot wait for the files in its `paths`: it is there from the start.
The `hooks` of a plugin's command never run; those of its skills do.

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

from packlint.discovery.layout import Layout
from packlint.loading import hooks
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM015"
NAME = "plugin-ignored-key"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)

_FATES = {Kind.AGENT: "drop it", Kind.COMMAND: "run none of them", Kind.SKILL: "offer the skill from the start"}


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if file.layout is not Layout.PLUGIN or (file.kind is Kind.COMMAND and file.role.is_skill):
        return
    found, kind = file.document.frontmatter(pack.client), file.kind
    # Those that may guard something are another rule's.
    told = (
        {fault.path[0] for fault in hooks.faults(found.values, False, pack.client)} if kind is Kind.COMMAND else set()
    )
    for field in found.fields:
        if pack.client.ignores_in_plugin(kind.value, field.key) and field.key not in told:
            yield Finding(
                field.key_start,
                field.end,
                f"'{field.key}' is ignored in a plugin's {file.kind}",
                f"clients 2.1.197 and 2.1.328 {_FATES[kind]}; only a project's {file.kind} may set it",
            )
