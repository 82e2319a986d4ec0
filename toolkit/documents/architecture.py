"""systemArchitecture.md: what starts, what it stands on, which modules there are, and which layer imports which."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

from toolkit.documents.sections import Page, Section
from toolkit.markdown import code, identifier, table
from toolkit.project import configuration
from toolkit.project.layout import LAYERS
from toolkit.project.modules import Module, is_test
from toolkit.project.overview import Overview

FILE = "systemArchitecture.md"
# What a declared dependency tells about the systems beside this one.
SYSTEMS = {
    **dict.fromkeys(("asyncpg", "psycopg", "psycopg2", "psycopg2-binary", "pg8000"), "PostgreSQL"),
    **dict.fromkeys(("aiomysql", "pymysql", "mysqlclient", "asyncmy"), "MySQL"),
    **dict.fromkeys(("motor", "pymongo", "beanie"), "MongoDB"),
    **dict.fromkeys(("redis", "aioredis", "valkey"), "Redis"),
    **dict.fromkeys(("celery", "taskiq", "arq", "dramatiq", "rq"), "a message broker for background tasks"),
    **dict.fromkeys(("aiokafka", "confluent-kafka"), "Kafka"),
    **dict.fromkeys(("boto3", "aioboto3"), "Amazon Web Services"),
    **dict.fromkeys(("sentry-sdk",), "Sentry"),
    **dict.fromkeys(("opentelemetry-sdk",), "an OpenTelemetry collector"),
}
MAKERS = {"celery.Celery": "Celery worker", "celery.app.Celery": "Celery worker", "typer.Typer": "Typer commands"}


def page(overview: Overview) -> Page:
    """The page for a project."""
    groups, processes = _groups(overview), list(_processes(overview))
    modules = [(code(group), ", ".join(code(_short(one)) for one in groups[group])) for group in sorted(groups)]
    return Page(
        FILE,
        "System architecture",
        "Where things are and who calls whom. Text outside of the generated sections is kept.",
        (
            Section("processes", "Processes", table(("process", "starts from"), processes) if processes else "None."),
            Section("systems", "Systems and libraries", table(("system", "library", "version"), _systems(overview))),
            Section("modules", "Modules", table(("group", "modules"), modules) if modules else "None."),
            Section("imports", "Who imports whom", "\n".join(_graph(overview, groups))),
        ),
    )


def _processes(overview: Overview) -> Iterator[tuple[str, str]]:
    if overview.application:
        yield "HTTP", code(overview.application.spec)
    scripts = configuration.within(configuration.toml(overview.folder / "pyproject.toml"), "project", "scripts")
    for name, target in sorted(scripts.items()) if isinstance(scripts, dict) else ():
        yield f"command {code(name)}", code(str(target))
    for module in overview.sources.modules.values():
        for name, node in module.definitions.items():
            made = overview.names.called(module, getattr(node, "value", None))
            if isinstance(made, str) and made in MAKERS and not is_test(module):
                yield MAKERS[made], code(f"{overview.sources.import_name(module.path)[1]}:{name}")


def _systems(overview: Overview) -> list[tuple[str, str, str]]:
    declared = configuration.dependencies(overview.folder)
    rows = [(SYSTEMS.get(name, ""), name, version) for name, version in declared.items() if name in SYSTEMS]
    rows += [
        ("", name, declared[name]) for name in ("fastapi", "pydantic", "sqlalchemy", "sqlmodel") if name in declared
    ]
    allowed = configuration.python_range(overview.folder)
    return [*sorted(rows), ("", "python", allowed[0])] if allowed else sorted(rows)


def _groups(overview: Overview) -> dict[str, list[Module]]:
    """The modules of the application's package, or of all the project, by layer, else by folder."""
    groups: dict[str, list[Module]] = defaultdict(list)
    start = overview.package
    for module in overview.sources.modules.values():
        empty = module.stem == "__init__" and not module.tree.body
        if start in module.path.parents and not (overview.is_migration(module.path) or empty or is_test(module)):
            groups[_group(module.path.relative_to(start).with_suffix("").parts)].append(module)
    return groups


def _group(parts: tuple[str, ...]) -> str:
    layers = [number for number, part in enumerate(parts[:-1]) if part in LAYERS]
    if layers:
        return "/".join(parts[: layers[-1] + 1])
    return parts[0] if len(parts) == 1 else "/".join(parts[:-1])


def _short(module: Module) -> str:
    return module.stem if module.stem != "__init__" else f"{module.path.parent.name}/__init__"


def _graph(overview: Overview, groups: dict[str, list[Module]]) -> Iterator[str]:
    member = {module.path: group for group, modules in groups.items() for module in modules}
    arrows = {
        (group, member[target])
        for group, modules in groups.items()
        for module in modules
        for target in _imported(overview, module)
        if target in member and member[target] != group
    }
    yield "```mermaid"
    yield "flowchart TD"
    for group in sorted(groups):
        yield f'  {_node(group)}["{group}"]'
    for start, end in sorted(arrows):
        yield f"  {_node(start)} --> {_node(end)}"
    yield "```"


def _node(group: str) -> str:
    return f"m_{identifier(group)}"  # a bare `end` or `style` would be a word of Mermaid's


def _imported(overview: Overview, module: Module) -> Iterator[object]:
    for node in module.imports:
        if isinstance(node, ast.Import):
            yield from (overview.sources.resolve(module, alias.name) for alias in node.names)
            continue
        origin = node.module or ""
        yield overview.sources.resolve(module, origin, node.level)
        for alias in node.names:
            dotted = f"{origin}.{alias.name}" if origin else alias.name
            yield overview.sources.resolve(module, dotted, node.level)
