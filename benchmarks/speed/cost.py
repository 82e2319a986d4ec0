"""What one whole run of a program costs: wall and CPU seconds, peak memory."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LAUNCH = Path(__file__).with_name("launch.py")
LIMIT_SECONDS = 900
SAMPLE_SECONDS = 0.005
_PAGE_MIB = os.sysconf("SC_PAGE_SIZE") / 2**20


class RunError(Exception):
    """A program did not do what was to be measured; the text says which and how."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and CPU seconds (all processes), MiB of the largest process, and what came of the run."""

    wall: float
    cpu: float
    peak: float
    code: int
    output_bytes: int
    output_digest: str


def run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], watch: Callable[[int], None] | None = None
) -> Cost:
    """Runs a command in `folder` to its end. `watch` is called with its session again and again meanwhile.

    Raises:
        RunError: it takes longer than the limit.
    """
    with tempfile.TemporaryDirectory(prefix="speed-run-") as name:
        report, out, err = (Path(name, each) for each in ("report", "out", "err"))
        launcher = [sys.executable, "-I", "-S", str(LAUNCH), str(report), str(out), str(err)]
        process = subprocess.Popen([*launcher, *command], cwd=folder, env=environment, start_new_session=True)
        try:
            _wait(process, watch)
        except BaseException as stop:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if isinstance(stop, subprocess.TimeoutExpired):
                raise RunError(f"{command[0]} took more than {LIMIT_SECONDS} s") from stop
            raise
        wall, cpu, kib, code = report.read_text("ascii").split()
        content = out.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        return Cost(float(wall), float(cpu), int(kib) / 1024, int(code), len(content), digest)


def _wait(process: subprocess.Popen[bytes], watch: Callable[[int], None] | None) -> None:
    if watch is None:
        process.wait(LIMIT_SECONDS)
        return
    while True:
        try:
            process.wait(SAMPLE_SECONDS)
            return
        except subprocess.TimeoutExpired:
            watch(process.pid)


class Together:
    """The most memory that all processes of a run held at one time, in MiB, as far as samples show it.

    `resident` counts a page that several processes share once for each of them, `proportional` once.
    """

    def __init__(self) -> None:
        self.resident = self.proportional = 0.0
        self.processes = 0

    def watch(self, session: int) -> None:
        """Take a sample of a session, whose leader is the launcher and does not count."""
        members = [pid for pid in _members(session) if pid != session]
        self.processes = max(self.processes, len(members))
        self.resident = max(self.resident, sum(map(_resident, members)))
        self.proportional = max(self.proportional, sum(map(_proportional, members)))


def _members(session: int) -> list[int]:
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            # The fields after the name, which may hold anything: state, parent, group, session.
            fields = _read(f"/proc/{name}/stat").rpartition(") ")[2].split()
            if len(fields) > 3 and fields[3] == str(session):
                found.append(int(name))
    return found


def _resident(pid: int) -> float:
    fields = _read(f"/proc/{pid}/statm").split()
    return int(fields[1]) * _PAGE_MIB if fields else 0.0


def _proportional(pid: int) -> float:
    lines = _read(f"/proc/{pid}/smaps_rollup").splitlines()
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def _read(path: str) -> str:
    """The text of a file in /proc, nothing when the process has just ended."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
