"""Which peers look at the agents of a pack at all: each is asked about packs in which some files have a defect."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.peers.adapters import ADAPTERS, PACKLINT
from benchmarks.peers.ask import ask
from benchmarks.peers.install import Peer
from benchmarks.speed.cases import OWN, copy_tracked
from benchmarks.speed.corpus import FOLDERS, PLUGIN, PROJECT, agents, write
from benchmarks.speed.programs import PEERS, PYTHON

AGENTS = 200


def scanned(peers: Mapping[str, Peer]) -> dict[str, Any]:
    """For each pack how many files were planted, and for packlint and each peer how many of them it names."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="speed-scan-") as name:
        for pack, folder, planted in _packs(Path(name)):
            found[pack] = {"planted": len(planted), "named": {}}
            for tool in ("packlint", *PEERS):
                found[pack]["named"][tool] = _named(tool, peers, folder, planted)
    return found


def _packs(place: Path) -> Iterator[tuple[str, Path, set[str]]]:
    """Name, folder and planted files: this pack without the descriptions of its agents, and generated packs."""
    own = place / "own"
    copy_tracked(own)
    planted = {f"agents/{path.name}" for path in (own / "agents").iterdir()}
    for path in planted:
        lines = (own / path).read_text("utf-8").splitlines(keepends=True)
        (own / path).write_text("".join(line for line in lines if not line.startswith("description:")), "utf-8")
    yield OWN, own, planted
    for layout in (PLUGIN, PROJECT):
        write(AGENTS, layout, place / layout)
        names = {f"{FOLDERS[layout]}/{agent.name}.md" for agent in agents(AGENTS) if agent.defect}
        yield f"{layout}, {AGENTS}", place / layout, names


def _named(tool: str, peers: Mapping[str, Peer], pack: Path, planted: set[str]) -> int | str:
    """How many planted files the tool's findings name, or why it has no answer."""
    adapter = ADAPTERS.get(tool, PACKLINT)
    program = [str(peers[tool].executable)] if tool in peers else [str(PYTHON)]
    with tempfile.TemporaryDirectory(prefix="speed-home-") as home:
        answer = ask(adapter, program, pack, Path(home))
    if answer.crash is not None:
        return answer.crash
    named = {finding.path for finding in answer.findings}
    # Through the links in .claude, this pack's agents have two paths.
    return sum(path in named or f".claude/{path}" in named for path in planted)
