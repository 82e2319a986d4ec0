"""The entry point: where the running application comes from."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.project import configuration
from toolkit.project.instances import Instances
from toolkit.project.modules import Module, is_test
from toolkit.project.names import Definition, Found
from toolkit.project.sources import Sources

# Files that start a server, the most telling ones first, and the folders they are in.
STARTERS = ("Dockerfile*", "Procfile", "Makefile", "justfile", "docker-compose*.y*ml", "compose*.y*ml", "*.sh")
STARTER_FOLDERS = (".", "docker", "deploy", "scripts", "bin")
LIKELY = ("main", "app", "asgi", "server", "application", "api", "__init__")
_STARTED = re.compile(r"\b(?:uvicorn|gunicorn|hypercorn|granian|fastapi)\b.*?\b([A-Za-z_][\w.]*):([A-Za-z_]\w*)")
_STARTED_FILE = re.compile(r"\bfastapi\b[\"', ]+(?:run|dev)\b.*?([\w./-]+)\.py\b")
_SPEC = re.compile(r"([A-Za-z_][\w.]*):([A-Za-z_]\w*)")
_CONTINUED = re.compile(r"(?:\\|,)[ \t]*\r?\n")


@dataclass(frozen=True)
class Application:
    """`import_name:variable` from the folder `root`; a factory is called, and nobody here has what it `needs`."""

    module: Module
    root: Path
    import_name: str
    variable: str
    factory: bool
    why: str
    needs: tuple[str, ...] = ()

    @property
    def spec(self) -> str:
        called = f"({', '.join(self.needs)})" if self.factory else ""
        return f"{self.import_name}:{self.variable}{called}"

    @property
    def folder(self) -> Path:
        """The package it is in, or the folder of its modules."""
        inside = "." in self.import_name or self.module.stem == "__init__" != self.import_name
        return self.root / self.import_name.partition(".")[0] if inside else self.root


def find(sources: Sources, instances: Instances) -> Application | None:
    """The application that the project says it starts, or the likeliest one that its code defines."""
    found = sorted((one for one in _defined(sources, instances) if not is_test(one.module)), key=_unlikely)
    for dotted, variable, reason in _started(sources):
        path, root = sources.started_from(dotted) or (None, sources.folder)
        for one in found:
            if one.module.path == path and variable in ("", one.variable):
                return _as_started(sources, one, dotted, root, reason)
    return next(iter(found), None)


def _as_started(sources: Sources, one: Application, dotted: str, root: Path, reason: str) -> Application:
    """An application by the name a server gets, unless the project's own imports say where they begin."""
    if sources.imported_from(one.module.path) is not None:
        root, dotted = one.root, one.import_name
    return replace(one, root=root, import_name=dotted, why=reason)


def _started(sources: Sources) -> Iterator[tuple[str, str, str]]:
    """What files of the project start: module, variable and the reason to think so, the most telling one first."""
    folder = sources.folder
    entry = configuration.within(configuration.toml(folder / "pyproject.toml"), "tool", "fastapi", "entrypoint")
    if isinstance(entry, str):
        dotted, _, variable = entry.partition(":")
        yield dotted, variable, "pyproject.toml [tool.fastapi]"
    for pattern in STARTERS:
        for path in (path for place in STARTER_FOLDERS for path in sorted((folder / place).glob(pattern))):
            if path.is_file():
                text = _CONTINUED.sub(" ", path.read_text(encoding="utf-8", errors="replace"))
                reason = f"started by {path.relative_to(folder).as_posix()}"
                yield from ((match[1], match[2], reason) for match in _STARTED.finditer(text))
                yield from ((_dotted(match[1]), "", reason) for match in _STARTED_FILE.finditer(text))
    for module in sources.modules.values():
        for node, _ in module.members if not is_test(module) else ():
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name("uvicorn"), attr="run"), args=[ast.Constant(str(spec)), *_]
                ):
                    if match := _SPEC.fullmatch(spec):
                        yield match[1], match[2], f"started by {module.path.relative_to(folder).as_posix()}"


def _dotted(path: str) -> str:
    return ".".join(part for part in path.split("/") if part not in ("", "."))


def _defined(sources: Sources, instances: Instances) -> Iterator[Application]:
    for one in instances.applications:
        if not one.functions and one.name.isidentifier():
            yield _application(sources, one.module, one.name, factory=False)
    called: set[Found] = set()
    factories: list[Definition] = []
    for module in sources.modules.values():
        for name, node in module.definitions.items():
            definition = Definition(module, name, node)
            if instances.is_application(definition):
                if not _is_template(module):
                    called.add(instances.names.called(module, getattr(node, "value", None)))
                yield _application(sources, module, name, factory=False)
            elif isinstance(node, ast.FunctionDef) and instances.is_factory(definition):
                factories.append(definition)
    for factory in factories:
        if factory not in called:  # else the variable with what it returns is there to be started
            yield _application(sources, factory.module, factory.name, factory=True, needs=_needs(factory.node))


def _application(
    sources: Sources, module: Module, name: str, *, factory: bool, needs: tuple[str, ...] = ()
) -> Application:
    root, dotted = sources.import_name(module.path)
    return Application(module, root, dotted, name, factory, "found in the code", needs)


def _needs(node: ast.AST) -> tuple[str, ...]:
    """The arguments without which a factory cannot be called."""
    args = getattr(node, "args", None)
    if not isinstance(args, ast.arguments):
        return ()
    placed = [*args.posonlyargs, *args.args]
    named = [one for one, default in zip(args.kwonlyargs, args.kw_defaults, strict=True) if default is None]
    return tuple(one.arg for one in (*placed[: len(placed) - len(args.defaults)], *named))


def _is_template(module: Module) -> bool:
    """Whether a file is of another project, which cookiecutter or copier would make of it."""
    return any("{{" in part for part in module.parts)


def _unlikely(one: Application) -> tuple[bool | int | str, ...]:
    rank = LIKELY.index(one.module.stem) if one.module.stem in LIKELY else len(LIKELY)
    meant = _is_template(one.module), bool(one.needs), one.variable.startswith("_"), rank == len(LIKELY)
    return *meant, one.factory, len(one.module.parts), rank, one.spec
