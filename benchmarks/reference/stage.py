from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

from app.core.pagination import Cursor
from redis import Redis
from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from benchmarks.reference.cases import PRODUCTS

ROOT = Path(__file__).parents[2]
SERVICE = ROOT / "reference"
EMAIL, PASSWORD = "admin@example.com", uuid4().hex
# As old as a catalogue that grew by a product a second, and in the order of the ids.
SEED = """
INSERT INTO products (sku, name, description, price, stock, version, created_at, updated_at)
SELECT 'P' || lpad(n::text, 7, '0'), 'Product ' || n,
       'What product ' || n || ' is good for, in about as many words as a shop has room for next to a picture.',
       (n % 9999) / 100.0, n % 1000, 1, since, since
FROM (SELECT n, now() - (:products - n) * interval '1 second' AS since
      FROM generate_series(1, :products) AS n ORDER BY n) AS numbered
"""
# Its page is the last but four of twenty: with OFFSET, nearly all rows would be read and thrown away.
DEEP = "SELECT created_at, id FROM products ORDER BY created_at DESC, id DESC OFFSET :offset LIMIT 1"


@dataclass(frozen=True, slots=True)
class Stage:
    """Running data stores, and the environment that leads the service to them."""

    environment: Mapping[str, str]
    deep_cursor: str
    versions: Mapping[str, str]


def service_servers() -> ModuleType:
    """The module that starts servers for the service's own tests; its package cannot be imported beside ours."""
    spec = spec_from_file_location("service_servers", SERVICE / "tests/servers.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


servers: Any = service_servers()


@asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    """Start PostgreSQL and Redis, make a database of our own, and fill it."""
    with ExitStack() as stack:
        server = make_url(stack.enter_context(servers.postgresql()))
        redis_url = stack.enter_context(servers.redis())
        redis = stack.enter_context(Redis.from_url(redis_url))
        if redis.dbsize():
            raise SystemExit("REDIS_URL is not empty, and the benchmark would empty it")
        stack.callback(redis.flushdb)
        database = f"benchmark_{uuid4().hex}"
        async with connection(server) as admin:
            await admin.execute(text(f"CREATE DATABASE {database}"))
            try:
                url = server.set(database=database)
                yield await fill(url, redis_url, str(redis.info("server")["redis_version"]))
            finally:
                await admin.execute(text(f"DROP DATABASE {database} WITH (FORCE)"))


async def fill(database: URL, redis_url: str, redis_version: str) -> Stage:
    environment = os.environ | {
        "DATABASE_URL": database.render_as_string(hide_password=False),
        "REDIS_URL": redis_url,
        "JWT_SECRET": uuid4().hex,
        # One login has to last for the whole run, however slow the machine.
        "JWT_LIFETIME": "P1D",
        "PAYMENT_URL": "http://127.0.0.1:9",
        "PAYMENT_API_KEY": "key",
        "MAIL_URL": "http://127.0.0.1:9",
    }
    alembic = [sys.executable, "-m", "alembic", "upgrade", "head"]
    subprocess.run(alembic, cwd=SERVICE, env=environment, check=True, stderr=subprocess.DEVNULL)
    admin = [sys.executable, "-c", "from app.cli import main; main()", "create-admin", EMAIL]
    named = environment | {"ADMIN_PASSWORD": PASSWORD}
    subprocess.run(admin, cwd=SERVICE, env=named, check=True, stdout=subprocess.DEVNULL)
    async with connection(database) as session:
        await session.execute(text(SEED), {"products": PRODUCTS})
        await session.execute(text("VACUUM ANALYZE products"))
        place = (await session.execute(text(DEEP), {"offset": PRODUCTS - 101})).one()
        version = str(await session.scalar(text("SHOW server_version")))
    cursor = Cursor(place.created_at, place.id).encode()
    return Stage(environment, cursor, {"PostgreSQL": version.split(maxsplit=1)[0], "Redis": redis_version})


@asynccontextmanager
async def connection(url: URL) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as opened:
            yield opened
    finally:
        await engine.dispose()


@contextmanager
def serving(app: str, environment: Mapping[str, str], directory: Path) -> Iterator[int]:
    """Serve an application with one worker; gives the port, and ends the server by its process id."""
    port = servers.free_port()
    command = [sys.executable, "-m", "uvicorn", app, "--port", port, "--loop", "uvloop", "--http", "httptools"]
    # The service writes its own line for each request, to a file as well.
    command += ["--no-access-log", "--log-level", "warning"]
    with servers.process(command, directory / f"{port}.log", cwd=ROOT, env=environment) as started:
        servers.wait_until(lambda: accepts(port), started)
        yield port


def accepts(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
