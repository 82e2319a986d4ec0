"""What is measured: packs, and the programs that are run on each."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.install import ROOT
from benchmarks.speed.corpus import FOLDERS, PLUGIN, PROJECT, write
from benchmarks.speed.programs import FLOORS, INSTALLED, OURS, PASS, PEERS

OWN = "this pack"
SIZES = (1, 6, 200, 1_000, 2_000, 5_000, 10_000)
# All peers take part at this size and on this repository's own pack; with more agents most take minutes.
_ALL_PEERS = 200
# agnix's time in a project grows with the square of the number of agents.
_AGNIX_IN_PROJECT = 2_000
# Short runs are repeated within a round: their times scatter more.
_SHORT, _REPEATS = 6, 3


@dataclass(frozen=True, slots=True)
class Case:
    """A pack, by layout and number of agents - none for this repository's own - and the programs that are run on it."""

    layout: str
    agents: int | None
    programs: tuple[str, ...]
    repeats: int = 1

    @property
    def name(self) -> str:
        return OWN if self.agents is None else case_name(self.layout, self.agents)

    def make(self, folder: Path) -> int:
        """Puts the pack into `folder`, which does not exist yet; gives the size of its agents in bytes."""
        if self.agents is not None:
            return write(self.agents, self.layout, folder)
        copy_tracked(folder)
        return sum(path.stat().st_size for path in (folder / FOLDERS[PLUGIN]).iterdir())


def case_name(layout: str, agents: int) -> str:
    """The name of a generated pack's case."""
    return f"{layout}, {agents:,}"


def cases(largest: int) -> Iterator[Case]:
    """All cases with no more than `largest` agents."""
    yield Case(PLUGIN, None, (*OURS, PASS, *PEERS), _REPEATS)
    for layout in (PLUGIN, PROJECT):
        for size in SIZES:
            if size <= largest:
                programs = (*INSTALLED, *FLOORS, *_peers(layout, size))
                yield Case(layout, size, programs, _REPEATS if size <= _SHORT else 1)


def _peers(layout: str, size: int) -> list[str]:
    if size == _ALL_PEERS:
        return list(PEERS)
    agnix = layout == PLUGIN or size <= _AGNIX_IN_PROJECT
    return [name for name in PEERS if name == "frontmatter-guard" or (name == "agnix" and agnix)]


def copy_tracked(folder: Path) -> None:
    """This repository's files without its history and environments: what git knows, as it stands in the folder."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    for name in listed.decode().split("\0"):
        source = ROOT / name
        if name and (source.is_symlink() or source.is_file()):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target, follow_symlinks=False)
