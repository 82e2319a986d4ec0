"""Agents or skills of a plugin in a folder where the client does not look.

What it checks: a plugin without an agents folder that has Markdown files in `Agents/`, `agent/`, `subagents/` or
`.claude/agents/` (a warning, for they may be its authors' own), or one without skills that has SKILL.md files in
`Skills/` or `skill/`. The client reads `agents/` and `skills/`, in small letters, at the plugin's root.

Evidence: measured; `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (.claude-plugin/plugin.json):

    {"name": "shop"}

Bad (subagents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good (.claude-plugin/plugin.json):

    {"name": "shop"}

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL012"
NAME = "misplaced-folder"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.MANIFEST)


# In a plugin's repository it may hold what the authors themselves work with.
_OWN = ".claude/agents"


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if file is not pack.front:
        return
    for overlooked in pack.overlooked:
        if not overlooked.is_link:
            right, where = overlooked.right, pack.below(overlooked.path)
            yield Finding(
                0,
                0,
                f"{right} in '{where}/': the client reads '{right}/' at the plugin's root",
                "clients 2.1.197 and 2.1.328 load none of them, and say nothing",
                severity=Severity.WARNING if where == _OWN else None,
            )
