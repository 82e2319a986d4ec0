"""The name of a command or a skill holds a space or is empty, so nobody can type it.

What it checks: what follows the first space is taken for arguments. The client lists the command, and the model alone
can call it. A plugin's command and every skill may have a `name` of its own in its frontmatter, and is then reached by
that. A file of a project's commands that is called `.md` has no name at all.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (commands/ship it.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good (commands/ship-it.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.
"""

from __future__ import annotations

from packlint.loading import naming
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CM010"
NAME = "untypeable-name"
SEVERITY = Severity.ERROR
KINDS = (Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    command = file.command(pack.client)
    is_there = command.refused is None and command.user_invocable
    fault = naming.fault_in_typing(command.name or command.invoke[1:])
    if is_there and fault and command.typed_as is None:
        what = "folder's" if file.role.is_skill else "file"
        told = "clients 2.1.197 and 2.1.328 list it, and take what follows the space for arguments"
        told = told if command.name else "client 2.1.197 lists it all the same"
        yield Finding(
            0,
            0,
            f"'{command.invoke}' cannot be typed: its {what} name {fault}",
            told,
            severity=Severity.WARNING if file.kind is Kind.SKILL else None,
        )
