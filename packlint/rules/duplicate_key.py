"""A key stands twice in the frontmatter.

What it checks: the client keeps the last value and drops the others without a word; strict YAML
parsers refuse the file.

Evidence: measured; `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools: Read
    tools: Read, Bash
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools: Read, Bash
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM008"
NAME = "duplicate-key"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for field in file.document.frontmatter(pack.client).fields:
        if field.key in first:
            line = file.document.place(first[field.key], first[field.key]).line
            yield Finding(
                field.key_start,
                field.key_end,
                f"'{field.key}' stands twice, first in line {line}",
                "the client uses the last value; strict YAML parsers reject the file",
            )
        else:
            first[field.key] = field.key_start
