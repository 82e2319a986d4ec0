from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mutation.recorder import RECORD
from mutation.rules import Rule
from tests import servers

PROJECT = Path(__file__).parents[1]
COPIED = ("src", "tests", "migrations", "mutation")
LIMIT_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Phase:
    """How one phase of one test has ended."""

    test: str
    phase: str
    outcome: str
    error: str | None
    asserted: bool

    @property
    def function(self) -> str:
        """The test without its parameters."""
        return self.test.partition("[")[0]


@contextmanager
def copied_project() -> Iterator[Path]:
    """Copy the service and its tests to where they may be broken."""
    with servers.temporary_directory("mutation-") as copy:
        for name in COPIED:
            shutil.copytree(
                PROJECT / name,
                copy / name,
                ignore=shutil.ignore_patterns("__pycache__"),
            )
        shutil.copy(PROJECT / "pyproject.toml", copy)
        yield copy


def run(
    tests: Iterable[str],
    *,
    database_url: str,
    mutate: Callable[[Path], None] = lambda _: None,
) -> tuple[list[Phase], str]:
    """Run tests on a copy of their own, and return what happened and was printed.

    PostgreSQL is shared, and each run makes a database of its own in it; each has a
    Redis for itself.
    """
    with copied_project() as copy, servers.redis() as redis_url:
        mutate(copy)
        record = copy / "record.jsonl"
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PY")}
        environment = kept | {
            "PYTHONPATH": f"{copy / 'src'}{os.pathsep}{copy}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            RECORD: str(record),
        }
        command = [
            *(sys.executable, "-m", "pytest", "-p", "mutation.recorder"),
            *("-p", "no:cacheprovider", "--quiet", "--tb=short", *tests),
        ]
        output = _run_to_its_end(command, copy, environment)
        lines = record.read_text().splitlines() if record.exists() else []
        return [Phase(**json.loads(line)) for line in lines], output


def _run_to_its_end(
    command: Sequence[str], folder: Path, environment: dict[str, str]
) -> str:
    process = subprocess.Popen(  # noqa: S603 - the command is ours
        command,
        cwd=folder,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        return process.communicate(timeout=LIMIT_SECONDS)[0]
    except BaseException:
        # The tests start workers, which would outlive them: end the whole session.
        os.killpg(process.pid, signal.SIGKILL)
        output = process.communicate()[0]
        if isinstance(sys.exception(), subprocess.TimeoutExpired):
            return f"{output}\nended after {LIMIT_SECONDS} seconds"
        raise


def passed(phases: Iterable[Phase]) -> set[str]:
    """List the tests of which every phase has passed, with all parameters."""
    phases = list(phases)
    failed = {phase.function for phase in phases if phase.outcome != "passed"}
    ran = {phase.function for phase in phases if phase.phase == "call"}
    return ran - failed


def killed(rule: Rule, phases: Iterable[Phase]) -> set[str]:
    """List the tests that failed as they must: by assertion, or as the rule says.

    An error on the way to the test, such as in an import, says nothing about the rule.
    """
    return {
        phase.function
        for phase in phases
        if phase.phase == "call"
        and phase.outcome == "failed"
        and (phase.asserted or (rule.raises is not None and phase.error == rule.raises))
    }
