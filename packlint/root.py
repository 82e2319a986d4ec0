"""A pack found on disk: its folders, the files of each role, and what is wrong with its manifests."""

from __future__ import annotations

import os
from pathlib import Path

from packlint.loader import Layout
from packlint.overlooked import Overlooked
from packlint.record import field, record


@record(frozen=True)
class Entry:
    """One file in a role: `parts` is its place below agents/ or commands/."""

    path: Path
    parts: tuple[str, ...]


@record(frozen=True)
class Fault:
    """What is wrong with a manifest: its file, the words, and the text in it that is concerned, or the offset."""

    path: Path
    text: str
    consequence: str
    about: str = ""
    offset: int = 0


@record
class Root:
    """A pack found: `base` holds its agents/ and commands/, `root` is what paths resolve against."""

    root: Path
    base: Path
    layout: Layout
    name: str
    agents: list[Entry] = field(default_factory=list)
    commands: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    manifests: list[Path] = field(default_factory=list)
    overlooked: list[Overlooked] = field(default_factory=list)
    only: frozenset[Path] | None = None


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
