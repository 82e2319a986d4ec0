from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from redis import Redis
from sqlalchemy import text
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send
from structlog.testing import capture_logs

from app.api.v1.routes import users
from app.core.config import Settings
from app.core.idempotency import Claim, StoredResponse
from app.core.security import TokenIssuer
from app.main import create_app
from app.resources import Resources
from tests.integration.conftest import (
    PASSWORD,
    BreakCommit,
    MakeProduct,
    eventually,
    waiting_for_lock,
)

URL = "/api/v1/orders"
KEY = {"Idempotency-Key": '"key-1"'}


@pytest.fixture
async def body(make_product: MakeProduct) -> dict[str, Any]:
    product = await make_product(stock=100)
    return {"lines": [{"product_id": product["id"], "quantity": 1}]}


async def order_count(client: AsyncClient, headers: dict[str, str]) -> int:
    return len((await client.get(URL, headers=headers)).json()["items"])


# region: replay-test
async def test_a_repeated_request_gets_the_first_response(
    client: AsyncClient, customer: dict[str, str], body: dict[str, Any]
) -> None:
    first = await client.post(URL, json=body, headers=customer | KEY)
    again = await client.post(URL, json=body, headers=customer | KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    assert again.headers["x-request-id"] != first.headers["x-request-id"]
    assert await order_count(client, customer) == 1


# endregion: replay-test


async def test_a_key_survives_a_new_token_and_the_quotes_do_not_matter(
    client: AsyncClient,
    customer: dict[str, str],
    body: dict[str, Any],
    resources: Resources,
) -> None:
    await client.post(URL, json=body, headers=customer | KEY)
    user_id = resources.tokens.verify(customer["Authorization"].split()[1])
    later = resources.settings.model_copy(
        update={"jwt_lifetime": resources.tokens.lifetime * 2}
    )
    token = TokenIssuer(later).issue(user_id)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "key-1"}
    assert headers["Authorization"] != customer["Authorization"]
    again = await client.post(URL, json=body, headers=headers)
    assert again.headers["idempotent-replayed"] == "true"


@pytest.mark.parametrize("scheme", ["Bearer  ", "bearer "])
async def test_a_token_that_the_route_accepts_has_its_key(
    client: AsyncClient, customer: dict[str, str], body: dict[str, Any], scheme: str
) -> None:
    token = customer["Authorization"].split()[1]
    headers = {"Authorization": scheme + token} | KEY
    for replayed in (None, "true"):
        response = await client.post(URL, json=body, headers=headers)
        assert response.status_code == 201
        assert response.headers.get("idempotent-replayed") == replayed


async def test_a_key_belongs_to_one_user_and_one_operation(
    client: AsyncClient,
    customer: dict[str, str],
    admin: dict[str, str],
    body: dict[str, Any],
) -> None:
    await client.post(URL, json=body, headers=customer | KEY)
    response = await client.post(URL, json=body, headers=admin | KEY)
    assert response.status_code == 201
    assert "idempotent-replayed" not in response.headers


async def test_a_key_may_serve_again_for_another_operation(
    client: AsyncClient, customer: dict[str, str], body: dict[str, Any]
) -> None:
    placed = await client.post(URL, json=body, headers=customer | KEY)
    paid = await client.post(
        f"{URL}/{placed.json()['id']}/payment",
        json={"payment_token": "tok_visa"},
        headers=customer | KEY,
    )
    assert (paid.status_code, paid.json().get("status")) == (200, "paid")


async def test_a_key_for_another_request_is_422(
    client: AsyncClient, customer: dict[str, str], body: dict[str, Any]
) -> None:
    await client.post(URL, json=body, headers=customer | KEY)
    other = {"lines": [body["lines"][0] | {"quantity": 2}]}
    for response in (
        await client.post(URL, json=other, headers=customer | KEY),
        await client.post(f"{URL}?x=1", json=body, headers=customer | KEY),
    ):
        assert response.status_code == 422
        assert response.json()["type"] == "urn:problem:idempotency-key-reused"
    assert await order_count(client, customer) == 1


@asynccontextmanager
async def table_locked(resources: Resources) -> AsyncIterator[None]:
    """Keep every request that writes an order waiting."""
    async with resources.database.engine.begin() as connection:
        await connection.execute(text("LOCK TABLE products IN EXCLUSIVE MODE"))
        yield


