"""Which checking tools a project has, and which file says so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.project import configuration
from toolkit.project.environment import up_to_repository

# Files of the tool's own; sections of pyproject.toml; sections of INI files.
FILES = {
    "ruff": ("ruff.toml", ".ruff.toml"),
    "mypy": ("mypy.ini", ".mypy.ini"),
    "pytest": ("pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml"),
    "coverage": (".coveragerc", ".coveragerc.toml"),
    "alembic": ("alembic.ini",),
}
TABLES = {
    "ruff": ("ruff",),
    "black": ("black",),
    "mypy": ("mypy",),
    "pytest": ("pytest",),
    "coverage": ("coverage",),
    "alembic": ("alembic",),
}
SECTIONS = {
    "mypy": {"setup.cfg": "mypy", "tox.ini": "mypy"},
    "pytest": {"setup.cfg": "tool:pytest", "tox.ini": "pytest"},
    "coverage": {"setup.cfg": "coverage:run", "tox.ini": "coverage:run"},
}
# Other settings that name a tool; and whose default settings check a whole project, so that depending on it is enough.
DEPENDENCY_IS_ENOUGH = {
    "ruff": ("ruff",),
    "black": ("black",),
    "pytest": ("pytest",),
    "coverage": ("pytest-cov", "coverage"),
}
# Ruff takes the nearest file above each source file.
ABOVE = ("ruff",)


@dataclass(frozen=True)
class Tools:
    """The configured tools of one project: each with the place that configures it."""

    configured: dict[str, str]
    declared: frozenset[str]

    @property
    def unconfigured(self) -> list[str]:
        """Tools the project depends on without saying what they are to check."""
        return [tool for tool in TABLES if tool in self.declared and tool not in self.configured]


def find(folder: Path) -> Tools:
    """Read the configuration of the tools a FastAPI project is checked with."""
    declared = frozenset(configuration.dependencies(folder))
    found = {tool: place for tool in TABLES if (place := _place(folder, tool))}
    for tool, names in DEPENDENCY_IS_ENOUGH.items():
        if tool not in found and (name := next((name for name in names if name in declared), None)):
            found[tool] = f"dependency {name}"
    return Tools(found, declared)


def _place(folder: Path, tool: str) -> str | None:
    for place in up_to_repository(folder) if tool in ABOVE else (folder,):
        for path, section in _places(place, tool):
            return os.path.relpath(path, folder) + (f" {section}" if section else "")
    return None


def _places(folder: Path, tool: str) -> Iterator[tuple[Path, str]]:
    yield from ((folder / name, "") for name in FILES.get(tool, ()) if (folder / name).is_file())
    tables = configuration.toml(folder / "pyproject.toml").get("tool", {})
    yield from ((folder / "pyproject.toml", f"[tool.{name}]") for name in TABLES[tool] if name in tables)
    for name, section in SECTIONS.get(tool, {}).items():
        if configuration.ini(folder / name).has_section(section):
            yield folder / name, f"[{section}]"
