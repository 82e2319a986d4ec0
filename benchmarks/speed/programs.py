"""The programs that are compared, as command lines: packlint with and without its cache, its peers, and floors."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.adapters import ADAPTERS, PACKLINT
from benchmarks.peers.ask import surroundings
from benchmarks.peers.install import HOME, ROOT, Peer, environment, install, pinned
from benchmarks.speed.corpus import FOLDERS

WARM, COLD, FILLING = "packlint, warm", "packlint, no cache", "packlint, empty cache"
SCRIPT_WARM, SCRIPT_COLD = "validate.py, warm", "validate.py, no cache"
PASS, READ, SPLIT, YAML = "python -c pass", "read all bytes", "split frontmatter", "CSafeLoader on frontmatter"
INSTALLED = (WARM, COLD, FILLING)
OURS = (*INSTALLED, SCRIPT_WARM, SCRIPT_COLD)
FLOORS = (PASS, READ, SPLIT, YAML)
# As a user would call them in a folder, with their ordinary output. agnix refuses more than 10,000 files otherwise.
PEERS = {
    "agnix": ["--target", "claude-code", "--max-files", "0", "."],
    "frontmatter-guard": ["check", "."],
    "skillsaw": ["lint", "."],
    "skilllint": ["check", "--check", "."],
    "claudelint": ["check-all", "--no-cache"],
    "cclint": ["--root", "."],
}
_FLOOR = Path(__file__).with_name("floor.py")
PYTHON = HOME / "packlint/bin/python"


@dataclass(frozen=True, slots=True)
class Program:
    """A command to run in a pack's folder, its environment, and the exit codes that are answers.

    `cache` is where packlint may keep something; with `is_fresh`, it is emptied before each run.
    """

    name: str
    command: list[str]
    environment: Mapping[str, str]
    answers: tuple[int, ...]
    cache: Path | None = None
    is_fresh: bool = False

    def prepare(self) -> None:
        """Put the cache into the state that each run begins with."""
        if self.is_fresh and self.cache is not None:
            shutil.rmtree(self.cache, ignore_errors=True)
            self.cache.mkdir(parents=True)


def install_packlint() -> str:
    """Installs this checkout's packlint, as a user gets it: from a wheel, compiled; gives its version.

    Raises:
        subprocess.CalledProcessError: it cannot be installed.
    """
    shutil.rmtree(PYTHON.parents[1], ignore_errors=True)
    for arguments in environment(PYTHON.parents[1], str(ROOT)):
        subprocess.run(arguments, check=True)
    shown = [str(PYTHON), "-c", "import packlint, yaml; print(packlint.__version__, yaml.__version__)"]
    return subprocess.run(shown, check=True, capture_output=True, text=True, cwd=HOME).stdout.strip()


def install_peers() -> dict[str, Peer]:
    """The peers that are compared, installed.

    Raises:
        SystemExit: one cannot be installed; a comparison without it would look complete.
    """
    peers = {peer.name: peer for peer in pinned() if peer.name in PEERS}
    for peer in peers.values():
        reason = install(peer)
        if reason is not None:
            raise SystemExit(f"{peer.name} cannot be installed: {reason}")
    return peers


def program(name: str, case: str, layout: str, peers: Mapping[str, Peer], work: Path) -> Program:
    """The program of that name for a case; homes and caches are below `work`, apart for each case."""
    place = work / "homes" / f"{case}-{name}".replace(" ", "-")
    home = place / "home"
    home.mkdir(parents=True, exist_ok=True)
    if name in peers:
        adapter = ADAPTERS[name]
        return Program(name, [str(peers[name].executable), *PEERS[name]], surroundings(adapter, home), adapter.answers)
    if name in OURS:
        cache = place / "cache"
        cache.mkdir(exist_ok=True)
        environment = surroundings(PACKLINT, home, {"XDG_CACHE_HOME": str(cache)})
        return Program(name, _packlint(name), environment, PACKLINT.answers, cache, is_fresh=name == FILLING)
    if name == PASS:
        return Program(name, [str(PYTHON), "-c", "pass"], surroundings(PACKLINT, home), (0,))
    kinds = {READ: "read", SPLIT: "split", YAML: "yaml"}
    return Program(name, [str(PYTHON), str(_FLOOR), kinds[name], FOLDERS[layout]], surroundings(PACKLINT, home), (0,))


def _packlint(name: str) -> list[str]:
    script = name in (SCRIPT_WARM, SCRIPT_COLD)
    start = [str(PYTHON), "validate.py"] if script else [str(PYTHON.with_name("packlint")), "check"]
    return [*start, "--no-cache"] if name in (COLD, SCRIPT_COLD) else start
