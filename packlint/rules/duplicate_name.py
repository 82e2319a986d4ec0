"""Two agents, or two commands or skills, of a pack have the same name.

What it checks: of agents that are called by the same name exactly one survives, without a message, and which
one is not stable. In a project all folders below agents/ count as one; in a plugin a subfolder is part
of the name.

Of a command and a skill with one name the client calls the command in a plugin and the skill in a project. Skills
are called by their folders, in which a plugin's client replaces all but letters, digits, `-` and `_`; of two in one
folder whose names come to the same it calls one, and which one is not stable. A second skill with the same `name` is
not reached by that name. A command in `a:b.md` has the name of the one in `a/b.md`: a plugin has the first alone, a
project one of them. Where a link gives a command or a skill a second name, the client keeps one of them: in a project
the first, in a plugin one that is not stable.

Evidence: measured; the winner flipped between identical plugins. `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Bad (agents/critic.md):

    ---
    name: reviewer
    description: Reviews documents. Use before a release.
    ---
    You review documents.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Good (agents/critic.md):

    ---
    name: critic
    description: Reviews documents. Use before a release.
    ---
    You review documents.
"""

from __future__ import annotations

import os

from packlint.discovery.layout import Layout
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "NM003"
NAME = "duplicate-name"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    yield from _agent(file, pack) if file.kind is Kind.AGENT else _command(file, pack)


def _agent(file: File, pack: Pack) -> Iterator[Finding]:
    agent = file.agent(pack.client)
    same = pack.agents_by_name.get(agent.invoke, []) if agent.loaded else []
    others = [other for other in same if other.real != file.real]
    # Of two the later one is told; where only the first was asked about, it is.
    if not others or (same[0] is file and any(map(pack.is_wanted, others))):
        return
    field = file.document.frontmatter(pack.client).field("name")
    start, end = (field.start, field.end) if field else (0, 0)
    yield Finding(
        start,
        end,
        f"the name '{agent.name}' is taken by {others[0].shown}",
        "the client keeps one of the two and drops the other without a word; which one is not stable",
    )


def _command(file: File, pack: Pack) -> Iterator[Finding]:
    command, other = file.command(pack.client), pack.hidden.get(id(file))
    if other is not None and other.command(pack.client).invoke == command.invoke:
        yield Finding(
            0,
            0,
            f"'{command.invoke}' is also the name of {other.shown}",
            "clients 2.1.197 and 2.1.328 call one of the two; which one is not stable"
            if _are_neighbours(file, other) or _are_commands_of_project(file, other)
            else f"clients 2.1.197 and 2.1.328 call only that one: nobody reaches this {file.kind}",
        )
        return
    if other is not None and other.real == file.real:
        is_stable = file.layout is Layout.PROJECT
        fate = "nobody reaches it by this name" if is_stable else "which of its names it keeps is not stable"
        yield Finding(
            0,
            0,
            f"'{command.invoke}' is a second name of the file that is '{other.command(pack.client).invoke}'",
            f"clients 2.1.197 and 2.1.328 take a file that links lead to once: {fate}",
        )
        return
    field = command.frontmatter.field("name")
    owners = [pack.called.get(name, file) for name in pack.gist(file).also]
    first = next((owner for owner in owners if owner is not file), None)
    if field is not None and first is not None:
        yield Finding(
            field.start,
            field.end,
            f"the name '{field.value}' is taken by {first.shown}",
            f"the client calls that one; this {file.kind} is called '{command.invoke}' alone",
            severity=Severity.WARNING,
        )


def _are_commands_of_project(file: File, other: File) -> bool:
    """Whether two commands have their name from folders and colons, of which 2.1.332 takes now one, now the other."""
    is_project = file.layout is Layout.PROJECT
    return is_project and not any(each.role.is_skill or each.role.in_skills for each in (file, other))


def _are_neighbours(file: File, other: File) -> bool:
    """Whether two are skills of one folder, which the client takes in the order of the disk (measured)."""
    folders = {os.path.dirname(os.path.dirname(each.location)) for each in (file, other)}
    return len(folders) == 1 and file.role.in_skills and other.role.in_skills
