"""A command's file name holds a space, so nobody can type the command.

What it checks: what follows the first space is taken for arguments. The client lists the command and cannot run it.
A plugin's command may have a `name` of its own in its frontmatter, and is then reached by that.

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

from collections.abc import Iterator

from packlint.layout import Layout
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

CODE = "CM010"
NAME = "untypeable-name"
SEVERITY = Severity.ERROR
KINDS = (Kind.COMMAND,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    command = file.command(pack.client)
    other = command.frontmatter.values.get("name")
    reachable = file.layout is Layout.PLUGIN and isinstance(other, str) and other and not any(map(str.isspace, other))
    if any(map(str.isspace, command.name)) and not reachable:
        yield Finding(
            0,
            0,
            f"'{command.invoke}' cannot be typed: its file name holds a space",
            "clients 2.1.197 and 2.1.328 list it, and take what follows the space for arguments",
        )
