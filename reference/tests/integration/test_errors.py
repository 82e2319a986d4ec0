from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import URL, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from structlog.testing import capture_logs

from app.core.config import Settings
from app.core.database import UnitOfWork
from app.main import create_app
from app.resources import Resources
from app.services.product import ProductService
from tests.conftest import execute
from tests.integration.conftest import PASSWORD, BreakCommit

USERS = "/api/v1/users"
PRODUCTS = "/api/v1/products"
PROBLEM = "application/problem+json"
ADA = {"email": "ada@example.com", "full_name": "Ada", "password": PASSWORD}


# region: one-session-one-task
async def query_together(*units: UnitOfWork) -> None:
    async with asyncio.TaskGroup() as tasks:
        for uow in units:
            tasks.create_task(uow.session.execute(text("SELECT 1")))


async def test_a_session_serves_one_task_at_a_time(resources: Resources) -> None:
    open_unit = resources.database.unit_of_work
    async with open_unit() as one, open_unit() as other:
        await query_together(one, other)

    async def share() -> None:
        async with open_unit() as uow:
            await query_together(uow, uow)

    with pytest.raises(ExceptionGroup) as failed:
        await share()
    assert failed.group_contains(SQLAlchemyError)


# endregion: one-session-one-task


# region: commit-failure-test
async def test_a_failed_commit_is_500_and_stores_nothing(
    client: AsyncClient, resources: Resources, broken_commit: BreakCommit
) -> None:
    async with broken_commit("users"):
        response = await client.post(USERS, json=ADA)
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "refused at commit" not in response.text
    async with resources.database.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM users")) == 0


# endregion: commit-failure-test


async def test_a_bug_is_logged_with_the_request_it_happened_in(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(self: object, product_id: int) -> None:
        message = "secret"
        raise RuntimeError(message)

    monkeypatch.setattr(ProductService, "read", broken)
    with capture_logs() as logs:
        response = await client.get(
            f"{PRODUCTS}/1", headers={"X-Request-ID": "request-0001"}
        )
    assert response.status_code == 500
    assert response.headers["x-request-id"] == "request-0001"
    assert response.json() == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "An unexpected error has occurred",
        "instance": f"{PRODUCTS}/1",
        "request_id": "request-0001",
    }
    errors = [line for line in logs if line["event"] == "unexpected_error"]
    assert [line["request_id"] for line in errors] == ["request-0001"]
    assert isinstance(errors[0]["exc_info"], RuntimeError)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/api/v1/products/", 404),
        ("PUT", "/api/v1/products", 405),
        ("DELETE", "/health/live", 405),
    ],
)
async def test_the_errors_of_the_framework_are_problems_too(
    client: AsyncClient, method: str, path: str, status: int
) -> None:
    response = await client.request(method, path)
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM
    problem = response.json()
    assert problem["status"] == status
    assert problem["instance"] == path
    assert problem["request_id"] == response.headers["x-request-id"]


async def test_an_instance_is_a_uri_reference(client: AsyncClient) -> None:
    path = "/nowhere/%C3%A9%20%3F%25"
    assert (await client.get(path)).json()["instance"] == path


async def test_allow_names_all_methods_of_a_path(client: AsyncClient) -> None:
    response = await client.put(PRODUCTS)
    assert set(re.split(", *", response.headers["allow"])) == {"GET", "HEAD", "POST"}
    response = await client.put(f"{PRODUCTS}/1")
    allowed = set(re.split(", *", response.headers["allow"]))
    assert allowed == {"GET", "HEAD", "PATCH", "DELETE"}
    response = await client.put("/openapi.json")
    assert "GET" in response.headers["allow"]


async def test_allow_names_all_methods_behind_a_proxy(
    client_of_a_proxy: AsyncClient,
) -> None:
    response = await client_of_a_proxy.put(PRODUCTS)
    assert set(re.split(", *", response.headers["allow"])) == {"GET", "HEAD", "POST"}


async def test_no_request_waits_for_a_thread(
    client: AsyncClient, admin: dict[str, str]
) -> None:
    threads = current_default_thread_limiter()
    threads.total_tokens = 1
    async with threads, asyncio.timeout(10):
        body = {"sku": "PEN", "name": "Pen", "price": "1.00"}
        created = await client.post(PRODUCTS, json=body, headers=admin)
        assert created.status_code == 201
        url = created.headers["location"]
        changed = await client.patch(url, json={"stock": 2}, headers=admin)
        assert changed.status_code == 200


