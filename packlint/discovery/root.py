"""A pack found on disk: its folders, the files of each role, and what is wrong with its manifests."""

from __future__ import annotations

from packlint.discovery.layout import Layout
from packlint.files.disk import Disk
from packlint.files.filesystem import LINK, TOO_LARGE
from packlint.parsing import plain_json
from packlint.record import field, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from packlint.discovery.market import Market
    from packlint.discovery.overlooked import Overlooked, Stray
    from packlint.parsing.jsonplace import Keys

    # Keys of frontmatter with the values that stand for what the file has there.
    Says = tuple[tuple[str, Any], ...]

SKILL = "SKILL.md"
# Stands behind the place of a manifest that has texts of commands itself, so that each of them has a place of its own.
BEHIND = "#"


@record(frozen=True)
class Entry:
    """One file in a role: `parts` is its place below agents/ or commands/, for a skill its folder and SKILL.md.

    `alone`: a skill whose own folder was named or found, not the folder around it. `called` is the name that a
    manifest gives a command, `says` what it says of it in place of the frontmatter, by the frontmatter's keys.
    `leads_out`: a manifest names it by a link that leads out of the plugin. `closed`: it is no file, but a folder that
    cannot be read, and may hold some. `text` is that of a command which a
    manifest itself has, at `spot`; see `packlint.written`.
    """

    path: str
    parts: tuple[str, ...]
    alone: bool = False
    called: str = ""
    says: Says = ()
    leads_out: bool = False
    closed: bool = False
    text: str | None = None
    spot: Keys = ()


@record(frozen=True)
class Fault:
    """What is wrong with a manifest: its file, the words, and where: the keys that lead there, or an offset."""

    path: str
    text: str
    consequence: str
    spot: Keys = ()
    offset: int = 0


@record
class Root:
    """A pack found: `base` holds its agents/, commands/ and skills/, `root` is what paths resolve against.

    `only` narrows what is reported to the files that the user named. `manifest` is what plugin.json says; `market` the
    marketplace that has the plugin, where one of its plugins needs another, and `listed` its name there; `listings` are
    the marketplaces' paths and the indexes of its entries. `is_plain`: nothing says whether it is a plugin or what
    people copy into a project's .claude.
    """

    root: str
    base: str
    layout: Layout
    name: str
    disk: Disk
    agents: list[Entry] = field(default_factory=list)
    commands: list[Entry] = field(default_factory=list)
    skills: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    manifests: list[str] = field(default_factory=list)
    overlooked: list[Overlooked] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    only: frozenset[str] | None = None
    manifest: dict[str, Any] = field(default_factory=dict)
    market: Market | None = None
    listed: str = ""
    listings: list[tuple[str, int]] = field(default_factory=list)
    is_plain: bool = False

    @property
    def entries(self) -> list[Entry]:
        """Everything that the client would load."""
        return [*self.agents, *self.commands, *self.skills]


def read_object(disk: Disk, path: str, consequence: str) -> tuple[dict[str, Any], list[Fault]]:
    """A JSON file's object, or an empty one and what is wrong with the file."""
    raw, reason = disk.read(path)
    if reason is not None:
        told = "packlint judges nothing that stands in it" if reason == TOO_LARGE else consequence
        return {}, [Fault(path, f"cannot be read: {reason}", told)]
    try:
        value = plain_json.loads(raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    except RecursionError:
        return {}, [Fault(path, "not valid JSON: too many values in one another", consequence)]
    except ValueError as error:
        from json import JSONDecodeError

        if isinstance(error, JSONDecodeError):
            from packlint.parsing import jsonplace

            words, offset = jsonplace.mistake(error)
            return {}, [Fault(path, f"not valid JSON: {words}", consequence, offset=offset)]
        return {}, [Fault(path, f"not valid JSON: {error}", consequence)]
    if not isinstance(value, dict):
        return {}, [Fault(path, "not a JSON object", consequence)]
    return value, []


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder or in it; both as `filesystem.normal` writes them."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def markdown_below(disk: Disk, top: str, *, in_plugin: bool) -> list[Entry]:
    """Markdown files below `top`. A plugin's own folders may be links, what is in them not; endings in capitals count.

    What has such a name and is no regular file - a pipe, a link that leads nowhere - is listed, and so is a folder
    that cannot be read, so that it is reported and not passed over.
    """
    found = []
    for folder, names in disk.walk(top, links=not in_plugin) if disk.is_folder(top) else ():
        inside = tuple(folder[len(top) + 1 :].split("/")) if folder != top else ()
        if folder in disk.refused:
            found.append(Entry(folder, inside or (folder.rpartition("/")[2],), closed=True))
        for name, kind in names.items():
            if not (name.lower() if in_plugin else name).endswith(".md"):
                continue
            path = f"{folder}/{name}"
            if not disk.is_folder(path) and (not in_plugin or kind != LINK or disk.kind(path) is None):
                found.append(Entry(path, (*inside, name)))
    return found


def skills_at(disk: Disk, folder: str, *, alone: bool) -> list[Entry]:
    """The skills of a folder: each is a folder in it with a SKILL.md; links are followed (measured).

    `alone`: where the folder itself has a SKILL.md, it is one skill and what is below it none.
    """
    if alone and (found := skill_in(disk, folder, alone=True)):
        return [found]
    names = disk.entries(folder) if disk.is_folder(folder) else {}
    return [found for name in names if (found := skill_in(disk, f"{folder}/{name}", alone=False))]


def skill_in(disk: Disk, folder: str, *, alone: bool) -> Entry | None:
    """The skill that a folder is: it holds a SKILL.md of just this spelling, which may be a link."""
    if not disk.is_folder(folder) or SKILL not in disk.entries(folder) or disk.is_folder(f"{folder}/{SKILL}"):
        return None
    return Entry(f"{folder}/{SKILL}", (folder.rpartition("/")[2], SKILL), alone)
