from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from httpx import ASGITransport, AsyncClient
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

Hook = Callable[[], Awaitable[Any]]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """An application to try things on: a seed's, or a part of the reference service.

    `hooks` do what cannot be done through HTTP.
    """

    client: AsyncClient
    engine: AsyncEngine
    url: str
    table: str
    text_field: str
    body: Callable[[int], dict[str, Any]]
    fill: str = ""
    hooks: Mapping[str, Hook] = field(default_factory=dict)

    async def count(self) -> int:
        """Count the rows."""
        async with self.engine.connect() as connection:
            rows = await connection.scalar(text(f"SELECT count(*) FROM {self.table}"))  # noqa: S608 - the name is ours
        return int(rows or 0)


@asynccontextmanager
async def client_of(app: Any) -> AsyncIterator[AsyncClient]:
    """Talk to an application as a browser would: a 500 is a response."""
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


@asynccontextmanager
async def empty_tables(engine: AsyncEngine, metadata: Any) -> AsyncIterator[None]:
    """Make the tables, and drop them at the end."""
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    yield
    async with engine.begin() as connection:
        await connection.run_sync(metadata.drop_all)


@asynccontextmanager
async def seed_subject(_: str) -> AsyncIterator[Subject]:
    """Open the assembled application that stands in the import path."""
    found = import_module("subject")
    async with empty_tables(found.engine, found.Base.metadata):
        async with client_of(found.app) as client:
            yield Subject(
                client=client,
                engine=found.engine,
                url=found.url,
                table=found.table,
                text_field=found.text_field,
                body=found.body,
                fill=getattr(found, "fill", ""),
                hooks=found.hooks,
            )
        await found.engine.dispose()
