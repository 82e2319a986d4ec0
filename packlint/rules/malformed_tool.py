"""A tools list that the client takes apart in another way.

What it checks: the client splits a list at commas and spaces. `Read; Write` gives `Read;`, which is no tool.
Parentheses that do not match, backticks, brackets inside quotes and the line ends of a block text (`tools: |`) make a
name nobody knows. A mark alone, as in `Read | Write`, loses nothing and is a warning.

Evidence: measured; `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (agents/writer.md):

    ---
    name: writer
    description: Writes Python modules. Use for new code.
    tools: Read; Write
    ---
    You write Python.

Good (agents/writer.md):

    ---
    name: writer
    description: Writes Python modules. Use for new code.
    tools: Read, Write
    ---
    You write Python.
"""

from __future__ import annotations

from packlint.loading import toolset
from packlint.loading.tool_names import tool_name
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL012"
NAME = "malformed-tool"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for listed in file.tool_lists(pack.client).values():
        for token in listed:
            bare = token.text.strip("".join(toolset.STRAY))
            stray = tool_name(token.text)
            if stray is not None and toolset.STRAY.isdisjoint(stray):
                continue
            name = tool_name(bare)
            fix = None
            if stray is not None and name in pack.client.known_tools:
                separator = "," if token.text.endswith(";") else ""
                fix = Fix(f"write '{bare}'", (Edit(token.start, token.end, bare + separator),), safe=False)
            why = "its parentheses do not match" if stray is None else "lists are split at commas and spaces"
            if stray is not None and len(stray.split()) > 1:
                why += ", not at line ends and tabs"
            yield Finding(
                token.start,
                token.end,
                f"'{token.text}' names no tool: {why}",
                f"client {pack.client.version} drops it without a word",
                fix,
                # Nothing that was meant is lost with a mark between two tools.
                None if any(map(str.isalnum, token.text)) else Severity.WARNING,
            )
