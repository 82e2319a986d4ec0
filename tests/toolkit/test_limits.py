"""A program that never ends is named, with the time it was given; none of it is an accident of the toolkit."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from toolkit.failure import ToolkitError
from toolkit.gates import base_revision, postgres
from toolkit.project import environment

from .layouts import write
from .projects import commit, git
from .running import TOOLKIT

ENDLESS = "#!/bin/sh\nexec sleep 60\n"
MANIFEST = '[project]\nname = "shop"\ndependencies = ["fastapi"]\n\n[tool.ruff]\n'


def program(path: Path, text: str = ENDLESS) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def hook(name: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A hook's module, which takes the first place of the search path for itself."""
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    return importlib.import_module(f"toolkit.hooks.{name}")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = write(tmp_path / "shop", {"a.py": "1\n"})
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    return folder


def endless_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    """A git that does not end when one of its arguments is so called."""
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout.strip()
    text = f'#!/bin/sh\ncase " $* " in *" {when} "*) exec sleep 60;; esac\nexec {real} "$@"\n'
    monkeypatch.setenv("PATH", f"{program(tmp_path / 'bin/git', text).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(base_revision, "SECONDS", 0.5)


@pytest.mark.parametrize("command", ["status", "HEAD^{commit}", "HEAD^^{commit}"])
def test_a_git_that_does_not_end_is_named(
    command: str, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless_git(tmp_path, monkeypatch, command)
    name = "status" if command == "status" else "rev-parse"
    words = f"git {name} took more than 0.5 seconds"
    if command == "HEAD^{commit}":
        assert words in base_revision.find(repository, None).missing
    else:
        with pytest.raises(ToolkitError, match=words):
            base_revision.find(repository, None)


def test_a_diff_that_does_not_end_is_a_reason_not_to_judge(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = base_revision.find(repository, "HEAD")
    endless_git(tmp_path, monkeypatch, "diff")
    with pytest.raises(base_revision.GitError) as caught:
        base.changed_lines()
    assert caught.value.reason.startswith("git diff took more than 0.5 seconds")


def test_a_python_that_does_not_end_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "SECONDS", 0.5)
    found = environment.Environment(program(tmp_path / "python"), ".venv")
    for ask in (found.importable, found.place):
        with pytest.raises(ToolkitError, match=r"python \(\.venv\) took more than 0\.5 seconds"):
            ask("x")


def test_a_uv_that_does_not_end_is_named_and_no_matter_to_a_hook(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository, {"uv.lock": "", "pyproject.toml": MANIFEST})
    monkeypatch.setenv("PATH", f"{program(tmp_path / 'bin/uv').parent}{os.pathsep}{os.defpath}")
    monkeypatch.setattr(environment, "SECONDS", 0.5)
    with pytest.raises(ToolkitError, match=r"uv python find .* took more than 0\.5 seconds"):
        environment.find(repository)
    assert hook("format_edit", monkeypatch)._ruff(repository) is None


def test_a_server_that_is_never_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "MAKE_SECONDS", 0.5)
    program(tmp_path / "initdb")
    with pytest.raises(postgres.ServerError, match=r"initdb took more than 0\.5 seconds"):
        postgres._make(tmp_path, tmp_path, None)


def test_without_git_an_agent_that_stops_is_held_all_the_same(tmp_path: Path) -> None:
    """What git cannot tell counts as touched."""
    folder = write(tmp_path / "shop", {"pyproject.toml": MANIFEST, "a.py": "import os\n"})
    (folder / ".venv").symlink_to(sys.prefix)
    event = {
        "session_id": "s",
        "agent_id": "a",
        "agent_type": "fastapi-pack:backend-developer",
        "cwd": str(folder),
        "hook_event_name": "SubagentStop",
    }
    done = subprocess.run(
        [sys.executable, "-ESB", TOOLKIT / "hooks/quick_gates.py"],
        input=json.dumps(event),
        env={"PATH": str(tmp_path / "nothing"), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "F401" in json.loads(done.stdout)["reason"]


def test_a_git_that_does_not_end_counts_as_touched(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository, {"pyproject.toml": MANIFEST})
    commit(repository)
    quick_gates = hook("quick_gates", monkeypatch)
    assert quick_gates._touched_unseen(str(repository)) == []
    endless_git(tmp_path, monkeypatch, "status")
    monkeypatch.setattr(quick_gates, "_SECONDS_OF_GIT", 0.5)
    assert quick_gates._touched_unseen(str(repository)) == [os.path.realpath(repository)]
