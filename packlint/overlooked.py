"""Files and folders of a plugin that the client passes over without a word."""

from __future__ import annotations

from collections.abc import Iterator

from packlint.disk import LINK, Disk
from packlint.record import record

# Where people put agents of a plugin and the client does not look.
_MISPLACED = ("Agents", "agent", "subagents", ".claude/agents")


@record(frozen=True)
class Overlooked:
    """One such place. `is_link`: a link inside agents/ or commands/, else a folder in the wrong place."""

    path: str
    is_link: bool


def find(disk: Disk, plugin: str, has_agents: bool) -> Iterator[Overlooked]:
    """What is overlooked in a plugin; folders in the wrong place only where it has no agents."""
    for key in ("agents", "commands"):
        yield from (Overlooked(link, True) for link in _links_below(disk, f"{plugin}/{key}"))
    if not has_agents and not disk.is_folder(f"{plugin}/agents"):
        for name in _MISPLACED:
            folder = f"{plugin}/{name}"
            if disk.is_folder(folder) and _holds_markdown(disk, folder):
                yield Overlooked(folder, False)


def _holds_markdown(disk: Disk, top: str) -> bool:
    return any(name.endswith(".md") for _, names in disk.walk(top, links=False) for name in names)


def _links_below(disk: Disk, top: str) -> Iterator[str]:
    for folder, names in disk.walk(top, links=False) if disk.is_folder(top) else ():
        for name, kind in names.items():
            if kind == LINK and (name.endswith(".md") or disk.is_folder(f"{folder}/{name}")):
                yield f"{folder}/{name}"
