"""A pattern behind a tool's name in an agent.

What it checks: in an agent's `tools`, `Bash(git *)` or `Read(src/**)` gives the whole tool. The pattern neither
restricts nor approves anything; it does so in a command's `allowed-tools` and in settings only.

Evidence: measured: an agent with `tools: Bash(git:*)` ran `ls`. `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (agents/committer.md):

    ---
    name: committer
    description: Writes commit messages. Use before a commit.
    tools: Bash(git *)
    ---
    You write commit messages.

Good (agents/committer.md):

    ---
    name: committer
    description: Writes commit messages. Use before a commit.
    tools: Bash
    ---
    You write commit messages and run git only.
"""

from __future__ import annotations

from packlint.loading import toolset
from packlint.mending.listed_tools import correction
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL011"
NAME = "cosmetic-pattern"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    listed = toolset.locate(file.document.text, found, "tools")
    written: set[str] = set()
    for token in listed:
        name = token.name
        if name is None or "(" not in token.text or pack.client.gives(pack.client.canonical_tool(name)) == "no":
            continue
        what = "starting any agent" if pack.client.canonical_tool(name) == "Agent" else f"all of {name}"
        yield Finding(
            token.start,
            token.end,
            f"the pattern in '{token.text}' restricts nothing in an agent",
            f"the client gives {what}",
            correction(file.document.text, listed, token, name, written, safe=False),
        )
