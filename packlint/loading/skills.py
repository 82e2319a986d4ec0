"""Which command or skill another one takes the place of."""

from __future__ import annotations

import os

from packlint.discovery.layout import Layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from packlint.pack import File, Pack

# In the order of the client's alphabet.
_SIGNS = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"


def hidden(pack: Pack) -> dict[int, File]:
    """By identity of a command's or a skill's file: the file because of which nobody can call it.

    Evidence: measured on 2.1.197 and 2.1.328. Where a command and a skill have one name, the command lives in a
    plugin and the skill in a project, unless it waits for a file. Of the names that links give to a file one lives. A
    colon in a name stands for a folder; of commands that come to one name that way, a plugin has the one in the fewest
    folders (twelve pairs), and 2.1.332 has now this, now that one in a project.
    """
    found = _beside_skills(pack.commands, pack.layout)
    found |= _linked(pack, found)
    if not pack.skills and not any(file.role.is_skill or ":" in "".join(file.role.parts) for file in pack.commands):
        return found
    living: dict[str, File] = {}
    for file in _by_rank(pack):
        known = pack.gist(file)
        if id(file) not in found and known.loaded and not known.waits:
            first = living.setdefault(known.invoke, file)
            if first is not file:
                found[id(file)] = first
    return found


def called(pack: Pack) -> dict[str, File]:
    """The commands and skills by every name that can be typed, those that wait for a file after those that do not.

    A name of its own goes before one that `name` adds; in 2.1.197 the first file that has it, either way (measured).
    """
    living = [file for file in _by_rank(pack) if id(file) not in pack.hidden and pack.gist(file).loaded]
    living.sort(key=lambda file: pack.gist(file).waits)
    own = [(pack.gist(file).invoke, file) for file in living]
    if pack.client.does("calls_own_names_first"):
        added = [(name, file) for file in living for name in pack.gist(file).also]
        names = [*own, *added]
    else:
        names = [(name, file) for file in living for name in (pack.gist(file).invoke, *pack.gist(file).also)]
    found: dict[str, File] = {}
    for name, file in names:
        found.setdefault(name, file)
    return found


def _by_rank(pack: Pack) -> list[File]:
    # Of SKILL.md and skill.md in one folder the one in small letters lives (measured).
    among = sorted(
        pack.commands, key=lambda file: (file.role.is_skill, file.role.is_skill and file.role.parts[-1].swapcase())
    )
    return [*among, *pack.skills] if pack.layout is Layout.PLUGIN else [*pack.skills, *among]


def _linked(pack: Pack, gone: dict[int, File]) -> dict[int, File]:
    """Names that lead by a link to a file that has another name before them.

    In a project skills come first, then the alphabet. A plugin has its commands and its skills apart; what comes first
    is said by where they are named, and within one folder by nothing: the client's choice is not stable (measured).
    """
    in_plugin = pack.layout is Layout.PLUGIN
    places: dict[tuple[str, bool], list[File]] = {}
    for file in (*pack.skills, *pack.commands):
        if id(file) not in gone:
            places.setdefault((file.real, in_plugin and file.role.in_skills), []).append(file)
    found: dict[int, File] = {}
    for same in places.values():
        if len(same) > 1:
            if not in_plugin:
                same.sort(key=lambda file: (not file.role.in_skills, _collated(pack.gist(file).name)))
            first, *others = same
            found |= {id(other): first for other in others}
    return found


def _collated(name: str) -> tuple[list[tuple[int, str]], str]:
    """A name's place in the client's alphabet: signs, digits, letters; accents and capitals count last (measured)."""
    import unicodedata

    plain = [each for each in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(each)]
    keys = [(len(_SIGNS) + each.isalpha(), each) if each.isalnum() else (_SIGNS.find(each), each) for each in plain]
    return keys, name.swapcase()


def _beside_skills(commands: Sequence[File], layout: Layout) -> dict[int, File]:
    """Commands that the client drops because of a SKILL.md in their folder, also one in small letters or at the top.

    In a plugin the commands in folders below it are dropped as well, in a project they stay.
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
