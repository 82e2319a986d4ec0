"""Run by the project's Python: writes the OpenAPI document, or the tables, of the project as JSON.

describe.py RESULT REQUEST, where REQUEST is JSON: folder, root, what ("openapi" or "tables"), environment, and
import_name, variable, factory of the application, or modules, which hold the models.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from toolkit.inside import loading

# So many objects are looked at for the application inside of what a server is given.
MOST_WRAPPED = 100


def main(result: str, request: dict[str, Any]) -> None:
    """Write what was asked for, or why there is none."""
    loading.answer(result, request, _openapi if request["what"] == "openapi" else _tables, connects=False)


def _openapi(request: dict[str, Any]) -> Any:
    application = loading.attribute(request["import_name"], request["variable"], factory=request["factory"])
    _is_of(request, sys.modules[request["import_name"]])
    return _with_mounted(_unwrapped(application))


def _unwrapped(found: Any) -> Any:
    """The application itself, where the variable holds something that was put around it; else what was found."""
    seen = [found]
    for one in seen:
        if callable(getattr(one, "openapi", None)):
            return one
        if len(seen) < MOST_WRAPPED:
            held = vars(one).values() if hasattr(one, "__dict__") and not isinstance(one, type) else ()
            seen += [value for value in held if callable(value) and not any(value is other for other in seen)]
    return found


def _with_mounted(application: Any) -> dict[str, Any]:
    """The document of an application, and of those it mounts, which have documents of their own."""
    document: dict[str, Any] = json.loads(json.dumps(application.openapi(), default=str))
    for route in application.routes:
        inner = getattr(route, "app", None)
        if not callable(getattr(inner, "openapi", None)):
            continue
        found = _with_mounted(inner)
        mine = document.setdefault("components", {}).setdefault("schemas", {})
        for name, schema in found.get("components", {}).get("schemas", {}).items():
            if mine.get(name, schema) != schema:
                found = _renamed(found, name, f"{route.path.strip('/').replace('/', '_')}_{name}")
        mine.update(found.get("components", {}).get("schemas", {}))
        document.setdefault("paths", {}).update({route.path + path: item for path, item in found["paths"].items()})
    return document


def _renamed(document: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """A document in which one schema has another name."""
    text = json.dumps(document).replace(f'"#/components/schemas/{old}"', f'"#/components/schemas/{new}"')
    renamed: dict[str, Any] = json.loads(text)
    schemas = renamed["components"]["schemas"]
    schemas[new] = schemas.pop(old)
    return renamed


def _tables(request: dict[str, Any]) -> list[dict[str, Any]]:
    from sqlalchemy import MetaData

    modules = [importlib.import_module(name) for name in request["modules"]]
    found: dict[int, Any] = {}
    for module in modules:
        _is_of(request, module)
        for value in vars(module).values():
            metadata = value if isinstance(value, MetaData) else getattr(value, "metadata", None)
            if isinstance(metadata, MetaData):
                found[id(metadata)] = metadata
    tables = [table for metadata in found.values() for table in metadata.tables.values()]
    return sorted((_table(table) for table in tables), key=lambda one: str(one["name"]))


def _is_of(request: dict[str, Any], module: Any) -> None:
    """Make sure that what was imported is the code asked about, and not another copy that is installed.

    Raises:
        ImportError: it is another copy.
    """
    place = Path(module.__file__ or "").resolve()
    root = Path(request["root"]).resolve()
    if root not in place.parents:
        raise ImportError(f"{module.__name__} was imported from {place}, which is outside of {root}")


def _table(table: Any) -> dict[str, Any]:
    return {
        "name": table.fullname,
        "comment": table.comment,
        "columns": [_column(column) for column in table.columns],
        "constraints": sorted(_constraints(table)),
        "indexes": sorted(
            f"{'unique index' if index.unique else 'index'} ({', '.join(_expressions(index))})"
            for index in table.indexes
        ),
    }


def _column(column: Any) -> dict[str, Any]:
    default = column.server_default
    return {
        "name": column.name,
        "type": _type(column.type),
        "nullable": bool(column.nullable),
        "primary_key": bool(column.primary_key),
        "unique": bool(column.unique),
        "references": sorted(
            f"{key.target_fullname}{f' on delete {key.ondelete.lower()}' if key.ondelete else ''}"
            for key in column.foreign_keys
        ),
        "default": _default(default) if default is not None else None,
        "comment": column.comment,
    }


def _type(kind: Any) -> str:
    if getattr(kind, "__visit_name__", "") == "uuid":
        return "UUID"  # without a database in mind SQLAlchemy spells it as the text it can also be kept as
    if getattr(kind, "timezone", False):
        return f"{kind} WITH TIME ZONE"
    values = getattr(kind, "enums", None)
    if values:
        return f"ENUM({', '.join(values)})"
    try:
        return str(kind)
    except Exception:  # noqa: BLE001 - a type of a dialect may have no general spelling
        return type(kind).__name__.upper()


def _default(default: Any) -> str:
    argument = getattr(default, "arg", None)
    return str(argument) if argument is not None else type(default).__name__.lower()


def _constraints(table: Any) -> Iterator[str]:
    from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint

    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            yield f"check ({constraint.sqltext})"
        elif isinstance(constraint, UniqueConstraint):
            yield f"unique ({', '.join(column.name for column in constraint.columns)})"
        elif isinstance(constraint, ForeignKeyConstraint) and len(constraint.elements) > 1:
            ours = ", ".join(element.parent.name for element in constraint.elements)
            yield f"foreign key ({ours}) references {', '.join(e.target_fullname for e in constraint.elements)}"


def _expressions(index: Any) -> list[str]:
    return [getattr(expression, "name", None) or str(expression) for expression in index.expressions]


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
