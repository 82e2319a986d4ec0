"""What a client gets of a file, so that a fix after which it gets less is no safe one."""

from __future__ import annotations

from packlint.client import Client, clients
from packlint.file import File, Kind
from packlint.loading import switches
from packlint.mending.patch import applied
from packlint.problem import Fix


def of(file: File, client: Client) -> tuple[bool, ...]:
    """What `client` has of an agent, command or skill: each may become true by a safe fix, and none false."""
    if file.kind is Kind.AGENT:
        agent = file.agent(client)
        return agent.loaded, agent.loaded and not agent.degraded, bool(agent.tools.granted), bool(agent.description)
    command = file.command(client)
    wants_hiding = switches.hides(command.frontmatter.values, client)
    return command.loaded, wants_hiding or not command.hidden_from_model, bool(command.description)


def weighed(file: File, fix: Fix) -> Fix:
    """The fix, marked unsafe where it leaves some client less of the file than that has.

    A fix that brings the frontmatter back brings the list of tools back, too, and that may hold none.
    """
    text = applied(file.document.text, fix.edits)
    mended = File(file.kind, file.location, file.shown, file.role, file.disk, text.encode())
    for client in clients():
        if any(old > new for old, new in zip(of(file, client), of(mended, client), strict=True)):
            return Fix(fix.description, fix.edits, safe=False)
    return fix
