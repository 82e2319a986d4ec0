"""Three dashes inside a value end the frontmatter.

What it checks: the client takes the next `---` after the opening line as the end, wherever it
stands: in the middle of a description, indented in a block text, at the start of `-----`. The value
is cut there and every key below it is lost, `tools` included, so the agent gets all tools.

Evidence: measured by driving the client with three dashes inside a word, after a space, indented, and
at the start of a longer line. `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews changes --- all of them
    tools: Read
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews changes - all of them
    tools: Read
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint import regex
from packlint.frontmatter import State
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM007"
NAME = "dashes-in-value"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)

_KEYS_BELOW = regex.lazy(r"(?m)(?:[ \t][^\n]*\n|\r?\n)*([A-Za-z_-]+):[^\n]*\n(?:[^\n]*\n){0,60}?---[ \t]*\r?$")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    if found.state in (State.ABSENT, State.UNCLOSED):
        return
    text, end = file.document.text, found.end
    before = text[text.rfind("\n", 0, end) + 1 : end]
    rest = text[end + 3 : file.document.line_end(end)]
    if not before and not rest.strip("\r \t"):
        return
    below = _KEYS_BELOW.match(text, min(len(text), file.document.line_end(end) + 1))
    lost = f"; the keys below, from '{below[1]}' on, are lost" if below else ""
    yield Finding(
        end,
        end + 3,
        "'---' inside the frontmatter ends it",
        f"clients 2.1.197 and 2.1.328 cut the metadata here{lost}, and what follows becomes body",
        severity=Severity.ERROR if before or below else Severity.WARNING,
    )
