"""An agent or a skill has no frontmatter.

What it checks: an agent file begins with a line `---`. Without it a project agent is not loaded,
with no message anywhere. A plugin turns the file into an agent all the same: named after the
file, described as "Agent from <plugin> plugin", with all tools and the whole file as its prompt.
That is also what happens to a README.md in a plugin's agents/ folder.

A README.md in a project's agents folder is harmless: the client takes it for documentation. So is a text without
frontmatter that other files of a project name by its path: it is reported as advice, since they read it all the same.

A plugin's skill without frontmatter is hidden from the model, which alone would use it; a project's skill is listed
with the first line of its text.

Evidence: measured; one run for each file in tests/conformance.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.discovery import linked
from packlint.discovery.layout import Layout
from packlint.frontmatter import State
from packlint.pack import File, Kind, Pack
from packlint.parsing import late
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM001"
NAME = "missing-frontmatter"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    if found.state is not State.ABSENT or late.opening(file.document.text) or linked.target(file):
        return
    if file.kind is Kind.SKILL:
        yield _of_skill(file)
        return
    if file.layout is Layout.PROJECT:
        if file.real in pack.referenced_by:
            told = "the client takes it for no agent; the files that name its path can read it"
            yield Finding(0, 0, "no frontmatter", told, severity=Severity.INFO)
        elif file.role.stem.lower() != "readme":
            yield Finding(0, 0, "no frontmatter", "the client does not load this agent, and says nothing")
        return
    name = pack.client.fallback_description(pack.name)
    yield Finding(
        0,
        0,
        "no frontmatter" if file.role.stem.lower() != "readme" else "a README in agents/ becomes an agent",
        f"the client lists it as '{file.agent(pack.client).invoke}', \"{name}\", and gives it all tools",
    )


def _of_skill(file: File) -> Finding:
    if file.layout is Layout.PLUGIN:
        return Finding(0, 0, "no frontmatter", "the client hides the skill from the model; only a person can type it")
    told = "the client lists the first line of the text instead of a description; other tools reject the skill"
    return Finding(0, 0, "no frontmatter", told, severity=Severity.WARNING)
