"""The steps of `action.yml`, run as a runner of GitHub Actions would run them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
INSTALL, CHECK = ACTION["runs"]["steps"]


def run_step(
    step: dict[str, Any], folder: Path, environment: dict[str, str], inputs: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """One step's script in `folder`, with the inputs' defaults where `inputs` says nothing.

    As the runner does it: `bash --noprofile --norc -eo pipefail`, and `${{ inputs.x }}` replaced in `env` alone.
    """
    values = {name: each["default"] for name, each in ACTION["inputs"].items()} | (inputs or {})
    given = {key: _filled(text, values) for key, text in step.get("env", {}).items()}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(
        command, cwd=folder, env=environment | given, capture_output=True, text=True, timeout=300, check=False
    )


def _filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace("${{ inputs." + name + " }}", value)
    return text


def exported(file: Path) -> dict[str, str]:
    """What a step has written to the file that `GITHUB_ENV` names."""
    return dict(line.split("=", 1) for line in file.read_text().splitlines())
