"""`python3 toolkit`: which command runs, what is said when none can, and what is left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .layouts import build, write
from .running import TOOLKIT, toolkit

COMMANDS = ("survey", "verify", "hub")


def test_help_names_every_command(tmp_path: Path) -> None:
    done = toolkit("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert all(f"\n  {name} " in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_teaches_itself(name: str, tmp_path: Path) -> None:
    done = toolkit(name, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith(f"usage: python3 toolkit {name}")
    assert "--project" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param([], "usage: python3 toolkit NAME", id="nothing"),
        pytest.param(["surwey"], "no command is called 'surwey': choose one of survey", id="an unknown command"),
        pytest.param(["survey", "--project", "nowhere"], "nowhere is no folder", id="no folder"),
        pytest.param(["survey"], "no FastAPI project", id="no project"),
        pytest.param(["survey", "--prject"], "unrecognized arguments: --prject", id="an unknown option"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_2(arguments: list[str], words: str, tmp_path: Path) -> None:
    done = toolkit(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_it_runs_from_any_folder_by_any_path_to_it(tmp_path: Path) -> None:
    project = build("routers_in_src_app", tmp_path / "project")
    (tmp_path / "linked").symlink_to(TOOLKIT)
    for place in (TOOLKIT, tmp_path / "linked"):
        done = subprocess.run(
            [sys.executable, place, "survey", "--project", project], cwd="/", capture_output=True, text=True
        )
        assert done.stdout.startswith("project: warehouse"), done.stderr


def test_letters_that_a_terminal_does_not_know_are_no_accident(tmp_path: Path) -> None:
    project = build("routers_in_src_app", tmp_path / "pröjekt")
    done = toolkit("verify", "--only", "format", cwd=project, env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].endswith("pr\\xf6jekt")


def test_nothing_is_left_beside_its_files_or_in_the_project(tmp_path: Path) -> None:
    copy = shutil.copytree(TOOLKIT, tmp_path / ".claude/toolkit", ignore=shutil.ignore_patterns("__pycache__"))
    build("routers_in_src_app", tmp_path)
    before = sorted(tmp_path.rglob("*"))
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, str(copy), "survey"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, env=variables)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_package_of_the_same_name_in_the_project_is_not_taken_for_it(tmp_path: Path) -> None:
    build("routers_in_src_app", tmp_path)
    (tmp_path / "toolkit.py").write_text("raise SystemExit('the wrong one')\n")
    done = toolkit("survey", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 0, done.stderr


def old_python(tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Run the survey as a Python too old for it would."""
    program = (
        "import runpy, sys; sys.version_info = (3, 9, 6); sys.argv = ['toolkit', 'survey'];"
        f"runpy.run_path({str(TOOLKIT)!r}, run_name='__main__')"
    )
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env={"PATH": "/nowhere"})


def test_an_older_python_is_told_what_is_needed(tmp_path: Path) -> None:
    done = old_python(build("routers_in_src_app", tmp_path))
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed, this is 3.9" in done.stderr


def test_an_older_python_makes_way_for_the_projects_own(tmp_path: Path) -> None:
    build("routers_in_src_app", tmp_path)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    done = old_python(tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("project: warehouse")


def test_a_python_that_is_too_old_as_well_is_not_taken(tmp_path: Path) -> None:
    build("routers_in_src_app", tmp_path)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    old = tmp_path / ".venv/bin/python"
    old.write_text(
        f"#!{sys.executable}\nimport runpy, sys\nsys.version_info = (3, 9, 6)\nsys.argv = ['toolkit', 'survey']\n"
        f"runpy.run_path({str(TOOLKIT)!r}, run_name='__main__')\n"
    )
    old.chmod(0o755)
    done = old_python(tmp_path)
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed" in done.stderr


@pytest.mark.parametrize("command", ["survey", "hub", "verify"])
def test_code_that_is_not_understood_is_left_to_the_projects_newer_python(command: str, tmp_path: Path) -> None:
    build("routers_in_src_app", tmp_path)
    newer = python_that_says(tmp_path, "3 99")
    assert toolkit(command, cwd=tmp_path).stdout != f"{newer} has {command}\n"
    (tmp_path / "generic.py").write_text("def first(:\n")
    done = toolkit(command, "--project", ".", cwd=tmp_path)
    assert done.stdout == f"{newer} has {command} --project .\n"


def test_a_python_that_is_no_newer_understands_no_more(tmp_path: Path) -> None:
    build("routers_in_src_app", tmp_path)
    python_that_says(tmp_path, "{} {}".format(*sys.version_info[:2]))
    (tmp_path / "generic.py").write_text("def first(:\n")
    assert "unparsed: generic.py" in toolkit("survey", cwd=tmp_path).stdout


def python_that_says(project: Path, version: str) -> Path:
    """An environment whose Python says its version, and else what it is asked to run."""
    python = project / ".venv/bin/python"
    program = f'#!/bin/sh\n[ "$1" = -c ] && echo "{version}" && exit\nshift\necho "$0 has $*"\n'
    write(project, {".venv/pyvenv.cfg": "", ".venv/bin/python": program})
    python.chmod(0o755)
    return python


@pytest.mark.parametrize(("command", "code"), [("survey", 0), ("verify --only lint", 1)])
def test_a_closed_pipe_is_no_accident_and_no_verdict(command: str, code: int, tmp_path: Path) -> None:
    build("routers_in_src_app", tmp_path)
    write(tmp_path, {"ruff.toml": "", "unused.py": "import os\n"})
    (tmp_path / ".venv").symlink_to(sys.prefix)
    line = f"{sys.executable} {TOOLKIT} {command} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (code, "")
