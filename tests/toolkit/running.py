"""Runs the toolkit as its users do: as a folder given to Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOLKIT = ROOT / "toolkit"
REFERENCE = ROOT / "reference"


def toolkit(
    *arguments: str | Path, cwd: Path, python: str | Path = sys.executable, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `python toolkit ...` in a folder, with additions to the environment."""
    return subprocess.run(
        [str(python), str(TOOLKIT), *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=300,
    )
