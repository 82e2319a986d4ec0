"""A tool that an agent loses in the background.

What it checks: client 2.1.328 starts subagents in the background unless told otherwise, and there some tools
are missing: CronCreate, CronDelete, CronList, ReportFindings, ListAgents. An older client also takes
the Task tools away when `background: true` is set.

Evidence: measured.
Versions: 2.1.328 by default; 2.1.197 with `background: true`.

Bad (agents/reporter.md):

    ---
    name: reporter
    description: Reports findings of a review. Use after a review.
    tools: Read, ReportFindings
    ---
    You report findings.

Good (agents/reporter.md):

    ---
    name: reporter
    description: Reports findings of a review. Use after a review.
    tools: Read
    ---
    You report findings in your last message.
"""

from __future__ import annotations

from packlint.loading import toolset
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL008"
NAME = "background-tool"
SEVERITY = Severity.INFO
KINDS = (Kind.AGENT,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    client = pack.client
    found = file.document.frontmatter(client)
    for token in toolset.locate(file.document.text, found, "tools"):
        name = client.canonical_tool(token.name or "")
        if client.gives(name) != "no" and not client.gives_in_background(name):
            yield Finding(
                token.start,
                token.end,
                f"'{name}' is missing when the agent runs in the background",
                "client 2.1.328 starts subagents in the background by default",
            )
