"""Files and folders of a pack that the client passes over without a word."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from pathlib import Path

from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.root import Root

# Where people put agents and skills of a plugin and the client does not look.
_MISPLACED = {"agents": ("Agents", "agent", "subagents", ".claude/agents"), "skills": ("Skills", "skill")}
_SKILL = "SKILL.md"
_DEPTH = 4


@record(frozen=True)
class Overlooked:
    """One such place. `is_link`: a link inside agents/ or commands/, else a folder in the wrong place of `right`."""

    path: Path
    is_link: bool
    right: str = ""


def find(plugin: Path, has: Container[str]) -> Iterator[Overlooked]:
    """What is overlooked in a plugin; folders in the wrong place only where it has nothing of what they hold."""
    for key in ("agents", "commands"):
        yield from (Overlooked(link, True) for link in _links_below(plugin / key))
    for right, names in _MISPLACED.items():
        if right in has or (plugin / right).is_dir():
            continue
        for name in names:
            pattern = "*.md" if right == "agents" else _SKILL
            if (plugin / name).is_dir() and any((plugin / name).rglob(pattern)):
                yield Overlooked(plugin / name, False, right)


def _links_below(folder: Path) -> Iterator[Path]:
    for current, folders, files in os.walk(folder):
        for name in sorted((*folders, *(file for file in files if file.endswith(".md")))):
            if (place := Path(current, name)).is_symlink():
                yield place


@record(frozen=True)
class Stray:
    """A file that is meant as a skill and is none, and why."""

    path: Path
    why: str


def skills(root: Root) -> Iterator[Stray]:
    """What in and around skills/ looks like a skill and is not found as one (measured)."""
    top, known = root.base / "skills", {entry.path for entry in root.skills}
    own = root.root / _SKILL
    if own not in known and root.base == root.root and top.is_dir() and own.is_file():
        yield Stray(
            own, "the client reads it only where the plugin has no skills folder and its manifest names no skills"
        )
    is_one = top / _SKILL in known
    for current, folders, files in os.walk(top):
        folder = Path(current)
        depth = len(folder.relative_to(top).parts)
        if folder / _SKILL in known and depth:
            folders[:] = []
            continue
        folders[:] = sorted(folders) if depth < _DEPTH else []
        for name in sorted(files):
            path = folder / name
            if path not in known and (why := _why_none(name, depth, is_one)):
                yield Stray(path, why)


def _why_none(name: str, depth: int, is_one: bool) -> str:
    if name.lower() == _SKILL.lower() and name != _SKILL:
        return f"the client looks for {_SKILL}, in just this spelling"
    if name == _SKILL and is_one:
        return f"skills/{_SKILL} makes one skill of the whole folder"
    if name == _SKILL:
        return "the client looks one folder deep: skills/<name>/SKILL.md"
    is_file_of_skills = depth == 0 and name.endswith(".md") and name.lower() != "readme.md"
    return "a skill is a folder with a SKILL.md" if is_file_of_skills else ""
