"""The pre-commit hooks as far as they can be judged without a network; `make try-repo` runs them for real."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from packlint.cli import main
from tests.conftest import WritePack

ROOT = Path(__file__).parents[2]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())


def test_the_ids_are_the_promised_ones() -> None:
    assert [hook["id"] for hook in HOOKS] == ["packlint", "packlint-fix"]


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_it_runs_once_for_the_whole_repository(hook: dict[str, Any]) -> None:
    assert (hook["language"], hook["always_run"], hook["pass_filenames"], hook["require_serial"]) == (
        "python",
        True,
        False,
        True,
    )


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_the_entry_fails_on_a_broken_pack(
    hook: dict[str, Any], write_pack: WritePack, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, *arguments = shlex.split(hook["entry"])
    assert program == "packlint"
    monkeypatch.chdir(write_pack({"agents/dev.md": "---\nname: dev\ndescription: Codes. Use it.\ntools: read\n---\n"}))
    assert main(arguments) == 1


def test_this_repository_uses_it() -> None:
    configuration = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    [hook] = [hook for repo in configuration["repos"] for hook in repo["hooks"]]
    assert hook["id"] == "packlint"
    assert hook["entry"] == "python3 validate.py --strict ."
    assert (ROOT / "validate.py").is_file()


@pytest.mark.parametrize("options", [[], ["--format", "json"], ["--strict"]], ids=str)
def test_validate_checks_this_repository_where_no_path_is_given(options: list[str], tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "validate.py"), "--exit-zero", *options]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert re.search(r'Read 4 agents|"agents": 4', done.stdout)


@pytest.mark.parametrize(
    "options", [["."], ["--format", "json", "."], ["--strict", "."], ["--", "."], ["--format=json", "."]], ids=str
)
def test_validate_checks_a_path_behind_any_option(options: list[str], tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "validate.py"), *options]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert "nothing to validate" in done.stderr
