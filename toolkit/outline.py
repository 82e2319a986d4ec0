"""The survey as text, in as much detail as its budget allows."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from toolkit.project import configuration, layout, likeness, tools
from toolkit.project.likeness import Likeness
from toolkit.project.migrations import Migrations
from toolkit.project.modules import Module
from toolkit.project.overview import Overview
from toolkit.project.routes import Router

# How many files of a section and names of a file are shown, from rich to poor, until the text fits.
DETAILS = ((60, 12), (40, 8), (30, 5), (20, 4), (14, 3), (10, 2), (7, 1), (5, 1), (3, 1), (2, 1), (1, 1))
LIBRARIES = (
    *("fastapi", "starlette", "pydantic", "pydantic-settings", "sqlalchemy", "sqlmodel", "alembic"),
    *("tortoise-orm", "aerich", "beanie", "motor", "pymongo", "mongoengine", "odmantic", "fastapi-users"),
    *("asyncpg", "psycopg", "psycopg2-binary", "aiosqlite", "redis", "celery", "httpx", "pytest", "pytest-asyncio"),
)
NOT_FOUND = "not found"


def write(overview: Overview, feature: str, tokens: int) -> str:
    """The survey of a project.

    Args:
        overview: the project.
        feature: a feature in words; empty for none.
        tokens: the budget, in units of four characters.

    Returns:
        The text; when even the poorest detail is too much, its end is cut off and says so.
    """
    text = ""
    project = f"{configuration.name(overview.folder)} ({layout.describe(overview)})"
    found = likeness.nearest(overview, feature) if feature else None
    for files, names in DETAILS:
        lines = [_row("project", project), *_lines(overview, files, names)]
        text = "\n".join([*lines, *_likeness(overview, found, feature, names)])
        if len(text) <= tokens * 4:
            return text
    ending = "\n... cut off: give more --tokens"
    return text[: max(tokens * 4 - len(ending), 0)] + ending


def _lines(overview: Overview, files: int, names: int) -> Iterator[str]:
    if overview.folder != Path.cwd():
        yield _row("folder", f"{os.path.relpath(overview.folder)}/, and every path below is relative to it")
    yield _row("python", _python(overview))
    yield _row("versions", _versions(overview))
    yield _row("entry point", _entry(overview))
    yield from _section("routers", _routers(overview, names), files)
    for kind, title in (
        ("schema", "schemas"),
        ("model", "models"),
        ("service", "services"),
        ("repository", "repositories"),
    ):
        yield from _section(title, _parts(overview, kind, names), files)
    yield _row("commits in", _listed(sorted(_path(overview, one) for one in overview.commits), names + 2))
    yield _row("migrations", _migrations(overview))
    yield _row("tests", _tests(overview, files, names))
    yield _row("tools", ", ".join(_tools(overview)))
    if beside := tools.beside(overview.folder):
        yield _row("other checks", f"{', '.join(beside)}; verify runs none of them")
    if overview.unread:
        yield _row("unread", overview.unread)
    if overview.sources.unparsed:
        paths = [os.path.relpath(path, overview.folder) for path in overview.sources.unparsed]
        yield _row("unparsed", _listed(paths, 3))


def _row(title: str, value: str) -> str:
    return f"{title}: {value or NOT_FOUND}"


def _listed(values: Iterable[str], most: int, joint: str = ", ") -> str:
    values = list(values)
    more = f" +{len(values) - most} more" if len(values) > most else ""
    return joint.join(values[:most]) + more


def _path(overview: Overview, module: Module) -> str:
    return module.path.relative_to(overview.folder).as_posix()


def _python(overview: Overview) -> str:
    allowed = configuration.python_range(overview.folder)
    said = f"{allowed[0]} ({allowed[1]})" if allowed else f"range {NOT_FOUND}"
    found = overview.environment
    return f"{said}; {found.version or 'Python'} in {found.source}" if found else f"{said}; environment {NOT_FOUND}"


def _versions(overview: Overview) -> str:
    versions, source = overview.versions
    declared = overview.tools.declared
    shown = [f"{name} {versions[name]}".strip() for name in LIBRARIES if name in versions and _wanted(name, declared)]
    return f"{', '.join(shown)} ({source})" if shown else ""


def _wanted(name: str, declared: frozenset[str]) -> bool:
    return name in declared or name in ("fastapi", "pydantic", "starlette", "sqlalchemy")


def _entry(overview: Overview) -> str:
    found = overview.application
    return f"{found.spec} in {_path(overview, found.module)} ({found.why})" if found else ""


def _section(title: str, entries: list[tuple[str, str]], files: int) -> Iterator[str]:
    """Files and what is in them, those of one folder together."""
    if not entries:
        yield _row(title, "")
        return
    yield f"{title}:"
    folders: dict[str, list[str]] = defaultdict(list)
    for path, text in sorted(entries)[:files]:
        place, _, file = path.rpartition("/")
        folders[place].append(f"{file} {text}")
    for place, lines in folders.items():
        if len(lines) > 1:
            yield f"  {place or '.'}/"
            yield from (f"    {line}" for line in lines)
        else:
            yield f"  {place}/{lines[0]}" if place else f"  {lines[0]}"
    if len(entries) > files:
        yield f"  +{len(entries) - files} more"


def _routers(overview: Overview, names: int) -> list[tuple[str, str]]:
    found = []
    for key, router in overview.routes.routers.items():
        for module in dict.fromkeys(one.module for one in router.endpoints):
            prefixes = overview.routes.prefixes(key) or [f"{router.prefix} (inclusion {NOT_FOUND})".strip()]
            text = _listed(_endpoints(router, module), names + 2, "; ")
            places = _listed(dict.fromkeys(prefix or "/" for prefix in prefixes), names + 1, " and ")
            found.append((_path(overview, module), f"{places}: {text}"))
    for one in overview.routes.made:
        places = _listed((start + one.prefix or "/" for start in overview.routes.prefixes(one.parent)), names + 1)
        found.append((_path(overview, one.module), f"{places or NOT_FOUND}: what {one.maker} makes"))
    return found


def _endpoints(router: Router, module: Module) -> list[str]:
    """What a router answers to by the code of one file."""
    methods: dict[str, dict[str, None]] = defaultdict(dict)
    for endpoint in router.endpoints:
        if endpoint.module is module:
            methods[endpoint.path][endpoint.method] = None
    return [f"{','.join(found)} {path}".strip() for path, found in methods.items()]


def _parts(overview: Overview, kind: str, names: int) -> list[tuple[str, str]]:
    found: dict[Module, list[str]] = defaultdict(list)
    for part in overview.parts:
        if part.kind == kind:
            found[part.module].append(f"{part.name} ({part.table})" if part.table else part.name)
    return [(_path(overview, module), _listed(symbols, names)) for module, symbols in found.items()]


def _migrations(overview: Overview) -> str:
    return "; ".join(_migration(overview, one) for one in overview.migrations)


def _migration(overview: Overview, found: Migrations) -> str:
    count = len(found.revisions)
    heads = f"head{'s'[: len(found.heads) > 1]} {', '.join(found.heads)}" if found.heads else "no head"
    config = f"{os.path.relpath(found.config, overview.folder)} {f'[{found.section}]' if found.named else ''}".strip()
    told = "no alembic.ini" if found.is_told_by_code else config
    place = os.path.relpath(found.folder, overview.folder)
    return f"{place}/ ({told}), {count} revision{'s'[: count != 1]}, {heads}"


def _tests(overview: Overview, files: int, names: int) -> str:
    found = overview.tests
    if not found.files:
        return ""
    folders = _listed((f"{place}/ {count}" for place, count in found.folders.items()), files)
    return f"{folders}; fixtures {_listed(found.fixtures, names + 2) or NOT_FOUND}"


def _tools(overview: Overview) -> Iterator[str]:
    yield from (f"{tool} ({place})" for tool, place in overview.tools.configured.items())
    for tool in overview.tools.unconfigured:
        if tool == "alembic" and overview.migrations:
            yield f"{tool} ({os.path.relpath(overview.migrations[0].config, overview.folder)})"
        else:
            yield f"{tool} (dependency without configuration)"


def _likeness(overview: Overview, found: Likeness | None, feature: str, names: int) -> Iterator[str]:
    if not feature:
        return
    if found is None:
        yield f'nearest to "{feature}": {NOT_FOUND}'
        return
    reason = f"matches {', '.join(found.matched)}" if found.matched else "no name matches; the most complete resource"
    yield f'nearest to "{feature}": {found.nearest.name} ({reason})'
    for kind in likeness.KINDS:
        source = next((one for one in (found.nearest, *found.others) if kind in one.code), None)
        if source is None:
            yield f"  {kind}: {NOT_FOUND}"
            continue
        code = [
            f"{_path(overview, one)} {_listed(symbols, names)}".strip() for one, symbols in source.code[kind].items()
        ]
        other = "" if source is found.nearest else f" (of {source.name})"
        yield f"  {kind}: {_listed(code, max(names // 2, 1), '; ')}{other}"
