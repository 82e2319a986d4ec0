"""The Python files of a project, parsed and never imported, and what their imports lead to."""

from __future__ import annotations

import ast
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from toolkit.project.folder import python_files

Functions = tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...]
Member = tuple[ast.AST, Functions]
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_ASKED_FOR = (*_FUNCTIONS, ast.Assign, ast.AnnAssign, ast.Return, ast.For, ast.Call, ast.Import, ast.ImportFrom)
_WITHOUT_MEMBERS = (ast.Name, ast.Constant, ast.expr_context, ast.operator, ast.alias, ast.Import, ast.ImportFrom)


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
        return list(_walk(self.tree, ()))

    @cached_property
    def imports(self) -> list[ast.Import | ast.ImportFrom]:
        """Every import statement, those inside functions included."""
        return [node for node, _ in self.members if isinstance(node, ast.Import | ast.ImportFrom)]


def _walk(node: ast.AST, functions: Functions) -> Iterator[Member]:
    """Nodes with the functions they are written in; a function itself belongs to those around it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _ASKED_FOR):
            yield child, functions
        if not isinstance(child, _WITHOUT_MEMBERS):
            inner = (*functions, child) if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else functions
            yield from _walk(child, inner)


def _flat(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        yield node
        for part in ("body", "orelse", "finalbody"):
            if isinstance(node, ast.If | ast.Try | ast.With):
                yield from _flat(getattr(node, part, []))
        if isinstance(node, ast.Try):
            for handler in node.handlers:
                yield from _flat(handler.body)


@dataclass
class Sources:
    """All modules of a project, by path, and the folders its imports start from."""

    folder: Path
    modules: dict[Path, Module]
    unparsed: list[Path] = field(default_factory=list)

    @cached_property
    def roots(self) -> Counter[tuple[Path, str]]:
        """Where absolute imports of the project's own code begin: folder and first name, and how many do."""
        votes: Counter[tuple[Path, str]] = Counter()
        for module in self.modules.values():
            for dotted in _absolute(module):
                first = dotted.partition(".")[0]
                if first in sys.stdlib_module_names:
                    continue
                root = next((one for one in self._candidates(module) if self._file(one, dotted)), None)
                if root is not None:
                    votes[root, first] += 1
        return votes

    def _candidates(self, module: Module) -> Iterator[Path]:
        """Folders an absolute import may start from: those the file lies in, the project's and its sources'."""
        around = [folder for folder in module.path.parents if self.folder in folder.parents]
        packages = [folder for folder in around if folder / "__init__.py" in self.modules]
        yield from (folder for folder in around if folder not in packages)
        yield self.folder
        yield from self._top
        yield from packages
        if self._is_the_package:
            yield self.folder.parent

    @cached_property
    def _is_the_package(self) -> bool:
        """Whether all imports that name the project's folder lead into it, so that it is no library they mean."""
        name, above = self.folder.name, self.folder.parent
        asked = [
            dotted
            for module in self.modules.values()
            for node in module.imports
            if isinstance(node, ast.ImportFrom) and not node.level and node.module
            if node.module.partition(".")[0] == name
            for dotted in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
            if dotted == node.module or self._file(above, node.module) is None
        ]
        return all(self._file(above, one) or above.joinpath(*one.split(".")).is_dir() for one in asked)

    @cached_property
    def _top(self) -> list[Path]:
        return sorted({self.folder / module.parts[0] for module in self.modules.values() if len(module.parts) > 1})

    def _file(self, root: Path, dotted: str) -> Path | None:
        base = root.joinpath(*dotted.split("."))
        for path in (base.with_name(f"{base.name}.py"), base / "__init__.py"):
            if path in self.modules:
                return path
        return None

    def resolve(self, module: Module, dotted: str, level: int = 0) -> Path | None:
        """The file that an import of `dotted` inside `module` leads to; None where it is not the project's."""
        if level:
            base = module.path.parent
            for _ in range(level - 1):
                base = base.parent
            return self._file(base, dotted) if dotted else self._package(base)
        first = dotted.partition(".")[0]
        known = [root for (root, name), _ in self.roots.most_common() if name == first]
        known.sort(key=lambda root: root not in module.path.parents)
        return next((path for root in known if (path := self._file(root, dotted))), None)

    def _package(self, folder: Path) -> Path | None:
        path = folder / "__init__.py"
        return path if path in self.modules else None

    def import_name(self, path: Path) -> tuple[Path, str]:
        """The folder to import a file from, and its dotted name there."""
        root = self.imported_from(path)
        if root is None:
            root = path.parent
            while self._is_package(root) and root != self.folder:
                root = root.parent
            if root in self._tops:
                root = root.parent
        return root, dotted_name(path, root)

    def imported_from(self, path: Path) -> Path | None:
        """The folder from which other files import what a file is part of; None where none does."""
        inside = [(root, name) for root, name in self.roots if _below(path, root / name)]
        return max(inside, key=lambda pair: self.roots[pair])[0] if inside else None

    def _is_package(self, folder: Path) -> bool:
        """Whether a folder is a package: it says so, or relative imports in it go up to it or higher."""
        return (folder / "__init__.py").exists() or not self._tops.isdisjoint((folder, *folder.parents))

    @cached_property
    def _tops(self) -> set[Path]:
        """The highest folders that relative imports lead to: packages, with or without an `__init__.py`."""
        return {
            module.path.parents[node.level - 1]
            for module in self.modules.values()
            for node in module.imports
            if isinstance(node, ast.ImportFrom) and 0 < node.level <= len(module.parts)
        }

    def started_from(self, dotted: str) -> tuple[Path, Path] | None:
        """The file that a server given a dotted name would import, and the folder it would do so from."""
        voted = [root for (root, _), _ in self.roots.most_common()]
        for root in (*voted, self.folder, *self._top, self.folder.parent):
            if path := self._file(root, dotted):
                return path, root
        return None


def dotted_name(path: Path, root: Path) -> str:
    """What a file is called where imports begin in a folder above it."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def _below(path: Path, start: Path) -> bool:
    return path == start.with_name(f"{start.name}.py") or start in path.parents


def _absolute(module: Module) -> Iterator[str]:
    for node in module.imports:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif not node.level and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def read(folder: Path, apart: tuple[Path, ...] = ()) -> Sources:
    """Parse every Python file below a folder.

    Args:
        folder: the project's folder, resolved.
        apart: folders below it that are projects of their own.
    """
    sources = Sources(folder, {})
    for path in python_files(folder, apart):
        parts = path.relative_to(folder).with_suffix("").parts
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about the project's literals, which are not ours to judge
                tree = ast.parse(path.read_bytes())
        except (OSError, SyntaxError, ValueError, RecursionError):
            sources.unparsed.append(path)
        else:
            sources.modules[path] = Module(path, parts, tree)
    return sources


def is_test(module: Module) -> bool:
    """Whether a file belongs to the tests."""
    folders = {"test", "tests"} & set(module.parts[:-1])
    stem = module.stem
    return bool(folders) or stem.startswith("test_") or stem.endswith("_test") or stem in ("conftest", "tests")
