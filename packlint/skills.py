"""Which command or skill another one takes the place of."""

from __future__ import annotations

from collections.abc import Container, Sequence

from packlint.client import Client
from packlint.loader import Layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.pack import File


def hidden(commands: Sequence[File], skills: Sequence[File], layout: Layout, client: Client) -> dict[int, File]:
    """By identity of a command's or a skill's file: the file because of which nobody can call it.

    Evidence: measured on 2.1.197 and 2.1.328. Where a command and a skill have one name, the command lives in a
    plugin and the skill in a project, unless it waits for a file.
    """
    found = _beside_skills(commands, layout)
    waiting = {id(file) for file in skills if file.command(client).waits_for}
    living: dict[str, File] = {}
    for file in _by_rank(commands, skills, layout):
        if id(file) not in found and id(file) not in waiting:
            first = living.setdefault(file.command(client).invoke, file)
            if first is not file:
                found[id(file)] = first
    return found


def called(
    commands: Sequence[File], skills: Sequence[File], layout: Layout, client: Client, gone: Container[int]
) -> dict[str, File]:
    """The commands and skills by every name that can be typed: a name of its own goes before one that `name` adds."""
    living = [file for file in _by_rank(commands, skills, layout) if id(file) not in gone]
    found: dict[str, File] = {}
    for file in living:
        found.setdefault(file.command(client).invoke, file)
    for file in living:
        for name in file.command(client).also:
            found.setdefault(name, file)
    return found


def _by_rank(commands: Sequence[File], skills: Sequence[File], layout: Layout) -> list[File]:
    among = sorted(commands, key=lambda file: file.role.is_skill)
    return [*among, *skills] if layout is Layout.PLUGIN else [*skills, *among]


def _beside_skills(commands: Sequence[File], layout: Layout) -> dict[int, File]:
    """Commands that are none because of a SKILL.md in their folder, in small letters or at the top, too.

    In a plugin the folders below go as well, in a project they stay.
    """
    found: dict[int, File] = {}
    for skill in (file for file in commands if file.role.is_skill):
        folder = skill.document.path.parent
        for other in commands:
            beside = other.document.path.parent == folder and not other.role.is_skill
            below = layout is Layout.PLUGIN and folder in other.document.path.parent.parents
            if beside or below:
                found.setdefault(id(other), skill)
    return found
