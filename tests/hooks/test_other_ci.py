"""The job that the README shows for GitLab does what it says, apart from the installation, which needs a network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import WritePack

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
[JOB] = [yaml.safe_load(block)["packlint"] for block in BLOCKS if block.startswith("packlint:")]
AGENT = "---\nname: dev\ndescription: Writes code. Use for new code.\ntools: {}\n---\nYou write.\n"


def run_job(job: dict[str, Any], folder: Path, programs: Path) -> subprocess.CompletedProcess[str]:
    """The lines behind the installation, as a runner gives them to one shell that stops at the first failure."""
    programs.mkdir()
    (programs / "packlint").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m packlint "$@"\n')
    (programs / "packlint").chmod(0o755)
    surroundings = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    command = ["bash", "-eo", "pipefail", "-c", "\n".join(job["script"][1:])]
    return subprocess.run(
        command, cwd=folder, env=surroundings, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize(
    ("tools", "code", "failures"),
    [
        pytest.param("Read", 0, 0, id="a clean pack"),
        pytest.param("Read, Raed", 1, 1, id="a warning"),
        pytest.param("Read, bash", 1, 1, id="an error"),
    ],
)
def test_the_job_fails_and_leaves_its_report(
    tools: str, code: int, failures: int, write_pack: WritePack, tmp_path: Path
) -> None:
    root = write_pack({"agents/dev.md": AGENT.format(tools)})
    done = run_job(JOB, root, tmp_path / "programs")
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout.splitlines()[-1].startswith("Read 1 agent, ")
    report = ET.parse(root / JOB["artifacts"]["reports"]["junit"]).getroot()  # noqa: S314 - written a moment ago
    assert report.get("failures") == str(failures)
    assert [case.get("name") for case in report.iter("testcase") if case.find("failure") is not None] == (
        ["agents/dev.md"] * failures
    )


def test_it_installs_from_the_repository_that_the_package_names() -> None:
    [address] = re.findall(r'"git\+(\S+)@COMMIT"', JOB["script"][0])
    assert f'Homepage = "{address}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert JOB["artifacts"]["when"] == "always"
