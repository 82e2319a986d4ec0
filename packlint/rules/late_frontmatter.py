"""Frontmatter does not begin at the first byte of the file.

What it checks: the client looks for `---` at the very start. A blank line, a comment, a heading, a
code fence or a space before it makes the frontmatter ordinary text: a project agent is not
loaded, a plugin agent loses its metadata and keeps all tools, a command sends its frontmatter to the
model as part of the prompt.

A UTF-8 byte order mark counts as something before it on client 2.1.197, and is skipped by 2.1.328:
for the newer client this finding is a warning.

Evidence: measured; one run for each file in tests/conformance.
Versions: 2.1.197, 2.1.328; the byte order mark 2.1.197 only.

Bad (agents/reviewer.md):

    <!-- reviewed in May -->
    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    <!-- reviewed in May -->
    You review Python changes.
"""

from __future__ import annotations

from packlint.discovery.layout import Layout
from packlint.frontmatter import State
from packlint.mending.worth import weighed
from packlint.pack import File, Kind, Pack
from packlint.parsing import late
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM002"
NAME = "late-frontmatter"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    text = file.document.text
    if text.startswith("\ufeff") and file.document.frontmatter(pack.client).state is not State.ABSENT:
        yield Finding(
            0,
            1,
            "a byte order mark stands before the frontmatter",
            f"client 2.1.197 does not see the frontmatter; client {pack.client.version} skips the mark",
            weighed(file, Fix("remove the byte order mark", (Edit(0, 1, ""),))),
            Severity.WARNING,
        )
        return
    start = late.opening(text)
    if start is None or file.document.frontmatter(pack.client).state is not State.ABSENT:
        return
    fix = None
    if not text[:start].replace("\ufeff", "").strip():
        fix = weighed(file, Fix("remove what stands before the frontmatter", (Edit(0, start, ""),)))
    yield Finding(0, start, "something stands before the frontmatter", _consequence(file), fix)


def _consequence(file: File) -> str:
    if file.kind is not Kind.AGENT:
        return f"the client loses the {file.kind}'s metadata and sends the frontmatter to the model as text"
    if file.layout is Layout.PROJECT:
        return "the client does not load this agent, and says nothing"
    return "the client loses name, description, tools and model: the agent gets all tools"
