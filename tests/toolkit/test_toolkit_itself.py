"""The toolkit needs nothing but Python, stays small, and is on the map."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .running import ROOT, TOOLKIT

MODULES = sorted(TOOLKIT.rglob("*.py"))
# What the project's own Python has; imported inside functions, by the scripts that it runs.
OF_PROJECTS = {"alembic", "pydantic", "pydantic_settings", "sqlalchemy"}


def imported(nodes: list[ast.stmt] | Iterator[ast.AST]) -> set[str]:
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(TOOLKIT).as_posix())
def test_only_the_standard_library_is_imported(path: Path) -> None:
    tree = ast.parse(path.read_text())
    foreign = imported(ast.walk(tree)) - sys.stdlib_module_names - {"toolkit"}
    assert foreign <= (OF_PROJECTS if path.parent.name == "inside" else set())
    assert not imported(tree.body) & OF_PROJECTS


def test_the_front_door_parses_on_versions_it_refuses() -> None:
    ast.parse((TOOLKIT / "__main__.py").read_text(), feature_version=(3, 7))


@pytest.mark.parametrize("path", sorted((TOOLKIT / "inside").glob("*.py")), ids=lambda path: path.name)
def test_what_the_projects_python_runs_parses_on_older_ones(path: Path) -> None:
    ast.parse(path.read_text(), feature_version=(3, 9))


def test_modules_stay_small() -> None:
    lengths = {path.name: len(path.read_text().splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > 250} == {}


def test_every_module_is_on_the_map() -> None:
    page = (ROOT / "docs/architecture.md").read_text()
    names = {path.name for path in MODULES} - {"__init__.py"}
    assert {name for name in names if f"`{name}`" not in page} == set()
