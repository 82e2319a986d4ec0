from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
from alembic import command
from alembic.config import Config
from redis import Redis
from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from app.core.config import Settings, get_settings
from app.models import Base
from tests import servers
from tests.stub import StubServer, stub_server

PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def alembic_config() -> Config:
    return Config(toml_file=PROJECT / "pyproject.toml")


@pytest.fixture(scope="session")
def stub_process() -> Iterator[StubServer]:
    with stub_server() as stub:
        yield stub


# region: real-servers
@pytest.fixture(scope="session")
def environment(stub_process: StubServer, alembic_config: Config) -> Iterator[None]:
    """Start PostgreSQL and Redis once, and migrate a database of our own.

    The settings go into the environment, where the service, its commands and its
    worker processes look for them.
    """
    with ExitStack() as stack:
        server_url = make_url(stack.enter_context(servers.postgresql()))
        redis_url = stack.enter_context(servers.redis())
        database = f"test_{uuid4().hex}"
        asyncio.run(execute(server_url, f"CREATE DATABASE {database}"))
        stack.callback(drop_database, server_url, database)
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        url = server_url.set(database=database).render_as_string(hide_password=False)
        for name, value in {
            "DATABASE_URL": url,
            "DATABASE_POOL_SIZE": "20",
            "REDIS_URL": redis_url,
            # A machine that is busy with other things must not look like an outage.
            "REDIS_TIMEOUT": "5",
            "JWT_SECRET": uuid4().hex,
            "ARGON2_MEMORY_KIB": "1024",
            "ARGON2_TIME_COST": "1",
            "PAYMENT_URL": stub_process.url,
            "PAYMENT_API_KEY": "key",
            "PAYMENT_BACKOFF": "0.001",
            "MAIL_URL": stub_process.url,
        }.items():
            patch.setenv(name, value)
        refuse_foreign_data(redis_url)
        command.upgrade(alembic_config, "head")
        yield
        get_settings.cache_clear()


@pytest.fixture
async def settings(
    environment: None, stub_process: StubServer
) -> AsyncIterator[Settings]:
    """Give a test its settings, and leave empty tables and an empty Redis behind."""
    settings = get_settings()
    yield settings
    tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
    await execute(
        make_url(settings.database_url), f"TRUNCATE {tables} RESTART IDENTITY CASCADE"
    )
    with Redis.from_url(settings.redis_url) as redis:
        redis.flushdb()
    stub_process.reset()


# endregion: real-servers


@pytest.fixture
def stub(settings: Settings, stub_process: StubServer) -> StubServer:
    return stub_process


@pytest.fixture(autouse=True)
def plain_logs() -> Iterator[None]:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(),
        ],
        cache_logger_on_first_use=False,
    )
    yield
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()


async def execute(url: URL, statement: str) -> None:
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


def drop_database(server_url: URL, database: str) -> None:
    asyncio.run(execute(server_url, f"DROP DATABASE {database} WITH (FORCE)"))


def refuse_foreign_data(redis_url: str) -> None:
    with Redis.from_url(redis_url) as redis:
        if redis.dbsize():
            pytest.exit("REDIS_URL is not empty, and the tests would empty it")
