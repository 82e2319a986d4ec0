"""A tool that no longer exists.

What it checks: `LS`, `MultiEdit`, `NotebookRead`, `BashOutput`, `TodoRead`, `AgentOutputTool` and `SlashCommand` were
tools once. Present clients drop them without a word. That is an error where an agent loses a tool by it, and a warning
where its list has what took the tool's place, and in grants and denials.

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

from packlint.loading.toolset import GIVES
from packlint.mending.listed_tools import correction, renamed
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL003"
NAME = "dead-tool"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    dead = pack.client.dead_tools
    for key, listed in file.tool_lists(pack.client).items():
        written: set[str] = set()
        names = {pack.client.canonical_tool(token.name or "") for token in listed}
        for token in listed:
            if token.name not in dead:
                continue
            instead = dead[token.name]
            loses = key == "tools" and (instead is None or names.isdisjoint(instead.split()))
            fix = None
            if instead and instead.isalpha():
                fix = correction(file.document.text, listed, token, renamed(token, instead), written, safe=False)
            yield Finding(
                token.start,
                token.end,
                f"'{token.name}' is no longer a tool" + (f"; use {instead}" if instead else ""),
                f"clients 2.1.197 and 2.1.328 drop it without a word: it {GIVES[key]}",
                fix,
                severity=Severity.ERROR if loses else Severity.WARNING,
            )
