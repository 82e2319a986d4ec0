"""Projects that run: a miniature service and copies of the reference service, in git, with an environment."""

from __future__ import annotations

import shutil
import subprocess
import venv
from pathlib import Path

import pytest

from .layouts import build, write
from .running import REFERENCE

ENVIRONMENT = REFERENCE / ".venv"
OF_RUNS = shutil.ignore_patterns(".venv", "*.egg-info", "__pycache__", ".*_cache", "coverage.json", ".coverage*")


def stall(folder: Path) -> Path:
    """The miniature service, committed."""
    build("stall", folder)
    return committed(folder)


def reference(folder: Path, *without: str) -> Path:
    """A copy of the reference service without some of its folders and files, committed."""
    shutil.copytree(REFERENCE, folder, ignore=OF_RUNS, dirs_exist_ok=True)
    for path in without:
        shutil.rmtree(folder / path) if (folder / path).is_dir() else (folder / path).unlink()
    return committed(folder)


def with_tool(folder: Path, module: str, program: str) -> Path:
    """Give a project an environment of its own, in which a tool is a program of ours."""
    venv.create(folder / ".venv", with_pip=False)
    [site] = (folder / ".venv/lib").glob("python*/site-packages")
    write(site, {f"{module}/__init__.py": "", f"{module}/__main__.py": program})
    return folder


def committed(folder: Path) -> Path:
    """Give a project the reference service's environment and a first commit."""
    if not ENVIRONMENT.exists():
        pytest.skip("reference/.venv is not there: `make reference-installed` makes it")
    (folder / ".venv").symlink_to(ENVIRONMENT)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    (folder / ".git/info/exclude").write_text(".venv\n")
    commit(folder)
    return folder


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "--message", "x")


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def sources(folder: Path) -> dict[str, str]:
    """What git tracks or would track of a project, the pack's copy apart."""
    names = git(folder, "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    return {name: (folder / name).read_text(encoding="utf-8") for name in names if not name.startswith(".claude/")}


def edit(path: Path, old: str, new: str) -> None:
    """Replace a piece of a file that is there."""
    text = path.read_text()
    assert old in text, f"{path} has no {old!r}"
    path.write_text(text.replace(old, new))


def listing(folder: Path) -> list[str]:
    """Every file and folder of a project, git's own apart."""
    found = (path.relative_to(folder) for path in folder.rglob("*"))
    return sorted(str(path) for path in found if path.parts[0] not in (".git", ".venv"))
