"""A command or a skill runs as an agent that is not there.

What it checks: `agent` beside `context: fork`. Where the client knows no agent of that name it takes the general
one and says nothing: the tools, the model and the instructions of the agent meant are lost. A plugin's own agent
is known by its full name alone, `plugin:agent`; the bare name works in a project. A blank within the quotes around a
name is part of it. The general one's own name in other letters loses nothing.

Another plugin's agent (`other:x`) is taken to exist. In a project the agent may be a person's own, so an unknown
one is a warning there.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (.claude-plugin/plugin.json):

    {"name": "shop"}

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Bad (commands/review-branch.md):

    ---
    description: Review a branch
    argument-hint: <branch>
    context: fork
    agent: reviewer
    ---
    Review $ARGUMENTS.

Good (.claude-plugin/plugin.json):

    {"name": "shop"}

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Good (commands/review-branch.md):

    ---
    description: Review a branch
    argument-hint: <branch>
    context: fork
    agent: shop:reviewer
    ---
    Review $ARGUMENTS.
"""

from __future__ import annotations

from packlint.discovery.layout import Layout
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.prompts import forking
from packlint.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CM008"
NAME = "unknown-fork-agent"
SEVERITY = Severity.ERROR
KINDS = (Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    field = found.field("agent")
    given = forking.asked_for(found.values)
    if found.values.get("context") != "fork" or field is None or not isinstance(given, str):
        return
    name = given.strip()
    known = {*pack.agents_by_name, *pack.client.callable_agents}
    if not name or given in known or (":" in name and not name.startswith(pack.name + ":")):
        return
    if given.lower() == forking.GENERAL:
        return  # what the client runs instead
    names = (invoke for invoke in pack.agents_by_name if invoke.rpartition(":")[2] == name)
    full = name if name in known else next(names, None)
    fix = Fix(f"write '{full}'", (Edit(field.start, field.end, full),)) if full else None
    message = f"'{name}' is '{full}' in a plugin" if full else f"no agent '{name}' in this pack"
    if full == name:
        message = f"'{given}' has blanks around the agent's name"
    yield Finding(
        field.start,
        field.end,
        message + ("" if full else did_you_mean(name, known)),
        "clients 2.1.197 and 2.1.328 run the general agent instead, and say nothing",
        fix,
        None if full or pack.layout is Layout.PLUGIN else Severity.WARNING,
    )
