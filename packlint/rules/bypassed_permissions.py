"""A project agent that asks for no permission at all.

What it checks: `permissionMode: bypassPermissions` in a project's agent. Client 2.1.197 lets such an agent
write and run anything without asking, whoever opens the project; client 2.1.328 obeys only where the session
itself is in that mode. In a plugin's agent the key does nothing, and is reported as ignored.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad in a project (agents/fixer.md):

    ---
    name: fixer
    description: Mends lint findings. Use after an edit.
    permissionMode: bypassPermissions
    ---
    You mend what the linter finds.

Good in a project (agents/fixer.md):

    ---
    name: fixer
    description: Mends lint findings. Use after an edit.
    permissionMode: acceptEdits
    ---
    You mend what the linter finds.
"""

from __future__ import annotations

from packlint.discovery.layout import Layout
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "SC002"
NAME = "bypassed-permissions"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    field = file.document.frontmatter(pack.client).field("permissionMode")
    if file.layout is Layout.PROJECT and field is not None and field.value == "bypassPermissions":
        yield Finding(
            field.start,
            field.end,
            "the agent runs without any permission check",
            "client 2.1.197 asks nothing; client 2.1.328 obeys only in a session in that mode",
        )
