"""One Python file of a project, parsed and never imported, and what is in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef
Functions = tuple[Function, ...]
Member = tuple[ast.AST, Functions]
_FUNCTIONS = {ast.FunctionDef, ast.AsyncFunctionDef}
_IMPORTS = {ast.Import, ast.ImportFrom}
_ASKED_FOR = {*_FUNCTIONS, *_IMPORTS, ast.Assign, ast.AnnAssign, ast.Return, ast.For, ast.Call}
_CHILDLESS = {ast.Name, ast.Constant, ast.Load, ast.Store, ast.Del, ast.alias}
_INNER = {one for one in vars(ast).values() if isinstance(one, type) and issubclass(one, ast.AST)} - _CHILDLESS


@dataclass(frozen=True, eq=False)
class Module:
    """One parsed file. `path` is absolute; `parts` are the folders and the stem below the project's folder."""

    path: Path
    parts: tuple[str, ...]
    tree: ast.Module

    @property
    def stem(self) -> str:
        return self.parts[-1]

    @cached_property
    def statements(self) -> list[ast.stmt]:
        """The statements of the module itself, those under `if`, `try` and `with` included."""
        return list(_flat(self.tree.body))

    @cached_property
    def definitions(self) -> dict[str, ast.stmt]:
        """Each name the module itself binds, by `class`, `def` or assignment, with the last statement that does."""
        found: dict[str, ast.stmt] = {}
        for node in self.statements:
            match node:
                case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                    found[node.name] = node
                case ast.Assign():
                    found |= {target.id: node for target in node.targets if isinstance(target, ast.Name)}
                case ast.AnnAssign(target=ast.Name(id=name)):
                    found[name] = node
        return found

    @cached_property
    def members(self) -> list[Member]:
        """What the other modules ask about, in its order: statements that bind, import or return, loops, calls."""
        return _members(self.tree)

    @cached_property
    def imports(self) -> list[ast.Import | ast.ImportFrom]:
        """Every import statement, those inside functions included."""
        return [node for node, _ in self.members if isinstance(node, ast.Import | ast.ImportFrom)]


def _members(tree: ast.Module) -> list[Member]:
    """Nodes with the functions they are written in; a function itself belongs to those around it."""
    found: list[Member] = []
    # Every node of every file comes by here, however deep it is: neither generators nor recursion.
    left: list[tuple[ast.AST, Functions]] = [(tree, ())]
    while left:
        node, functions = left.pop()
        kind = node.__class__
        if kind in _ASKED_FOR:
            found.append((node, functions))
            if kind in _IMPORTS:
                continue
            if kind in _FUNCTIONS:
                functions = (*functions, node)  # type: ignore[arg-type]  # the kind says which node it is
        inner: list[tuple[ast.AST, Functions]] = []
        for name in node._fields:
            value = getattr(node, name, None)
            children = value if value.__class__ is list else (value,)
            inner += [(one, functions) for one in children if one.__class__ in _INNER]
        left += reversed(inner)
    return found


def _flat(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        yield node
        for part in ("body", "orelse", "finalbody"):
            if isinstance(node, ast.If | ast.Try | ast.With):
                yield from _flat(getattr(node, part, []))
        if isinstance(node, ast.Try):
            for handler in node.handlers:
                yield from _flat(handler.body)


def is_test(module: Module) -> bool:
    """Whether a file belongs to the tests."""
    folders = {"test", "tests"} & set(module.parts[:-1])
    stem = module.stem
    return bool(folders) or stem.startswith("test_") or stem.endswith("_test") or stem in ("conftest", "tests")
