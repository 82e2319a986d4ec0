"""Everything the other modules find out about one project, in one place."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from toolkit.failure import NewerPythonError
from toolkit.project import (
    application,
    configuration,
    environment,
    folder,
    migrations,
    modules,
    parts,
    sources,
    testing,
    tools,
)
from toolkit.project.application import Application
from toolkit.project.environment import Environment
from toolkit.project.migrations import Migrations
from toolkit.project.modules import Module
from toolkit.project.names import Names
from toolkit.project.parts import Part
from toolkit.project.routes import Routes
from toolkit.project.sources import Sources
from toolkit.project.testing import Tests
from toolkit.project.tools import Tools


@dataclass
class Overview:
    """One project; each part is found out when it is asked for."""

    folder: Path

    @classmethod
    def of(cls, start: Path) -> Overview:
        """The project in a folder or above it.

        Raises:
            ToolkitError: there is no project, or there are several.
            NewerPythonError: files of it were not understood, and its own Python may understand them.
        """
        found = cls(folder.find(start))
        if found.sources.unparsed and found.environment is not None and found.environment.is_newer():
            raise NewerPythonError(str(found.environment.python))
        return found

    @cached_property
    def sources(self) -> Sources:
        libraries = frozenset(name.replace("-", "_") for name in (*parts.LIBRARIES, *self.tools.declared))
        return sources.read(self.folder, folder.apart(self.folder), libraries)

    @cached_property
    def names(self) -> Names:
        return Names(self.sources)

    @cached_property
    def routes(self) -> Routes:
        return Routes(self.sources, self.names)

    @cached_property
    def application(self) -> Application | None:
        return application.find(self.sources, self.routes.instances)

    @cached_property
    def parts(self) -> list[Part]:
        return [one for one in parts.parts(self.sources, self.names) if not self.is_migration(one.module.path)]

    @cached_property
    def migrations(self) -> list[Migrations]:
        apart = set(folder.apart(self.folder))
        below = [one for one in folder.below(self.folder, folder.DEEPEST_SETTINGS) if not {one, *one.parents} & apart]
        return migrations.find(self.folder, tuple(below))

    @cached_property
    def tests(self) -> Tests:
        return testing.find(self.sources, self.names)

    @cached_property
    def tools(self) -> Tools:
        return tools.find(self.folder)

    @cached_property
    def environment(self) -> Environment | None:
        return environment.find_own(self.folder)

    @cached_property
    def versions(self) -> tuple[dict[str, str], str]:
        """The version of each library, and where it is said: what is installed, locked or declared."""
        if self.environment and "fastapi" in self.environment.installed:
            return self.environment.installed, self.environment.source
        return configuration.locked(self.folder) or (configuration.dependencies(self.folder), "declared")

    @property
    def package(self) -> Path:
        """The folder of the application's code; the project's where there is none."""
        return self.application.folder if self.application else self.folder

    @property
    def unread(self) -> str:
        """What is to be said of files that were too many to be read; nothing where all were."""
        left = self.sources.unread
        files, they = ("file", "it holds") if left == 1 else ("files", "they hold")
        beyond = f"{left} Python {files} beyond the first {sources.MOST_FILES}"
        return f"{beyond}: whatever {they} was not found" if left else ""

    @cached_property
    def unparsed(self) -> list[str]:
        """Files that may be part of the application and were not understood: whatever they hold was not found."""
        paths = [path for path in self.sources.unparsed if self.package in path.parents and not self.is_migration(path)]
        return [path.relative_to(self.folder).as_posix() for path in paths]

    def is_migration(self, path: Path) -> bool:
        """Whether a file is in the folder of the migrations."""
        return any(one.folder in path.parents for one in self.migrations)

    @cached_property
    def commits(self) -> list[Module]:
        """Modules of the application's package that end a transaction: they call `commit()` or open `begin()`."""
        return [
            one
            for one in self.sources.modules.values()
            if self.package in one.path.parents
            and not self.is_migration(one.path)
            and not modules.is_test(one)
            and _commits(one)
        ]


def _commits(module: Module) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("commit", "begin")
        and not node.args
        for node, _ in module.members
    )
