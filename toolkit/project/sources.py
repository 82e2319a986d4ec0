"""All Python files of a project, and what their imports lead to."""

from __future__ import annotations

import ast
import os
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from toolkit.project.folder import python_files
from toolkit.project.modules import Module

MOST_FILES = 5000


@dataclass
class Sources:
    """All modules of a project, by path, and the folders its imports start from; `unread` files were too many."""

    folder: Path
    modules: dict[Path, Module]
    unparsed: list[Path] = field(default_factory=list)
    unread: int = 0
    # Names of libraries, as they are imported: a package inside of a package may be called like one.
    libraries: frozenset[str] = frozenset()

    @cached_property
    def _places(self) -> dict[str, Path]:
        """Each file by the path that an import of it comes to: a package's is its folder."""
        packages = {str(path.parent): path for path in self.modules if path.name == "__init__.py"}
        return packages | {str(path.with_suffix("")): path for path in self.modules}

    @cached_property
    def _names(self) -> set[str]:
        """What an import may begin with that leads to a file of the project."""
        return {part for module in self.modules.values() for part in module.parts} | {self.folder.name}

    @cached_property
    def roots(self) -> Counter[tuple[Path, str]]:
        """Where absolute imports of the project's own code begin: folder and first name, and how many do."""
        votes: Counter[tuple[Path, str]] = Counter()
        candidates, root_of = cache(self._candidates), cache(self._root)
        for module in self.modules.values():
            for dotted in _absolute(module):
                first = dotted.partition(".")[0]
                if first in sys.stdlib_module_names or first not in self._names:
                    continue
                root = root_of(candidates(module.path.parent, first in self.libraries), dotted)
                if root is not None:
                    votes[root, first] += 1
        return votes

    def _root(self, candidates: tuple[Path, ...], dotted: str) -> Path | None:
        return next((one for one in candidates if self._file(one, dotted)), None)

    def _candidates(self, place: Path, is_library: bool) -> tuple[Path, ...]:
        """Folders an absolute import may start from: those the file lies in, the project's and its sources'."""
        around = [folder for folder in (place, *place.parents) if self.folder in folder.parents]
        packages = [folder for folder in around if folder / "__init__.py" in self.modules]
        found = [*(folder for folder in around if folder not in packages), self.folder, *self._top]
        found += [] if is_library else packages
        found += [self.folder.parent] if self._is_the_package else []
        return tuple(found)

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
        return self._places.get(f"{str(root).rstrip(os.sep)}{os.sep}{dotted.replace('.', os.sep)}")

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


def read(folder: Path, apart: tuple[Path, ...] = (), libraries: frozenset[str] = frozenset()) -> Sources:
    """Parse every Python file below a folder, the first ones where there are very many.

    Args:
        folder: the project's folder, resolved.
        apart: folders below it that are projects of their own.
        libraries: names that are imported and not the project's.
    """
    sources = Sources(folder, {}, libraries=libraries)
    paths = list(python_files(folder, apart))
    sources.unread = max(len(paths) - MOST_FILES, 0)
    for path in paths[:MOST_FILES]:
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
