"""Glob or Grep listed beside Bash.

What it checks: an agent that has Bash does not get Glob and Grep; it is to search with commands. Without Bash both are
real tools. Listing all three is harmless and says something that is not so. One finding names both.

Evidence: measured on the native Linux build. A call of Grep is answered with "Grep is not available in
this session".
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools: Read, Grep, Bash
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

from packlint.loading import toolset
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "TL009"
NAME = "withheld-tool"
SEVERITY = Severity.INFO
KINDS = (Kind.AGENT,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    client = pack.client
    granted = file.agent(client).tools.granted
    if "Bash" not in granted:
        return
    listed = toolset.locate(file.document.text, file.document.frontmatter(client), "tools")
    withheld = [token for token in listed if client.gives(token.name or "") == "without-bash"]
    if withheld:
        names = " and ".join(f"'{name}'" for name in dict.fromkeys(token.name for token in withheld))
        yield Finding(
            withheld[0].start,
            withheld[0].end,
            f"{names} {'is' if ' and ' not in names else 'are'} withheld because the agent has Bash",
            "clients 2.1.197 and 2.1.328 leave it out; the agent searches with commands",
        )
