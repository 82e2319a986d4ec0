"""An agent or a skill has no description.

What it checks: the description is all the main model sees when it chooses an agent. Without one, or with an empty
one, a project agent is not loaded; a plugin agent is listed as "Agent from <plugin> plugin", so that nothing ever
routes to it. A plugin's skill without `description` and `when_to_use` is hidden from the model, a project's skill
is listed with the first line of its text.

Evidence: measured; `claude plugin validate` accepts an empty description.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description:
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.discovery.layout import Layout
from packlint.loading import listing, switches
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM018"
NAME = "missing-description"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    if not found.is_mapping:
        return
    field = found.field("description")
    if field is not None and field.value is not None and (not isinstance(field.value, str) or field.value.strip()):
        return
    if file.kind is Kind.SKILL:
        yield from _of_skill(file, pack)
        return
    plugin = file.layout is Layout.PLUGIN
    if plugin and not file.agent(pack.client).degraded:
        return
    if field is not None and field.value and not plugin:
        consequence = "the client lists the agent with nothing to choose it by"
    elif plugin:
        consequence = f'the client lists it as "{pack.client.fallback_description(pack.name)}"'
    else:
        consequence = "the client does not load this agent, and says nothing"
    yield _finding(file, pack, consequence)


def _of_skill(file: File, pack: Pack) -> Iterator[Finding]:
    values = file.document.frontmatter(pack.client).values
    if switches.hides(values, pack.client) or listing.when_to_use(values):
        return
    if file.layout is Layout.PLUGIN:
        yield _finding(file, pack, "the client hides the skill from the model; only a person can type it")
    else:
        yield _finding(file, pack, "the client lists the first line of the text instead", Severity.WARNING)


def _finding(file: File, pack: Pack, consequence: str, severity: Severity | None = None) -> Finding:
    found = file.document.frontmatter(pack.client)
    field = found.field("description")
    start, end = (field.key_start, field.end) if field else (found.start, found.start)
    message = "'description' is empty" if field else "'description' is missing"
    if field is None and "Description" in found.values:
        message += "; keys are case-sensitive"
    return Finding(start, end, message, consequence, severity=severity)
