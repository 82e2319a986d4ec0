"""Runs one command of a project's own tools, bounded in time and without leaving anything in the project."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.project.environment import Environment

TIMED_OUT = 124
GRACE = 5.0
MOST_OUTPUT = 4_000_000


@dataclass(frozen=True)
class Outcome:
    """An exit code, the output of both streams together, and the time it took."""

    code: int
    output: str
    seconds: float

    @property
    def lines(self) -> list[str]:
        return self.output.splitlines()


@dataclass
class Runner:
    """Runs commands in a project's folder, with its environment and a folder for what they would leave behind."""

    folder: Path
    environment: Environment
    scratch: Path
    cache: Path
    limit: float
    path: list[str] = field(default_factory=list)

    def python(self, *arguments: str) -> list[str]:
        """A command of the project's Python."""
        return [str(self.environment.python), *arguments]

    def shown(self, command: Sequence[str]) -> str:
        """A command as one would type it in the project's folder."""
        python = str(self.environment.python)
        near = os.path.relpath(python, self.folder)
        short = min(near, python, key=len)
        return shlex.join([short if part == python else part for part in command])

    def run(self, command: Sequence[str], *, cwd: Path | None = None, **variables: str) -> Outcome:
        """Run a command to its end, or to the end of its time; then all that it started is ended, too."""
        log = self.scratch / "output"
        started = time.monotonic()
        with log.open("w+b") as output:
            process = subprocess.Popen(
                command,
                cwd=cwd or self.folder,
                env={**self.variables(), **variables},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                code = process.wait(self.limit)
            except subprocess.TimeoutExpired:
                code = TIMED_OUT
            finally:
                _end(process)
            output.seek(0)
            text = output.read(MOST_OUTPUT).decode("utf-8", "replace")
        if code == TIMED_OUT:
            text += f"\nstopped after {self.limit:.0f} s: give more with --limit"
        return Outcome(code, text, time.monotonic() - started)

    def variables(self) -> dict[str, str]:
        """The process's variables, changed so that tools are found and write neither colours nor caches."""
        variables = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "PYTHONHOME")}
        search = [str(self.environment.python.parent), variables.get("PATH", os.defpath)]
        variables.update(
            PATH=os.pathsep.join(search),
            NO_COLOR="1",
            PYTHONDONTWRITEBYTECODE="1",
            RUFF_NO_CACHE="true",
            COVERAGE_FILE=str(self.scratch / "coverage"),
            HYPOTHESIS_STORAGE_DIRECTORY=str(self.scratch / "hypothesis"),
            GIT_OPTIONAL_LOCKS="0",
        )
        if self.path:
            variables["PYTHONPATH"] = os.pathsep.join([*self.path, *filter(None, [variables.get("PYTHONPATH")])])
        return variables


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command and what it left running: the whole process group, gently and then for good."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
            return
