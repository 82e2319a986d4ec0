"""Runs every program on every pack, round by round, and keeps every single cost."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.pairing import rotated
from benchmarks.peers.install import PIP, Peer
from benchmarks.speed.cases import Case, cases
from benchmarks.speed.cost import SAMPLE_SECONDS, Cost, RunError, Together, run
from benchmarks.speed.programs import (
    INSTALLED,
    OURS,
    SCRIPT_WARM,
    WARM,
    Program,
    install_packlint,
    install_peers,
    program,
)
from benchmarks.speed.scanned import scanned

SLOW_SECONDS = 20
# Of the large packs alone, and for these: reading /proc again and again would disturb a timed run.
SAMPLED = (*INSTALLED, "agnix", "frontmatter-guard")
MEMORY_RUNS = 3
SETTLE_SECONDS = 3
_NUMBERS = re.compile(r"\[\s+([-\d.,\s]+?)\s+\]")


class Measured:
    """One program on one pack: its costs so far."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.program, self.folder = program, folder
        self.costs: list[Cost] = []
        self.texts: set[str] = set()
        self.is_slow = False

    def try_out(self) -> None:
        """A run that is not measured: it fills caches, those of the system as well."""
        self.is_slow = self._run().wall > SLOW_SECONDS

    def measure(self) -> None:
        self.costs.append(self._run())

    def together(self) -> dict[str, Any]:
        """The memory of all processes together, the largest of some runs."""
        sampled = Together()
        for _ in range(MEMORY_RUNS):
            self._run(sampled)
        return {
            "resident": round(sampled.resident, 1),
            "proportional": round(sampled.proportional, 1),
            "processes": sampled.processes,
        }

    def _run(self, sampled: Together | None = None) -> Cost:
        self.program.prepare()
        watch = sampled.watch if sampled else None
        cost = run(self.program.command, self.folder, self.program.environment, watch)
        if cost.code not in self.program.answers:
            raise RunError(f"{self.program.name} ended with exit code {cost.code} in {self.folder}")
        self.texts.add(cost.output_digest)
        return cost

    def kept(self) -> dict[str, Any]:
        """What results.json holds of it."""
        return {
            "wall": [round(cost.wall, 5) for cost in self.costs],
            "cpu": [round(cost.cpu, 5) for cost in self.costs],
            "peak": [round(cost.peak, 1) for cost in self.costs],
            "output_bytes": self.costs[-1].output_bytes,
        }


def measure(rounds: int, slow_rounds: int, largest: int) -> dict[str, Any]:
    """Everything that results.json holds.

    Raises:
        RunError: a program fails or takes too long.
    """
    load = [os.getloadavg()[0]]
    packlint, pyyaml = install_packlint().split()
    peers = install_peers()
    looked = scanned(peers)
    with tempfile.TemporaryDirectory(prefix="speed-") as name:
        work = Path(name)
        prepared = [_prepare(case, peers, work) for case in cases(largest)]
        _settle([each for _, _, programs in prepared for each in programs.values()])
        for number in range(rounds):
            for case, _, programs in prepared:
                _round(case, programs, number, slow_rounds)
            print(f"round {number + 1} of {rounds}", flush=True)
        kept = [_kept(*each) for each in prepared]
    load.append(os.getloadavg()[0])
    return {
        "machine": {**machine(), "load": [round(each, 1) for each in load]},
        "versions": {
            "Python": platform.python_version(),
            "packlint": packlint,
            "PyYAML": pyyaml,
            "pip": PIP,
            "Node": _node(),
            **{peer.name: peer.version for peer in peers.values()},
        },
        "rounds": rounds,
        "slow_rounds": slow_rounds,
        "settle_seconds": SETTLE_SECONDS,
        "memory_runs": MEMORY_RUNS,
        "memory_sample_ms": SAMPLE_SECONDS * 1000,
        "scanned": looked,
        "cases": kept,
    }


Prepared = tuple[Case, int, dict[str, Measured]]


def _prepare(case: Case, peers: dict[str, Peer], work: Path) -> Prepared:
    folder = work / case.name.replace(", ", "-").replace(" ", "-")
    size = case.make(folder)
    os.sync()
    print(f"trying every program on {case.name}", flush=True)
    programs = {name: Measured(program(name, case.name, case.layout, peers, work), folder) for name in case.programs}
    for each in programs.values():
        each.try_out()
    return case, size, programs


def _settle(programs: list[Measured]) -> None:
    """Fill warm caches anew when the packs are no longer fresh: the time stamps of files just written tell little."""
    time.sleep(SETTLE_SECONDS)
    for each in programs:
        if each.program.name in (WARM, SCRIPT_WARM):
            each.try_out()


def _round(case: Case, programs: dict[str, Measured], number: int, slow_rounds: int) -> None:
    for repeat in range(case.repeats):
        for name in rotated(list(programs), number * case.repeats + repeat):
            if number < slow_rounds or not programs[name].is_slow:
                programs[name].measure()


def _kept(case: Case, size: int, programs: dict[str, Measured]) -> dict[str, Any]:
    print(f"memory and results of {case.name}", flush=True)
    measured: dict[str, Any] = {}
    for name, each in programs.items():
        measured[name] = each.kept()
        if case.agents is not None and case.agents >= 1_000 and name in SAMPLED and not each.is_slow:
            measured[name]["together"] = each.together()
    texts: set[str] = set().union(*(each.texts for name, each in programs.items() if name in OURS))
    return {
        "name": case.name,
        "layout": case.layout,
        "agents": case.agents,
        "bytes": size,
        "packlint_texts": len(texts),
        "programs": measured,
    }


def _node() -> str:
    return subprocess.run(["node", "--version"], check=True, capture_output=True, text=True).stdout.strip()


def dumps(results: dict[str, Any]) -> str:
    """JSON with each list of numbers on one line."""
    text = json.dumps(results, indent=1, ensure_ascii=False)
    return _NUMBERS.sub(lambda found: f"[{' '.join(found[1].split())}]", text) + "\n"
