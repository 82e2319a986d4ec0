"""A tool that no longer exists.

What it checks: `LS`, `MultiEdit`, `NotebookRead`, `BashOutput`, `TodoRead`, `AgentOutputTool` and `SlashCommand` were
tools once. Present clients drop them without a word.

Evidence: measured; `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (agents/writer.md):

    ---
    name: writer
    description: Writes Python modules. Use for new code.
    tools: Read, MultiEdit
    ---
    You write Python.

Good (agents/writer.md):

    ---
    name: writer
    description: Writes Python modules. Use for new code.
    tools: Read, Edit
    ---
    You write Python.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL003"
NAME = "dead-tool"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    dead = pack.client.dead_tools
    for listed in file.tool_lists(pack.client).values():
        for token in listed:
            if token.name not in dead:
                continue
            instead = dead[token.name]
            fix = None
            if instead and instead.isalpha() and all(other.name != instead for other in listed):
                edit = Edit(token.start, token.start + len(token.name), instead)
                fix = Fix(f"write '{instead}'", (edit,), safe=False)
            yield Finding(
                token.start,
                token.end,
                f"'{token.name}' is no longer a tool" + (f"; use {instead}" if instead else ""),
                "clients 2.1.197 and 2.1.328 drop it without a word",
                fix,
            )
