"""Files and folders of a pack that the client passes over without a word."""

from __future__ import annotations

from packlint.discovery.root import SKILL
from packlint.files.disk import MOST_FOLDERS, Disk
from packlint.files.filesystem import FOLDER, LINK
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from packlint.discovery.root import Root

# Where people put agents and skills of a plugin and the client does not look.
_MISPLACED = {"agents": ("Agents", "agent", "subagents", ".claude/agents"), "skills": ("Skills", "skill")}
_DEPTH = 4


@record(frozen=True)
class Overlooked:
    """One such place. `is_link`: a link inside agents/ or commands/, else a folder in the wrong place of `right`."""

    path: str
    is_link: bool
    right: str = ""


def find(disk: Disk, plugin: str, has: Container[str]) -> Iterator[Overlooked]:
    """What is overlooked in a plugin; folders in the wrong place only where it has nothing of what they hold."""
    for key in ("agents", "commands"):
        yield from (Overlooked(link, True) for link in _links_below(disk, f"{plugin}/{key}"))
    for right, misplaced in _MISPLACED.items():
        if right in has or disk.is_folder(f"{plugin}/{right}"):
            continue
        for name in misplaced:
            folder = f"{plugin}/{name}"
            if disk.is_folder(folder) and _holds(disk, folder, ".md" if right == "agents" else SKILL):
                yield Overlooked(folder, False, right)


def _holds(disk: Disk, top: str, ending: str) -> bool:
    return any(name.endswith(ending) for _, names in disk.walk(top, links=False) for name in names)


def _links_below(disk: Disk, top: str) -> Iterator[str]:
    for folder, names in disk.walk(top, links=False) if disk.is_folder(top) else ():
        for name, kind in names.items():
            if kind == LINK and (name.endswith(".md") or disk.is_folder(f"{folder}/{name}")):
                yield f"{folder}/{name}"


@record(frozen=True)
class Stray:
    """A file that is meant as a skill or a folder of a pack and is none, and why."""

    path: str
    why: str


def folders(root: Root) -> Iterator[Stray]:
    """Files in the places of a pack's folders, which links to these become where git makes none (measured)."""
    for name in ("agents", "commands", "skills"):
        if root.disk.is_file(f"{root.base}/{name}"):
            yield Stray(f"{root.base}/{name}", "the client looks for a folder here")


def skills(root: Root) -> Iterator[Stray]:
    """What in and around skills/ looks like a skill and is not found as one (measured)."""
    disk, top, known = root.disk, f"{root.base}/skills", {entry.path for entry in root.skills}
    if not disk.is_folder(top):
        return
    own = f"{root.root}/{SKILL}"
    if root.base == root.root and own not in known and disk.is_file(own):
        yield Stray(
            own, "the client reads it only where the plugin has no skills folder and its manifest names no skills"
        )
    is_one, stack = f"{top}/{SKILL}" in known, [(top, 0)]
    for _ in range(MOST_FOLDERS):
        if not stack:
            return
        folder, depth = stack.pop()
        if depth and f"{folder}/{SKILL}" in known:
            continue
        for name, kind in disk.entries(folder).items():
            path = f"{folder}/{name}"
            if kind == FOLDER and depth < _DEPTH:
                stack.append((path, depth + 1))
            elif kind != FOLDER and path not in known and (why := _why_none(name, depth, is_one)):
                yield Stray(path, why)


def _why_none(name: str, depth: int, is_one: bool) -> str:
    if name.lower() == SKILL.lower() and name != SKILL:
        return f"the client looks for {SKILL}, in just this spelling"
    if name == SKILL and is_one:
        return f"skills/{SKILL} makes one skill of the whole folder"
    if name == SKILL:
        return "the client looks one folder deep: skills/<name>/SKILL.md"
    is_file_of_skills = depth == 0 and name.endswith(".md") and name.lower() != "readme.md"
    return "a skill is a folder with a SKILL.md" if is_file_of_skills else ""
