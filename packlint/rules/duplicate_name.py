"""Two agents of a pack have the same name.

What it checks: of agents that are called by the same name exactly one survives, without a message, and which
one is not stable. In a project all folders below agents/ count as one; in a plugin a subfolder is part
of the name.

Evidence: measured; the winner flipped between identical plugins. `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Bad (agents/critic.md):

    ---
    name: reviewer
    description: Reviews documents. Use before a release.
    ---
    You review documents.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Good (agents/critic.md):

    ---
    name: critic
    description: Reviews documents. Use before a release.
    ---
    You review documents.
"""

from __future__ import annotations

from collections.abc import Iterator

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

CODE = "NM003"
NAME = "duplicate-name"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    agent = file.agent(pack.client)
    same = pack.agents_by_name.get(agent.invoke, []) if agent.loaded else []
    if same[:1] == [file] or all(other.real == file.real for other in same):
        return
    field = file.document.frontmatter(pack.client).field("name")
    start, end = (field.start, field.end) if field else (0, 0)
    yield Finding(
        start,
        end,
        f"the name '{agent.name}' is taken by {same[0].shown}",
        "the client keeps one of the two and drops the other without a word; which one is not stable",
    )
