"""A pack found on disk: its folders, the files of each role, and what is wrong with its manifests."""

from __future__ import annotations

import os
from pathlib import Path

from packlint.loader import Layout
from packlint.overlooked import Overlooked, Stray
from packlint.record import field, record

SKILL = "SKILL.md"

# The keys and indexes that lead to a place in JSON.
Keys = tuple[str | int, ...]


@record(frozen=True)
class Entry:
    """One file in a role: `parts` is its place below agents/ or commands/, for a skill its folder and SKILL.md.

    `alone`: a skill whose own folder was named or found, not the folder around it.
    """

    path: Path
    parts: tuple[str, ...]
    alone: bool = False


@record(frozen=True)
class Fault:
    """What is wrong with a manifest: its file, the words, and where: the keys that lead there, or an offset."""

    path: Path
    text: str
    consequence: str
    spot: Keys = ()
    offset: int = 0


@record
class Root:
    """A pack found: `base` holds its agents/, commands/ and skills/, `root` is what paths resolve against."""

    root: Path
    base: Path
    layout: Layout
    name: str
    agents: list[Entry] = field(default_factory=list)
    commands: list[Entry] = field(default_factory=list)
    skills: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    manifests: list[Path] = field(default_factory=list)
    overlooked: list[Overlooked] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    only: frozenset[Path] | None = None

    @property
    def entries(self) -> list[Entry]:
        """Everything that the client would load."""
        return [*self.agents, *self.commands, *self.skills]


def markdown_below(top: Path, extensions: tuple[str, ...], links: bool) -> list[Entry]:
    """Markdown files below `top`. A plugin's own folders may be links, what is in them not.

    What has such a name and is no regular file - a pipe, a link that leads nowhere - is listed, so that
    it is reported and not passed over.
    """
    found, seen = [], set()
    for current, names, files in os.walk(top, followlinks=links):
        real = os.path.realpath(current)
        if real in seen:
            names[:] = []
            continue
        seen.add(real)
        names.sort()
        for name in sorted(files):
            path = Path(current, name)
            if name.endswith(extensions) and (links or not path.is_symlink() or not path.exists()):
                found.append(Entry(path, path.relative_to(top).parts))
    return found


def skills_at(folder: Path, *, alone: bool) -> list[Entry]:
    """The skills of a folder: each is a folder in it with a SKILL.md; links are followed (measured).

    `alone`: where the folder itself has a SKILL.md, it is one skill and what is below it none.
    """
    if alone and (found := skill_in(folder, alone=True)):
        return [found]
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [found for name in names if (found := skill_in(folder / name, alone=False))]


def skill_in(folder: Path, *, alone: bool) -> Entry | None:
    """The skill that a folder is: it holds a SKILL.md of just this spelling, which may be a link."""
    try:
        with os.scandir(folder) as found:
            if any(each.name == SKILL and not each.is_dir() for each in found):
                return Entry(folder / SKILL, (folder.name, SKILL), alone)
    except OSError:
        return None
    return None
