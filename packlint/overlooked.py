"""Files and folders of a plugin that the client passes over without a word."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from packlint.record import record

# Where people put agents of a plugin and the client does not look.
_MISPLACED = ("Agents", "agent", "subagents", ".claude/agents")


@record(frozen=True)
class Overlooked:
    """One such place. `is_link`: a link inside agents/ or commands/, else a folder in the wrong place."""

    path: Path
    is_link: bool


def find(plugin: Path, has_agents: bool) -> Iterator[Overlooked]:
    """What is overlooked in a plugin; folders in the wrong place only where it has no agents."""
    for key in ("agents", "commands"):
        yield from (Overlooked(link, True) for link in _links_below(plugin / key))
    if not has_agents and not (plugin / "agents").is_dir():
        for name in _MISPLACED:
            if (plugin / name).is_dir() and any((plugin / name).rglob("*.md")):
                yield Overlooked(plugin / name, False)


def _links_below(folder: Path) -> Iterator[Path]:
    for current, folders, files in os.walk(folder):
        for name in sorted((*folders, *(file for file in files if file.endswith(".md")))):
            if (place := Path(current, name)).is_symlink():
                yield place
