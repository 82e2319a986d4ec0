"""What is in a database: a text for each table, column, constraint, index and named type."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

Found = TypeVar("Found")
OF_THE_SERVER = ("information_schema", "pg_catalog", "mysql", "performance_schema", "sys")


def read(address: Any) -> frozenset[str]:
    """Everything migrations may make, Alembic's own table apart."""
    return connected(address, _read)


def connected(address: Any, work: Callable[[Any], Found], **options: Any) -> Found:
    """What some work with a connection to a database gives, whichever kind of driver its address names.

    Args:
        address: the database's, as SQLAlchemy has it.
        work: gets the connection.
        options: for the engine.
    """
    from sqlalchemy import create_engine
    from sqlalchemy.ext.asyncio import create_async_engine

    async def on_loop() -> Found:
        engine = create_async_engine(address, **options)
        async with engine.connect() as connection:
            found: Found = await connection.run_sync(work)
        await engine.dispose()
        return found

    if address.get_dialect().is_async:
        return asyncio.run(on_loop())
    engine = create_engine(address, **options)
    with engine.connect() as connection:
        found = work(connection)
    engine.dispose()
    return found


def _read(connection: Any) -> frozenset[str]:
    from sqlalchemy import inspect

    inspector = inspect(connection)
    usual = inspector.default_schema_name
    found: set[str] = set()
    for schema in inspector.get_schema_names():
        own = None if schema == usual else schema
        if schema in OF_THE_SERVER or (own and connection.dialect.name == "mysql"):
            continue
        # SQLite has a table written anew to change it, and then spells defaults and constraints otherwise.
        parts = _names if connection.dialect.name == "sqlite" else _table
        for table in inspector.get_table_names(schema=own):
            if table != "alembic_version":
                found.update(parts(inspector, table, own))
        found.update(f"view {name}" for name in inspector.get_view_names(schema=own))
        if hasattr(inspector, "get_enums"):
            found.update(f"type {one['name']} ({', '.join(one['labels'])})" for one in inspector.get_enums(schema=own))
    return frozenset(found)


def _names(inspector: Any, table: str, schema: str | None) -> Iterator[str]:
    yield f"table {table}"
    yield from (f"column {table}.{one['name']}" for one in inspector.get_columns(table, schema=schema))
    yield from (f"index {one['name']} of {table} ()" for one in inspector.get_indexes(table, schema=schema))


def _table(inspector: Any, table: str, schema: str | None) -> Iterator[str]:
    yield f"table {table}"
    for column in inspector.get_columns(table, schema=schema):
        null = "" if column["nullable"] else " not null"
        default = f" default {column['default']}" if column.get("default") is not None else ""
        yield f"column {table}.{column['name']} {column['type']}{null}{default}"
    key = inspector.get_pk_constraint(table, schema=schema)
    if key and key.get("constrained_columns"):
        yield f"primary key of {table} ({', '.join(key['constrained_columns'])})"
    for one in inspector.get_foreign_keys(table, schema=schema):
        refers = f"{one['referred_table']} ({', '.join(one['referred_columns'])}) {one.get('options') or ''}".strip()
        yield f"foreign key of {table} ({', '.join(one['constrained_columns'])}) to {refers}"
    for one in inspector.get_unique_constraints(table, schema=schema):
        yield f"unique constraint {one['name']} of {table} ({', '.join(one['column_names'])})"
    for one in inspector.get_indexes(table, schema=schema):
        yield f"index {one['name']} of {table} ({', '.join(str(name) for name in one['column_names'])})"
    for one in inspector.get_check_constraints(table, schema=schema):
        yield f"check constraint {one['name']} of {table} ({one['sqltext']})"
