"""The tests of a project: where they are, how many, and the fixtures they share."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass

from toolkit.project.modules import Module, is_test
from toolkit.project.names import Names
from toolkit.project.sources import Sources

FIXTURES = {"pytest.fixture", "pytest_asyncio.fixture", "pytest_asyncio.plugin.fixture"}


@dataclass(frozen=True)
class Tests:
    """Test functions by folder, and the fixtures of all conftest.py files."""

    folders: dict[str, int]
    files: tuple[Module, ...]
    fixtures: tuple[str, ...]


def find(sources: Sources, names: Names) -> Tests:
    """Read the test files of a project."""
    folders: Counter[str] = Counter()
    files: list[Module] = []
    fixtures: list[str] = []
    for module in sources.modules.values():
        if module.stem == "conftest":
            fixtures += _fixtures(names, module)
        elif is_test(module) and (count := sum(1 for name in functions(module))):
            folders["/".join(module.parts[:-1]) or "."] += count
            files.append(module)
    return Tests(dict(folders), tuple(files), tuple(dict.fromkeys(fixtures)))


def functions(module: Module) -> list[str]:
    """The names of a file's test functions, methods of test classes included."""
    if not (module.stem.startswith("test_") or module.stem.endswith("_test") or module.stem == "tests"):
        return []
    found = []
    left = [module.statements]
    while left:
        for node in left.pop():
            if isinstance(node, ast.ClassDef):
                left.append(node.body)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
                found.append(node.name)
    return found


def _fixtures(names: Names, module: Module) -> list[str]:
    found = []
    for name, node in module.definitions.items():
        for decorator in getattr(node, "decorator_list", []):
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            if names.meaning(module, called) in FIXTURES:
                found.append(name)
    return found
