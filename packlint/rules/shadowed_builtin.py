"""A name of the client's own is taken over.

What it checks: a project agent called Explore, Plan, general-purpose, claude or statusline-setup silently
replaces the built-in agent, tools and model included. A project's command or skill called help, clear, review or
init replaces the built-in command. A plugin's names have the plugin before them and replace nothing. A `name` in
frontmatter gives a plugin's command and a skill a further name; one of the client's own it is not, since 2.1.328.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad in a project (agents/plan.md):

    ---
    name: Plan
    description: Plans a change. Use before an edit.
    ---
    You plan changes.

Good in a project (agents/plan.md):

    ---
    name: change-planner
    description: Plans a change. Use before an edit.
    ---
    You plan changes.
"""

from __future__ import annotations

from packlint.discovery.layout import Layout
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "NM004"
NAME = "shadowed-builtin"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if file.kind is not Kind.AGENT and (file.role.in_plugin or file.role.in_skills):
        yield from _further(file, pack)
    if file.layout is not Layout.PROJECT:
        return
    if file.kind is Kind.AGENT:
        agent = file.agent(pack.client)
        if agent.loaded and agent.name in pack.client.builtin_agents:
            field = file.document.frontmatter(pack.client).field("name")
            start, end = (field.start, field.end) if field else (0, 0)
            message = f"'{agent.name}' is a built-in agent"
            yield Finding(start, end, message, "the client uses this file in its place, everywhere in the project")
        return
    name = file.command(pack.client).name
    if name in pack.client.replaceable_commands:
        yield Finding(0, 0, f"'/{name}' is a built-in command", "the client runs this file in its place")


def _further(file: File, pack: Pack) -> Iterator[Finding]:
    command = file.command(pack.client)
    field = command.frontmatter.field("name")
    if field is None or not isinstance(field.value, str) or field.value == command.invoke[1:]:
        return
    if pack.client.keeps(field.value, from_plugin=file.role.in_plugin):
        yield Finding(
            field.start,
            field.end,
            f"'/{field.value}' is a built-in command, and stays one",
            f"client {pack.client.version} calls this {file.kind} '{command.invoke}'",
            severity=Severity.INFO,
        )
