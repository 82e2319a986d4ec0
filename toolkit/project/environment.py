"""Which Python runs the project, and what is installed for it."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from toolkit.failure import ToolkitError
from toolkit.project import configuration

FOLDERS = (".venv", "venv", "env", ".pixi/envs/default")
# What a folder has that is an environment: venv's, and conda's, which pixi makes, too.
MARKS = ("pyvenv.cfg", "conda-meta")
# Programs that keep a project's environment elsewhere, and how they are asked for it or for its Python.
MANAGERS = {
    "uv": ("python", "find", "--no-python-downloads"),
    "poetry": ("env", "info", "--path"),
    "pipenv": ("--venv",),
    "hatch": ("env", "find"),
}
ACTIVE = ("VIRTUAL_ENV", "CONDA_PREFIX")
SECONDS = 60
_PROBE = """
import importlib.metadata, importlib.util, json, sys
found = {}
for name in sys.argv[1:]:
    spec = importlib.util.find_spec(name)
    if spec is not None:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = ""
print(json.dumps(found))
"""
_PLACE = """
import importlib.util, sys
found = importlib.util.find_spec(sys.argv[1])
print(found and (found.origin or list(found.submodule_search_locations)[0]) or "")
"""


@dataclass(frozen=True)
class Environment:
    """A Python, and how it was found; `own` unless it is nothing but the one that runs this."""

    python: Path
    source: str
    own: bool = True

    @cached_property
    def installed(self) -> dict[str, str]:
        """The version of each distribution, as the folders in site-packages tell it; nothing for a bare interpreter."""
        versions: dict[str, str] = {}
        root = self.python.parent.parent
        for site in (*root.glob("lib/python3*/site-packages"), root / "Lib/site-packages"):
            for path in site.glob("*.dist-info"):
                name, _, version = path.name.removesuffix(".dist-info").partition("-")
                versions[configuration.normal(name)] = version
        return versions

    @cached_property
    def version(self) -> str:
        """The version of this Python, where its environment tells it without being run."""
        for line in _lines(self.python.parent.parent / "pyvenv.cfg"):
            key, _, value = line.partition("=")
            if key.strip() in ("version", "version_info"):
                return ".".join(value.strip().split(".")[:3])
        conda = self.python.parent.parent.glob("conda-meta/python-[0-9]*.json")
        return next((path.name.split("-")[1] for path in conda), "")

    def is_newer(self) -> bool:
        """Whether this is a later Python than the one that runs this."""
        said = self._said("import sys; print(*sys.version_info[:2])").split()
        return [int(part) for part in said if part.isdecimal()] > list(sys.version_info[:2])

    def importable(self, *names: str) -> dict[str, str]:
        """Those of the modules that this Python finds, with their versions.

        Raises:
            ToolkitError: this Python does not run.
        """
        try:
            found: dict[str, str] = json.loads(self._said(_PROBE, *names))
        except ValueError as error:
            raise ToolkitError(f"{self.python} ({self.source}) does not run: make the environment anew") from error
        return found

    def place(self, module: str) -> Path | None:
        """Where this Python finds a module of a name, when it is started in a folder without one."""
        place = self._said(_PLACE, module).strip()
        return Path(place).resolve() if place else None

    def _said(self, program: str, *arguments: str) -> str:
        """What a short program prints, run from a folder without the project's modules; nothing where it fails.

        Raises:
            ToolkitError: it does not end.
        """
        command = [str(self.python), "-c", program, *arguments]
        try:
            done = subprocess.run(
                command, cwd=self.python.parent, capture_output=True, text=True, timeout=SECONDS, check=False
            )
        except OSError:
            return ""
        except subprocess.TimeoutExpired as error:
            raise ToolkitError(f"{self.python} ({self.source}) took more than {SECONDS} seconds to start") from error
        return done.stdout


def find(folder: Path) -> Environment:
    """The project's environment, else the Python that runs this.

    Raises:
        ToolkitError: what manages the environment does not answer.
    """
    return find_own(folder) or Environment(Path(sys.executable), "the running interpreter", own=False)


def find_own(folder: Path) -> Environment | None:
    """The project's environment: its folder, the one that its manager names, or the active one that has FastAPI.

    Raises:
        ToolkitError: what manages the environment does not answer.
    """
    for place in up_to_repository(folder):
        for name in FOLDERS:
            if python := _python(place / name):
                return Environment(python, os.path.relpath(place / name, folder))
        pdm = _lines(place / ".pdm-python")
        if pdm and Path(pdm[0]).is_file():
            return Environment(Path(pdm[0]), ".pdm-python")
    for manager in MANAGERS:
        if found := _managed(folder, manager):
            return found
    return _active()


def up_to_repository(folder: Path) -> Iterator[Path]:
    """The folder and those above it, as far as the repository it belongs to; only itself outside of one."""
    places = [folder.resolve(), *folder.resolve().parents]
    ends = [number for number, place in enumerate(places) if (place / ".git").exists()]
    yield from places[: ends[0] + 1 if ends else 1]


def _managed(folder: Path, manager: str) -> Environment | None:
    program = shutil.which(manager)
    if program is None or not any(_manages(manager, place) for place in up_to_repository(folder)):
        return None
    command = [program, *MANAGERS[manager]]
    # The manager would take an active environment, which may be another project's, for this one's.
    variables = {name: value for name, value in os.environ.items() if name not in ACTIVE}
    try:
        done = subprocess.run(
            command, cwd=folder, env=variables, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ToolkitError(
            f"{shlex.join(command)} took more than {SECONDS} seconds: make a .venv, or mend {manager}"
        ) from error
    answer = Path(done.stdout.strip() or os.devnull)
    python = _python(answer) if answer.is_dir() else answer if answer.is_file() else None
    source = " ".join([manager, *(one for one in MANAGERS[manager] if not one.startswith("--no"))])
    return Environment(python, source) if done.returncode == 0 and python else None


def _manages(manager: str, place: Path) -> bool:
    if manager == "pipenv":
        return (place / "Pipfile").is_file()
    tables = configuration.toml(place / "pyproject.toml").get("tool", {})
    return (place / f"{manager}.lock").is_file() or (manager != "uv" and manager in tables)


def _active() -> Environment | None:
    for name in ACTIVE:
        python = _python(Path(os.environ.get(name) or os.devnull))
        found = Environment(python, f"{name}={os.environ[name]}") if python else None
        if found and "fastapi" in found.installed:
            return found
    return None


def _python(environment: Path) -> Path | None:
    """The Python of a folder that is an environment."""
    if any((environment / mark).exists() for mark in MARKS):
        for name in ("bin/python", "Scripts/python.exe"):
            if (environment / name).exists():
                return environment / name
    return None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