async def test_while_the_first_request_runs_the_second_is_409(
    client: AsyncClient,
    customer: dict[str, str],
    body: dict[str, Any],
    resources: Resources,
) -> None:
    async with table_locked(resources):
        first = asyncio.create_task(client.post(URL, json=body, headers=customer | KEY))
        await waiting_for_lock(resources)
        second = await client.post(URL, json=body, headers=customer | KEY)
    assert second.status_code == 409
    assert second.headers["retry-after"] == "1"
    assert second.json()["type"] == "urn:problem:request-in-flight"
    assert (await first).status_code == 201


async def test_a_request_slower_than_its_lock_keeps_the_key(
    customer: dict[str, str],
    body: dict[str, Any],
    resources: Resources,
    settings: Settings,
) -> None:
    short = settings.model_copy(update={"idempotency_lock": timedelta(seconds=2)})
    app = create_app(short)
    transport = ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=transport, base_url="http://test") as client,
    ):
        async with table_locked(resources):
            first = asyncio.create_task(
                client.post(URL, json=body, headers=customer | KEY)
            )
            await waiting_for_lock(resources)
            (name,) = await resources.redis.keys("idempotency:*")
            left = await resources.redis.pttl(name)

            async def renewed() -> bool:
                now = await resources.redis.pttl(name)
                assert now > 0
                return bool(now > left)

            await eventually(renewed)
        assert (await first).status_code == 201


async def test_a_failed_commit_frees_the_key(
    client: AsyncClient,
    customer: dict[str, str],
    body: dict[str, Any],
    broken_commit: BreakCommit,
) -> None:
    async with broken_commit("orders"):
        failed = await client.post(URL, json=body, headers=customer | KEY)
    assert failed.status_code == 500
    assert await order_count(client, customer) == 0
    again = await client.post(URL, json=body, headers=customer | KEY)
    assert again.status_code == 201
    assert await order_count(client, customer) == 1


async def test_what_may_change_is_not_stored_and_other_errors_are(
    client: AsyncClient, customer: dict[str, str]
) -> None:
    unknown = {"lines": [{"product_id": 4711, "quantity": 1}]}
    for replayed in (None, None):
        response = await client.post(URL, json=unknown, headers=customer | KEY)
        assert response.status_code == 409
        assert response.headers.get("idempotent-replayed") == replayed
    key = {"Idempotency-Key": "key-2"}
    for replayed in (None, "true"):
        response = await client.post(URL, json={}, headers=customer | key)
        assert response.status_code == 422
        assert response.headers["content-type"] == "application/problem+json"
        assert response.headers.get("idempotent-replayed") == replayed


@pytest.mark.parametrize("key", ["", '""', '"', "x" * 256, "a b", "\u00e9"])
async def test_a_malformed_key_is_400(
    client: AsyncClient, customer: dict[str, str], key: str
) -> None:
    headers = httpx.Headers(customer | {"Idempotency-Key": key}, encoding="latin-1")
    response = await client.post(URL, json={}, headers=headers)
    assert response.status_code == 400, response.text
    assert response.json()["type"] == "urn:problem:invalid-idempotency-key"


async def test_without_a_token_the_route_answers(
    client: AsyncClient, body: dict[str, Any]
) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic x"}):
        response = await client.post(URL, json=body, headers=headers | KEY)
        assert response.status_code == 401


async def test_too_long_a_body_is_a_problem_with_and_without_a_key(
    client: AsyncClient, customer: dict[str, str]
) -> None:
    headers = customer | {"Content-Type": "application/json"}

    async def unannounced() -> AsyncIterator[bytes]:
        for _ in range(7):
            yield b"x" * 10_000

    for extra in ({}, KEY):
        for content in (b"x" * 70_000, unannounced()):
            response = await client.post(URL, content=content, headers=headers | extra)
            assert response.status_code == 413
            assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("length", ["9" * 5000, "ten"])
async def test_a_length_that_is_no_number_is_refused(
    client: AsyncClient, length: str
) -> None:
    response = await client.post(URL, headers={"Content-Length": length})
    assert response.status_code == 413


