"""A pack found on disk: its folders, the files of each role, and what is wrong with its manifests."""

from __future__ import annotations

from packlint.disk import LINK, Disk
from packlint.layout import Layout
from packlint.record import field, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.overlooked import Overlooked


@record(frozen=True)
class Entry:
    """One file in a role: `parts` is its place below agents/ or commands/."""

    path: str
    parts: tuple[str, ...]


@record(frozen=True)
class Fault:
    """What is wrong with a manifest: its file, the words, and the text in it that is concerned, or the offset."""

    path: str
    text: str
    consequence: str
    about: str = ""
    offset: int = 0


@record
class Root:
    """A pack found: `base` holds its agents/ and commands/, `root` is what paths resolve against.

    `only` narrows what is reported to the files that the user named.
    """

    root: str
    base: str
    layout: Layout
    name: str
    disk: Disk
    agents: list[Entry] = field(default_factory=list)
    commands: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    manifests: list[str] = field(default_factory=list)
    overlooked: list[Overlooked] = field(default_factory=list)
    only: frozenset[str] | None = None


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder or in it; both as `disk.normal` writes them."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def markdown_below(disk: Disk, top: str, extensions: tuple[str, ...], links: bool) -> list[Entry]:
    """Markdown files below `top`. A plugin's own folders may be links, what is in them not.

    What has such a name and is no regular file - a pipe, a link that leads nowhere - is listed, and so is a folder
    that cannot be read, so that it is reported and not passed over.
    """
    found = []
    for folder, names in disk.walk(top, links=links) if disk.is_folder(top) else ():
        inside = tuple(folder[len(top) + 1 :].split("/")) if folder != top else ()
        if folder in disk.refused:
            found.append(Entry(folder, inside or (folder.rpartition("/")[2],)))
        for name, kind in names.items():
            if not name.endswith(extensions):
                continue
            path = f"{folder}/{name}"
            if not disk.is_folder(path) and (links or kind != LINK or disk.kind(path) is None):
                found.append(Entry(path, (*inside, name)))
    return found
