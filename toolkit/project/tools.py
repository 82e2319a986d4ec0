"""Which checking tools a project has, and which file says so."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.project import configuration
from toolkit.project.environment import up_to_repository

# The tools; each may have a table of its name in pyproject.toml.
TOOLS = (
    *("ruff", "black", "isort", "flake8", "mypy", "pyright", "basedpyright"),
    *("pytest", "coverage", "alembic"),
)
# Those that read another one's table as well.
TABLES = {"basedpyright": ("basedpyright", "pyright")}
# Configuration files of their own.
FILES = {
    "ruff": ("ruff.toml", ".ruff.toml"),
    "flake8": (".flake8",),
    "isort": (".isort.cfg",),
    "pyright": ("pyrightconfig.json",),
    "basedpyright": ("pyrightconfig.json",),
    "mypy": ("mypy.ini", ".mypy.ini"),
    "pytest": ("pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml"),
    "coverage": (".coveragerc", ".coveragerc.toml"),
    "alembic": ("alembic.ini",),
}
# Their sections in the files of other tools.
SECTIONS = {
    "flake8": {"setup.cfg": "flake8", "tox.ini": "flake8"},
    "isort": {"setup.cfg": "isort", "tox.ini": "isort"},
    "mypy": {"setup.cfg": "mypy", "tox.ini": "mypy"},
    "pytest": {"setup.cfg": "tool:pytest", "tox.ini": "pytest"},
    "coverage": {"setup.cfg": "coverage:run", "tox.ini": "coverage:run"},
}
# The tools whose default settings check a whole project, so that to depend on one of these packages is enough.
DEPENDENCY_IS_ENOUGH = {
    "ruff": ("ruff",),
    "black": ("black",),
    "pyright": ("pyright",),
    "basedpyright": ("basedpyright",),
    "pytest": ("pytest",),
    "coverage": ("pytest-cov", "coverage"),
}
# Their settings may be for an editor alone, or for a run elsewhere: they count where the project depends on them, too.
DEPENDENCY_IS_NEEDED = ("flake8", "isort", "pyright", "basedpyright")
# Ruff takes the nearest file above each source file.
ABOVE = ("ruff",)
# Checks that no gate runs, with the files that show them: they install things, build environments, change files, or do
# whatever their author has written, and what pylint is to look at is said on its command line alone.
BESIDE = (
    ("pre-commit", ".pre-commit-config.yaml", re.compile(r"")),
    ("tox", "tox.ini", re.compile(r"^\[(?:tox|testenv)", re.MULTILINE)),
    ("nox", "noxfile.py", re.compile(r"")),
    ("pylint", ".pylintrc", re.compile(r"")),
    ("pylint", "pylintrc", re.compile(r"")),
    ("pylint", "pyproject.toml", re.compile(r"^\[tool\.pylint", re.MULTILINE)),
    ("tox", "pyproject.toml", re.compile(r"^\[tool\.tox", re.MULTILINE)),
    ("make", "Makefile", re.compile(r"^(test|tests|check|lint|ci)[ \t]*:(?!=)", re.MULTILINE)),
    ("just", "justfile", re.compile(r"^(test|tests|check|lint|ci)\b[^:=\n]*:(?!=)", re.MULTILINE)),
)


@dataclass(frozen=True)
class Tools:
    """The configured tools of one project: each with the place that configures it; those it does not bring, apart."""

    configured: dict[str, str]
    declared: frozenset[str]
    elsewhere: dict[str, str] = field(default_factory=dict)

    @property
    def unconfigured(self) -> list[str]:
        """Tools the project depends on without saying what they are to check."""
        return [tool for tool in TOOLS if tool in self.declared and tool not in self.configured]


def find(folder: Path) -> Tools:
    """Read the configuration of the tools a FastAPI project is checked with."""
    declared = frozenset(configuration.dependencies(folder))
    found = {tool: place for tool in TOOLS if (place := _place(folder, tool))}
    for tool, names in DEPENDENCY_IS_ENOUGH.items():
        if tool not in found and (name := next((name for name in names if name in declared), None)):
            found[tool] = f"dependency {name}"
    elsewhere = {tool: found.pop(tool) for tool in DEPENDENCY_IS_NEEDED if tool in found and tool not in declared}
    elsewhere.pop("basedpyright", None)  # its settings are pyright's
    return Tools(found, declared, elsewhere)


def beside(folder: Path) -> list[str]:
    """The checks that a project has beside the gates: how each is started, and the file that shows it."""
    found: dict[str, str] = {}
    for place in up_to_repository(folder):
        for name, file, shown in BESIDE:
            text = configuration.text(place / file)
            for match in shown.finditer(text) if text else ():
                command = f"{name} {match[1]}" if shown.groups else name
                found.setdefault(command, f"{command} ({os.path.relpath(place / file, folder)})")
    return list(found.values())


def _place(folder: Path, tool: str) -> str | None:
    for place in up_to_repository(folder) if tool in ABOVE else (folder,):
        for path, section in _places(place, tool):
            return os.path.relpath(path, folder) + (f" {section}" if section else "")
    return None


def _places(folder: Path, tool: str) -> Iterator[tuple[Path, str]]:
    yield from ((folder / name, "") for name in FILES.get(tool, ()) if (folder / name).is_file())
    tables = configuration.toml(folder / "pyproject.toml").get("tool", {})
    yield from ((folder / "pyproject.toml", f"[tool.{name}]") for name in TABLES.get(tool, (tool,)) if name in tables)
    for name, section in SECTIONS.get(tool, {}).items():
        if configuration.ini(folder / name).has_section(section):
            yield folder / name, f"[{section}]"
