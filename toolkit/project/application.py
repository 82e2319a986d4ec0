"""The entry point: where the running application comes from."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.project import configuration
from toolkit.project.instances import Instances
from toolkit.project.modules import Module, Sources, is_test
from toolkit.project.names import Definition

STARTERS = ("Dockerfile", "Procfile", "Makefile", "justfile", "docker-compose.yml", "compose.yaml", "compose.yml")
LIKELY = ("main", "app", "asgi", "server", "application", "api", "__init__")
_STARTED = re.compile(r"\b(?:uvicorn|gunicorn|hypercorn|granian|fastapi)\b.*?\b([A-Za-z_][\w.]*):([A-Za-z_]\w*)")


@dataclass(frozen=True)
class Application:
    """`import_name:variable` from the folder `root`; the variable is called when it is a factory."""

    module: Module
    root: Path
    import_name: str
    variable: str
    factory: bool
    why: str

    @property
    def spec(self) -> str:
        return f"{self.import_name}:{self.variable}{'()' if self.factory else ''}"

    @property
    def folder(self) -> Path:
        """The package it is in, or the folder of its modules."""
        return self.root / self.import_name.partition(".")[0] if "." in self.import_name else self.root


def find(sources: Sources, instances: Instances) -> Application | None:
    """The application that the project says it starts, or the likeliest one that its code defines."""
    started = dict(_started(sources.folder))
    found = [one for one in _defined(sources, instances) if not is_test(one.module)]
    for one in found:
        if reason := started.get(f"{one.import_name}:{one.variable}"):
            return Application(one.module, one.root, one.import_name, one.variable, one.factory, reason)
    return min(found, key=_unlikely, default=None)


def _started(folder: Path) -> Iterator[tuple[str, str]]:
    """What files of the project start, the last one deciding."""
    for name in reversed(STARTERS):
        path = folder / name
        if path.is_file():
            for match in _STARTED.finditer(path.read_text(encoding="utf-8", errors="replace")):
                yield f"{match[1]}:{match[2]}", f"started by {name}"
    entry = configuration.within(configuration.toml(folder / "pyproject.toml"), "tool", "fastapi", "entrypoint")
    if isinstance(entry, str):
        yield entry, "pyproject.toml [tool.fastapi]"


def _defined(sources: Sources, instances: Instances) -> Iterator[Application]:
    for one in instances.applications:
        if not one.functions and one.name.isidentifier():
            yield _application(sources, one.module, one.name, factory=False)
    for module in sources.modules.values():
        for name, node in module.definitions.items():
            definition = Definition(module, name, node)
            if instances.is_application(definition):
                yield _application(sources, module, name, factory=False)
            elif isinstance(node, ast.FunctionDef) and instances.is_factory(definition) and _callable(node):
                yield _application(sources, module, name, factory=True)


def _application(sources: Sources, module: Module, name: str, *, factory: bool) -> Application:
    root, dotted = sources.import_name(module.path)
    return Application(module, root, dotted, name, factory, "found in the code")


def _callable(node: ast.FunctionDef) -> bool:
    """Whether a factory can be called without arguments."""
    positional = len(node.args.posonlyargs) + len(node.args.args) - len(node.args.defaults)
    return positional <= 0 and all(default is not None for default in node.args.kw_defaults)


def _unlikely(one: Application) -> tuple[bool, int, int, str]:
    rank = LIKELY.index(one.module.stem) if one.module.stem in LIKELY else len(LIKELY)
    return one.factory, len(one.module.parts), rank, one.spec
