"""Puts each peer into an environment of its own below .peers/, at the version that peers.json pins."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
HOME = ROOT / ".peers"
INSTALL_SECONDS = 300
# Before 25.3 what pip wrote to start a program imported `re`, which takes half as long as starting Python does.
PIP = "26.3"


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer as pinned: where it is served, the name of its package there, its version and its program."""

    name: str
    source: str
    package: str
    version: str
    program: str

    @property
    def folder(self) -> Path:
        return HOME / self.name.replace(" ", "-")

    @property
    def executable(self) -> Path:
        inside = "bin" if self.source == "PyPI" else "node_modules/.bin"
        return self.folder / inside / self.program

    def argument_lists(self) -> list[list[str]]:
        """The commands that install this peer, in order."""
        if self.source == "PyPI":
            return environment(self.folder, f"{self.package}=={self.version}")
        quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
        return [["npm", "install", *quiet, "--prefix", str(self.folder), f"{self.package}@{self.version}"]]


def environment(folder: Path, package: str) -> list[list[str]]:
    """The commands that make an environment of Python with a package in it, in order."""
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return [[sys.executable, "-m", "venv", str(folder)], [*pip, f"pip=={PIP}"], [*pip, package]]


def pinned(path: Path = HERE / "peers.json") -> list[Peer]:
    """All peers of the data file, in its order."""
    return [
        Peer(name, entry["from"], entry["package"], entry["version"], entry["program"])
        for name, entry in json.loads(path.read_text("utf-8")).items()
    ]


def install(peer: Peer) -> str | None:
    """None when the pinned version is there afterwards, else one line that says why it is not."""
    stamp = peer.folder / ".installed"
    if stamp.is_file() and stamp.read_text("utf-8") == peer.version and peer.executable.exists():
        return None
    shutil.rmtree(peer.folder, ignore_errors=True)
    peer.folder.mkdir(parents=True)
    for arguments in peer.argument_lists():
        try:
            done = subprocess.run(arguments, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as fault:
            return f"{arguments[0]}: {type(fault).__name__}"
        if done.returncode:
            lines = (done.stderr or done.stdout).strip().splitlines()
            return lines[-1] if lines else f"exit code {done.returncode}"
    if not peer.executable.exists():
        return f"the package has no program called {peer.program}"
    stamp.write_text(peer.version, "utf-8")
    return None