async def test_text_that_is_no_json_is_a_problem(client: AsyncClient) -> None:
    response = await client.post(
        USERS, content=b'{"secret', headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 422
    assert "secret" not in response.text
    assert [error["pointer"] for error in response.json()["errors"]] == [""]


async def test_a_pointer_escapes_what_it_must(client: AsyncClient) -> None:
    response = await client.post(USERS, json=ADA | {"a/b~c": 1})
    pointers = [error["pointer"] for error in response.json()["errors"]]
    assert pointers == ["/a~1b~0c"]


async def test_a_request_that_gets_no_connection_is_503(settings: Settings) -> None:
    small = settings.model_copy(
        update={
            "database_pool_size": 1,
            "database_max_overflow": 0,
            "database_pool_timeout": 0.05,
        }
    )
    app: FastAPI = create_app(small)
    async with app.router.lifespan_context(app):
        resources: Resources = app.state.resources
        transport = ASGITransport(app=app)
        async with (
            AsyncClient(transport=transport, base_url="http://test") as client,
            resources.database.engine.connect(),
        ):
            response = await client.get(PRODUCTS)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "1"
    assert response.headers["content-type"] == PROBLEM


async def test_a_statement_that_takes_too_long_is_503(
    settings: Settings, resources: Resources
) -> None:
    hasty = settings.model_copy(update={"database_statement_timeout": 0.1})
    app = create_app(hasty)
    async with app.router.lifespan_context(app):
        transport = ASGITransport(app=app)
        async with (
            AsyncClient(transport=transport, base_url="http://test") as client,
            resources.database.engine.begin() as connection,
        ):
            await connection.execute(text("LOCK TABLE products"))
            with capture_logs() as logs:
                response = await client.get(PRODUCTS)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    assert response.headers["content-type"] == PROBLEM
    assert [line["event"] for line in logs] == ["not_reached", "request"]


@pytest.mark.parametrize("error", [ConnectionRefusedError, TimeoutError])
async def test_a_database_that_is_away_is_503(
    client: AsyncClient,
    resources: Resources,
    monkeypatch: pytest.MonkeyPatch,
    error: type[Exception],
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise error

    await resources.database.engine.dispose()
    monkeypatch.setattr("asyncpg.connect", away)
    response = await client.get(PRODUCTS)
    assert response.status_code == 503
    assert response.headers["content-type"] == PROBLEM


class Tunnel:
    """Stands between the service and PostgreSQL, until it swallows everything."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._tasks: list[asyncio.Task[None]] = []
        self.swallows = False

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        async with await asyncio.start_server(self._serve, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            query = {k: v for k, v in self._url.query.items() if k != "host"}
            url = self._url.set(host="127.0.0.1", port=port, query=query)
            yield url.render_as_string(hide_password=False)
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        port = self._url.port or 5432
        if isinstance(folder := self._url.query.get("host"), str):
            there = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{port}")
        else:
            there = await asyncio.open_connection(self._url.host, port)
        for source, target in ((reader, there[1]), (there[0], writer)):
            self._tasks.append(asyncio.create_task(self._pump(source, target)))

    async def _pump(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter
    ) -> None:
        try:
            while data := await source.read(65536):
                if not self.swallows:
                    target.write(data)
        finally:
            target.close()


async def test_a_network_that_swallows_everything_is_503(settings: Settings) -> None:
    tunnel = Tunnel(make_url(settings.database_url))
    async with tunnel.open() as url:
        limits = {"database_statement_timeout": 0.2, "database_pool_timeout": 1.0}
        app = create_app(settings.model_copy(update={"database_url": url, **limits}))
        async with (
            app.router.lifespan_context(app),
            AsyncClient(transport=ASGITransport(app), base_url="http://test") as client,
        ):
            assert (await client.get(PRODUCTS)).status_code == 200
            tunnel.swallows = True
            async with asyncio.timeout(20):
                response = await client.get(PRODUCTS)
    assert response.status_code == 503
    assert response.headers["content-type"] == PROBLEM


async def test_a_lost_connection_is_an_operational_error(resources: Resources) -> None:
    statement = "SELECT pg_terminate_backend(pg_backend_pid())"
    with pytest.raises(OperationalError):
        async with resources.database.unit_of_work() as uow:
            await uow.session.execute(text(statement))
    with pytest.raises(DBAPIError) as failure:
        async with resources.database.unit_of_work() as uow:
            await uow.session.execute(text("SELECT 1/0"))
    assert not isinstance(failure.value, OperationalError)
    await resources.database.ping()


async def test_a_migration_of_a_table_in_use_is_no_bug(
    client: AsyncClient, settings: Settings
) -> None:
    url = make_url(settings.database_url)
    assert (await client.get(PRODUCTS)).status_code == 200
    await execute(url, "ALTER TABLE products ALTER name TYPE varchar(120)")
    try:
        # Its connections have prepared the statement for the table as it was.
        outdated = await client.get(PRODUCTS)
        assert outdated.status_code == 503
        assert outdated.headers["retry-after"] == "5"
        assert (await client.get(PRODUCTS)).status_code == 200
    finally:
        await execute(url, "ALTER TABLE products ALTER name TYPE varchar(100)")


async def test_a_cancelled_statement_is_cancelled(resources: Resources) -> None:
    async def cancelled() -> None:
        async with resources.database.unit_of_work() as uow:
            # The connection is there: it is the statement that is cancelled.
            await uow.session.execute(text("SELECT 1"))
            async with asyncio.timeout(0):
                await uow.session.execute(text("SELECT pg_sleep(60)"))

    with pytest.raises(TimeoutError):
        await cancelled()
    await resources.database.ping()


async def test_the_log_of_an_error_has_no_values_of_the_row(
    client: AsyncClient, resources: Resources, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "ck_users_nobody"
    async with resources.database.engine.begin() as connection:
        check = f"ALTER TABLE users ADD CONSTRAINT {name} CHECK (false) NOT VALID"
        await connection.execute(text(check))
    response = await client.post(USERS, json=ADA)
    async with resources.database.engine.begin() as connection:
        await connection.execute(text(f"ALTER TABLE users DROP CONSTRAINT {name}"))
    assert response.status_code == 500
    printed = capsys.readouterr().out
    assert name in printed
    assert "INSERT INTO users" in printed
    for secret in ("argon2", ADA["email"]):
        assert secret not in printed


async def test_openapi_documents_problems_and_not_the_default_validation_error(
    client: AsyncClient,
) -> None:
    document = (await client.get("/openapi.json")).json()
    assert (await client.get("/openapi.json")).json() == document
    assert "HTTPValidationError" not in document["components"]["schemas"]
    assert "Problem" in document["components"]["schemas"]
    for path in document["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if status == "default" or int(status) >= 400:
                    assert list(response["content"]) == [PROBLEM]
