"""The client's own validator on this repository."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.client.driver import clean_environment
from tests.client.installed import ROOT


def _validate(binary: Path, home: Path, *arguments: str) -> str:
    command = [str(binary), "plugin", "validate", *arguments]
    environment = clean_environment(str(home), "http://127.0.0.1:9")
    done = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_strict_validation_finds_no_error_and_no_warning(binary: Path, tmp_path: Path) -> None:
    said = _validate(binary, tmp_path, "--strict", str(ROOT))
    assert "Validation passed" in said
    assert "warning" not in said.lower()


@pytest.mark.parametrize("version", ["2.1.328"], indirect=["version"], scope="module")
def test_the_directory_profile_has_nothing_to_say(binary: Path, source: Path, tmp_path: Path) -> None:
    """On a clone, where it looks at every file."""
    said = json.loads(_validate(binary, tmp_path, "--json", "--strict", "--profile", "directory", str(source)))
    assert said["success"] is True
    assert said["directory"]["findings"] == said["directory"]["undecided"] == said["advice"] == []
    assert said["directory"]["failure"] is None
    files: list[dict[str, Any]] = [said["manifest"], *said["contents"]]
    assert [file[kind] for file in files for kind in ("errors", "warnings")] == [[]] * 2 * len(files)
    assert {hook["event"] for hook in said["provides"]["hooks"]} == {"PostToolUse", "SubagentStop"}
    assert len(said["provides"]["agents"]) == 4
