"""At a terminal a long run tells how far it is, and leaves no trace of that."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.speed.corpus import write

CALL = """
import sys
from packlint.cli import main
from packlint.commandline import progress
progress._QUIET_SECONDS = progress._BETWEEN_SECONDS = {seconds}
sys.exit(main(sys.argv[1:]))
"""


def at_a_terminal(folder: Path, *arguments: str, seconds: float = 0.0) -> str:
    """What is written to stderr, which is a terminal."""
    ours, theirs = os.openpty()
    with os.fdopen(ours, "rb", 0) as terminal:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
        command = [sys.executable, "-c", CALL.format(seconds=seconds), *arguments]
        with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=theirs) as run:
            os.close(theirs)
            written = b""
            try:
                while some := terminal.read(65536):
                    written += some
            except OSError:  # the other end is closed
                pass
        assert run.returncode in (0, 1)
    return written.decode()


@pytest.mark.parametrize("arguments", [("check", "--no-cache", "--jobs", "3"), ("fix",), ("baseline",)], ids=str)
def test_the_count_grows_to_the_number_of_files_and_goes(arguments: tuple[str, ...], tmp_path: Path) -> None:
    write(120, "plugin", tmp_path, seed=9)
    *rounds, rest = re.split(r"\r +\r", at_a_terminal(tmp_path, *arguments))
    assert rounds
    assert rest == ""
    files = len(list(tmp_path.rglob("*.md")))
    for told in rounds:
        counts = [int(count) for count in re.findall(r"\r(\d+) files read", told)]
        assert counts == sorted(set(counts))
        assert abs(counts[-1] - files) <= 3 * 16


def test_a_short_run_tells_nothing(tmp_path: Path) -> None:
    write(20, "plugin", tmp_path, seed=9)
    assert at_a_terminal(tmp_path, "check", "--no-cache", seconds=60.0) == ""