async def test_a_query_that_is_no_text_is_no_bug(
    app: FastAPI, customer: dict[str, str]
) -> None:
    async def unquoted(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "query_string": b"\xff"}, receive, send)

    transport = httpx.ASGITransport(app=unquoted, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        body = {"lines": [{"product_id": 4711, "quantity": 1}]}
        response = await client.post(URL, json=body, headers=customer | KEY)
    assert response.status_code == 409


async def test_a_client_that_goes_away_is_no_bug_with_and_without_a_key(
    app: FastAPI, customer: dict[str, str]
) -> None:
    async def cut_off(scope: Scope, _: Receive, send: Send) -> None:
        parts = iter([{"type": "http.request", "body": b"{", "more_body": True}])

        async def receive() -> Message:
            return next(parts, {"type": "http.disconnect"})

        await app(scope, receive, send)

    transport = httpx.ASGITransport(app=cut_off)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        for extra in ({}, KEY):
            with capture_logs() as logs:
                response = await client.post(URL, json={}, headers=customer | extra)
            assert [line["event"] for line in logs] == ["request"]
            assert response.status_code == 400


async def test_without_redis_a_key_cannot_be_honoured(
    app_without_redis: FastAPI,
    client_without_redis: AsyncClient,
) -> None:
    resources: Resources = app_without_redis.state.resources
    headers = {"Authorization": f"Bearer {resources.tokens.issue(1)}"}
    response = await client_without_redis.post(URL, json={}, headers=headers | KEY)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    store = resources.idempotency
    await store.finish(Claim("key", "print"), StoredResponse(200, [], b""))
    await store.release(Claim("key", "print"))


async def test_an_owner_who_was_too_slow_changes_nothing(resources: Resources) -> None:
    store = resources.idempotency
    slow = await store.begin("key", "print")
    assert isinstance(slow, Claim)
    await resources.redis.delete("key")
    quick = await store.begin("key", "print")
    assert isinstance(quick, Claim)
    await store.release(slow)
    await store.finish(slow, StoredResponse(200, [], b"slow"))
    await store.finish(quick, StoredResponse(201, [], b"quick"))
    found = await store.begin("key", "print")
    assert found == StoredResponse(201, [], b"quick")


async def test_a_response_waits_for_no_background_task_and_survives_it(
    app: FastAPI, customer: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = asyncio.Event()

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        async def tell(message: Message) -> None:
            await send(message)
            answered.set()

        await app(scope, receive, tell)

    async def fail_afterwards(*_: object) -> None:
        async with asyncio.timeout(5):
            await answered.wait()
        raise KeyError

    monkeypatch.setattr(users, "welcome", fail_afterwards)
    transport = httpx.ASGITransport(app=watched, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        user = {"email": "a@example.com", "full_name": "A", "password": PASSWORD}
        first = await client.post("/api/v1/users", json=user, headers=customer | KEY)
        again = await client.post("/api/v1/users", json=user, headers=customer | KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["idempotent-replayed"] == "true"


async def test_a_response_in_parts_is_kept_whole_or_not_at_all(
    app: FastAPI, client: AsyncClient, customer: dict[str, str]
) -> None:
    breaks = iter([True, False])

    async def parts() -> AsyncIterator[bytes]:
        yield b"one "
        if next(breaks):
            raise KeyError
        yield b"two"

    @app.post("/parts")
    async def stream() -> StreamingResponse:
        return StreamingResponse(parts())

    broken = await client.post("/parts", headers=customer | KEY)
    assert broken.status_code == 500
    assert broken.headers["content-type"] == "application/problem+json"
    for replayed in (False, True):
        whole = await client.post("/parts", headers=customer | KEY)
        assert (whole.status_code, whole.text) == (200, "one two")
        assert ("idempotent-replayed" in whole.headers) is replayed


async def test_a_token_is_neither_stored_nor_replayed(
    client: AsyncClient, customer: dict[str, str], settings: Settings
) -> None:
    credentials = {"email": "customer@example.com", "password": PASSWORD}
    url = "/api/v1/auth/token"
    for _ in range(2):
        response = await client.post(url, json=credentials, headers=customer | KEY)
        assert response.status_code == 200
        assert "idempotent-replayed" not in response.headers
        assert response.headers["cache-control"] == "no-store"
    with Redis.from_url(settings.redis_url) as redis:
        assert redis.keys("idempotency:*") == []
