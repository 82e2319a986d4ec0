"""Skills among the commands: a SKILL.md takes the place of the commands in its folder."""

from __future__ import annotations

import os
from collections.abc import Sequence

from packlint.layout import Layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.pack import File


def hidden(commands: Sequence[File], layout: Layout) -> dict[int, File]:
    """By identity of a command's file: the SKILL.md because of which the client does not make a command of it.

    Evidence: measured on 2.1.197 and 2.1.328, in small letters and at the top of the folder, too. In a plugin
    the folders below go as well, in a project they stay.
    """
    found: dict[int, File] = {}
    for skill in (file for file in commands if file.role.is_skill):
        folder = os.path.dirname(skill.location)
        for other in commands:
            place = os.path.dirname(other.location)
            beside = place == folder and not other.role.is_skill
            below = layout is Layout.PLUGIN and place.startswith(folder + "/")
            if beside or below:
                found.setdefault(id(other), skill)
    return found
