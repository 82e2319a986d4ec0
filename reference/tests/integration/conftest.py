from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from decimal import Decimal
from typing import Any, Protocol

import httpx
import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import func, select, text

from app.core.config import Settings
from app.core.telemetry import Telemetry
from app.main import create_app
from app.models import Confirmation, Order, OrderStatus, User
from app.resources import Resources

PASSWORD = "correct horse battery"


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def metrics() -> InMemoryMetricReader:
    return InMemoryMetricReader()


# region: asgi-client
@pytest.fixture
async def app(
    settings: Settings, spans: InMemorySpanExporter, metrics: InMemoryMetricReader
) -> AsyncIterator[FastAPI]:
    """Run the application of one test, lifespan included."""
    telemetry = Telemetry(
        settings,
        metric_readers=[metrics],
        span_processors=[SimpleSpanProcessor(spans)],
    )
    app = create_app(settings, telemetry)
    # ASGITransport does not send lifespan events.
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[AsyncClient]:
    """Talk to the application without a socket; a 500 is a response to look at."""
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


@pytest.fixture
def resources(app: FastAPI) -> Resources:
    """Reach behind the API, to prepare and to inspect."""
    resources: Resources = app.state.resources
    return resources


# endregion: asgi-client


@pytest.fixture
async def client_of_a_proxy(app: FastAPI) -> AsyncIterator[AsyncClient]:
    """Talk to the application as a proxy does that serves it below /shop."""
    transport = ASGITransport(app=app, root_path="/shop")
    async with AsyncClient(transport=transport, base_url="http://test/shop") as client:
        yield client


# region: warm-pool
async def warm_pool(resources: Resources, size: int) -> None:
    """Open connections before a race.

    With a cold pool the first request is through before the second has a connection,
    and a race that production loses every day passes.
    """
    async with AsyncExitStack() as stack:
        for _ in range(size):
            await stack.enter_async_context(resources.database.engine.connect())


async def race(*requests: Any) -> list[httpx.Response]:
    """Send requests at the same time."""
    responses: list[httpx.Response] = await asyncio.gather(*requests)
    return responses


# endregion: warm-pool


async def eventually(condition: Callable[[], Awaitable[bool]]) -> None:
    """Ask until it is true; the next step of a test never depends on a guessed time."""
    async with asyncio.timeout(30):
        while not await condition():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.005)


async def waiting_for_lock(resources: Resources) -> None:
    """Return as soon as PostgreSQL has somebody waiting for a lock."""

    async def somebody_waits() -> bool:
        query = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        async with resources.database.engine.connect() as connection:
            return bool(await connection.scalar(query))

    await eventually(somebody_waits)


def statuses(responses: Sequence[httpx.Response]) -> list[int]:
    return sorted(response.status_code for response in responses)


class MakeUser(Protocol):
    async def __call__(self, email: str, *, is_admin: bool = False) -> str: ...


@pytest.fixture
def make_user(resources: Resources) -> MakeUser:
    """Store a user without going through the API, and return a token."""

    async def make(email: str, *, is_admin: bool = False) -> str:
        async with resources.database.unit_of_work() as uow:
            user = User(
                email=email,
                full_name="Some Body",
                password_hash=await resources.hasher.hash(PASSWORD),
                is_admin=is_admin,
            )
            uow.session.add(user)
        return resources.tokens.issue(user.id)

    return make


@pytest.fixture
async def customer(make_user: MakeUser) -> dict[str, str]:
    token = await make_user("customer@example.com")
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
async def admin(make_user: MakeUser) -> dict[str, str]:
    token = await make_user("admin@example.com", is_admin=True)
    return {"Authorization": f"Bearer {token}"}


class MakeProduct(Protocol):
    async def __call__(self, **fields: Any) -> dict[str, Any]: ...


@pytest.fixture
def make_product(client: AsyncClient, admin: dict[str, str]) -> MakeProduct:
    numbers = iter(range(10_000, 99_999))

    async def make(**fields: Any) -> dict[str, Any]:
        body = {"sku": f"SKU-{next(numbers)}", "name": "Pen", "price": "2.50"}
        response = await client.post(
            "/api/v1/products", json=body | fields, headers=admin
        )
        assert response.status_code == 201, response.text
        product: dict[str, Any] = response.json()
        return product

    return make


BreakCommit = Callable[[str], AbstractAsyncContextManager[None]]


# region: broken-commit
@pytest.fixture
def broken_commit(resources: Resources) -> BreakCommit:
    """Make PostgreSQL refuse the commit of every insert into a table.

    A deferred trigger lets the statements pass and raises at the end: a real failure,
    in the place where no mock of the session would put it.
    """

    @asynccontextmanager
    async def broken(table: str) -> AsyncIterator[None]:
        async with resources.database.engine.begin() as connection:
            for statement in (
                """
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
                AS $$ BEGIN RAISE 'refused at commit'; END $$
                """,
                f"""
                CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON {table}
                DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION refuse()
                """,
            ):
                await connection.execute(text(statement))
        yield
        async with resources.database.engine.begin() as connection:
            await connection.execute(text("DROP FUNCTION refuse CASCADE"))

    return broken


# endregion: broken-commit


@pytest.fixture
async def app_without_redis(settings: Settings) -> AsyncIterator[FastAPI]:
    away = settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
    app = create_app(away)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client_without_redis(
    app_without_redis: FastAPI,
) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(app=app_without_redis, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


@pytest.fixture
async def paid_order(resources: Resources) -> int:
    async with resources.database.unit_of_work() as uow:
        user = User(email="a@example.com", full_name="Ada", password_hash="x")
        uow.session.add(user)
        await uow.session.flush()
        order = Order(
            user_id=user.id, status=OrderStatus.PAID, total=Decimal("5.00"), lines=[]
        )
        uow.session.add(order)
        await uow.session.flush()
        uow.session.add(Confirmation(order_id=order.id))
    return order.id


async def confirmations(resources: Resources) -> int:
    async with resources.database.unit_of_work() as uow:
        count = await uow.session.scalar(select(func.count(Confirmation.sent_at)))
    return int(count or 0)
