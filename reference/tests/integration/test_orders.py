from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from redis import Redis
from sqlalchemy import event, select, text, update
from sqlalchemy.exc import IntegrityError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from app.clients.payment import PaymentClient, charge_key
from app.core.config import Settings
from app.core.errors import PaymentDeclinedError
from app.models import Confirmation, Order, OrderLine, OrderStatus
from app.repositories.order import OrderRepository
from app.resources import Resources
from app.services.order import OrderService, Sweep, expire_unpaid
from app.tasks.celery_app import create_celery
from tests.integration.conftest import MakeProduct, MakeUser
from tests.stub import StubServer

URL = "/api/v1/orders"
TOKEN = {"payment_token": "tok_visa"}


@pytest.fixture
async def order(
    client: AsyncClient, customer: dict[str, str], make_product: MakeProduct
) -> dict[str, Any]:
    product = await make_product(price="2.50", stock=5)
    body = {"lines": [{"product_id": product["id"], "quantity": 2}]}
    response = await client.post(URL, json=body, headers=customer)
    assert response.status_code == 201, response.text
    placed: dict[str, Any] = response.json()
    return placed


def queued(settings: Settings) -> int:
    with Redis.from_url(settings.redis_url) as redis:
        length: int = redis.llen("celery")
        return length


async def test_a_sweep_reads_the_pending_orders_alone(resources: Resources) -> None:
    statements: list[tuple[str, tuple[object, ...]]] = []

    def record(*arguments: Any) -> None:
        statements.append(arguments[2:4])

    async with resources.database.engine.connect() as connection:
        await connection.execute(text("SET LOCAL enable_seqscan = off"))
        event.listen(connection.sync_connection, "before_cursor_execute", record)
        orders = OrderRepository(AsyncSession(connection))
        await orders.lock_unpaid(older_than=timedelta(minutes=30), after=0, limit=100)
        statement, parameters = statements[0]
        plan = await connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
        assert "ix_orders_pending" in "\n".join(plan.scalars())


async def test_an_order_takes_stock_at_the_price_of_the_moment(
    client: AsyncClient,
    customer: dict[str, str],
    admin: dict[str, str],
    make_product: MakeProduct,
) -> None:
    pen = await make_product(price="0.10", stock=5)
    ink = await make_product(price="19.99", stock=1)
    lines = [
        {"product_id": ink["id"], "quantity": 1},
        {"product_id": pen["id"], "quantity": 1},
        {"product_id": pen["id"], "quantity": 2},
    ]
    response = await client.post(URL, json={"lines": lines}, headers=customer)
    assert response.status_code == 201
    placed = response.json()
    assert (placed["total"], placed["status"]) == ("20.29", "pending")
    assert placed["lines"] == [
        {"product_id": pen["id"], "quantity": 3, "unit_price": "0.10"},
        {"product_id": ink["id"], "quantity": 1, "unit_price": "19.99"},
    ]
    url = f"/api/v1/products/{pen['id']}"
    left = (await client.get(url)).json()
    assert (left["stock"], left["version"]) == (2, 2)
    await client.patch(url, json={"price": "9.00"}, headers=admin)
    found = await client.get(response.headers["location"], headers=customer)
    assert found.json() == placed


async def test_behind_a_proxy_the_place_of_an_order_has_its_prefix(
    client_of_a_proxy: AsyncClient, customer: dict[str, str], make_product: MakeProduct
) -> None:
    product = await make_product(stock=1)
    body = {"lines": [{"product_id": product["id"], "quantity": 1}]}
    placed = await client_of_a_proxy.post(URL, json=body, headers=customer)
    assert placed.headers["location"] == f"/shop{URL}/{placed.json()['id']}"


async def test_an_order_takes_all_its_lines_or_none(
    client: AsyncClient, customer: dict[str, str], make_product: MakeProduct
) -> None:
    plenty, scarce = await make_product(stock=5), await make_product(stock=1)
    lines = [
        {"product_id": plenty["id"], "quantity": 1},
        {"product_id": scarce["id"], "quantity": 2},
    ]
    response = await client.post(URL, json={"lines": lines}, headers=customer)
    assert response.status_code == 409
    assert response.json()["type"] == "urn:problem:out-of-stock"
    left = await client.get(f"/api/v1/products/{plenty['id']}")
    assert left.json()["stock"] == 5
    assert (await client.get(URL, headers=customer)).json()["items"] == []


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([{"product_id": 4711, "quantity": 1}], 409),
        ([], 422),
        ([{"product_id": 1, "quantity": 0}], 422),
        ([{"product_id": "1", "quantity": 1}], 422),
        ([{"product_id": 1, "quantity": 1}] * 21, 422),
    ],
)
async def test_an_impossible_order_is_refused(
    client: AsyncClient,
    customer: dict[str, str],
    lines: list[dict[str, Any]],
    status: int,
) -> None:
    response = await client.post(URL, json={"lines": lines}, headers=customer)
    assert response.status_code == status


async def test_a_payment_is_charged_once_and_confirmed_once(
    client: AsyncClient,
    customer: dict[str, str],
    order: dict[str, Any],
    stub: StubServer,
    settings: Settings,
) -> None:
    url = f"{URL}/{order['id']}/payment"
    paid = await client.post(url, json=TOKEN, headers=customer)
    assert (paid.status_code, paid.json()["status"]) == (200, "paid")
    again = await client.post(url, json=TOKEN, headers=customer)
    assert again.json() == paid.json()
    assert stub.to("/charges") == [
        {"amount": "5.00", "currency": "EUR", "token": "tok_visa"}
    ]
    sent = {name.lower(): value for name, value in stub.requests[0][1].items()}
    assert sent["idempotency-key"] == f"order-{order['id']}-0"
    assert sent["authorization"] == "Bearer key"
    assert sent["traceparent"].startswith("00-")
    assert queued(settings) == 1


async def test_a_worker_hears_of_a_payment_after_the_commit(
    client: AsyncClient,
    order: dict[str, Any],
    app: FastAPI,
    resources: Resources,
    settings: Settings,
) -> None:
    user_id = (await stored_order(resources, order["id"])).user_id
    async with resources.database.unit_of_work() as uow:
        service = OrderService(
            uow,
            cache=resources.product_cache,
            payments=resources.payments,
            telemetry=app.state.telemetry,
            tasks=resources.tasks,
        )
        await service.pay(order["id"], user_id=user_id, payment_token="tok_visa")
        # Told now, it would find an order that is not paid yet.
        assert queued(settings) == 0
    assert queued(settings) == 1


async def stored_order(resources: Resources, order_id: int) -> Order:
    async with resources.database.unit_of_work() as uow:
        return await uow.session.get_one(Order, order_id)


async def test_a_declined_payment_leaves_the_order_to_be_paid(
    client: AsyncClient,
    customer: dict[str, str],
    order: dict[str, Any],
    stub: StubServer,
    settings: Settings,
) -> None:
    stub.statuses.append(402)
    url = f"{URL}/{order['id']}/payment"
    declined = await client.post(url, json=TOKEN, headers=customer)
    assert declined.status_code == 402
    assert declined.json()["type"] == "urn:problem:payment-declined"
    found = await client.get(f"{URL}/{order['id']}", headers=customer)
    assert found.json()["status"] == "pending"
    assert queued(settings) == 0


async def test_after_a_refusal_another_card_can_pay(
    client: AsyncClient,
    customer: dict[str, str],
    order: dict[str, Any],
    stub: StubServer,
) -> None:
    stub.statuses.extend([402, 402])
    url = f"{URL}/{order['id']}/payment"
    for token, status in (("tok_visa", 402), ("tok_visa", 402), ("tok_other", 200)):
        payment = {"payment_token": token}
        response = await client.post(url, json=payment, headers=customer)
        assert response.status_code == status
    assert len(stub.charges) == 3


async def test_after_a_lost_answer_another_card_is_not_charged(
    client: AsyncClient,
    customer: dict[str, str],
    order: dict[str, Any],
    stub: StubServer,
) -> None:
    accepted = {"amount": "5.00", "currency": "EUR", "token": "tok_visa"}
    stub.charges[f"order-{order['id']}-0"] = (accepted, 200)
    url = f"{URL}/{order['id']}/payment"
    other = {"payment_token": "tok_other"}
    refused = await client.post(url, json=other, headers=customer)
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:problem:payment-unsettled"
    assert (await client.post(url, json=TOKEN, headers=customer)).status_code == 200
    assert len(stub.charges) == 1


async def test_an_outage_of_the_provider_is_503_and_opens_the_breaker(
    client: AsyncClient,
    customer: dict[str, str],
    order: dict[str, Any],
    stub: StubServer,
) -> None:
    stub.statuses.extend([503] * 5)
    url = f"{URL}/{order['id']}/payment"
    for attempts in (3, 5, 5):
        response = await client.post(url, json=TOKEN, headers=customer)
        assert response.status_code == 503
        assert int(response.headers["retry-after"]) >= 1
        assert len(stub.requests) == attempts


async def test_a_broker_outage_loses_no_payment(
    client: AsyncClient,
    customer: dict[str, str],
    order: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    resources: Resources,
) -> None:
    away = settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
    monkeypatch.setattr(resources.tasks, "_celery", create_celery(away))
    url = f"{URL}/{order['id']}/payment"
    with capture_logs() as logs:
        paid = await client.post(url, json=TOKEN, headers=customer)
    assert "confirmation_not_queued" in [line["event"] for line in logs]
    assert queued(settings) == 0
    assert (paid.status_code, paid.json()["status"]) == (200, "paid")


async def test_a_hung_broker_keeps_nobody(
    client: AsyncClient,
    customer: dict[str, str],
    order: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    resources: Resources,
) -> None:
    monkeypatch.setattr("app.tasks.celery_app.BROKER_TIMEOUT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        hung = settings.model_copy(update={"redis_url": f"redis://127.0.0.1:{port}"})
        monkeypatch.setattr(resources.tasks, "_celery", create_celery(hung))
        url = f"{URL}/{order['id']}/payment"
        async with asyncio.timeout(20):
            paid = await client.post(url, json=TOKEN, headers=customer)
    assert (paid.status_code, paid.json()["status"]) == (200, "paid")


async def test_an_expired_order_cannot_be_paid(
    client: AsyncClient,
    customer: dict[str, str],
    order: dict[str, Any],
    resources: Resources,
    stub: StubServer,
) -> None:
    async with resources.database.unit_of_work() as uow:
        await uow.session.execute(update(Order).values(status=OrderStatus.EXPIRED))
    url = f"{URL}/{order['id']}/payment"
    response = await client.post(url, json=TOKEN, headers=customer)
    assert response.status_code == 409
    assert stub.requests == []


async def expire(resources: Resources, payments: PaymentClient | None = None) -> Sweep:
    async with resources.database.unit_of_work() as uow:
        return await expire_unpaid(
            uow,
            resources.product_cache,
            payments or resources.payments,
            older_than=-timedelta(hours=1),
            after=0,
            limit=5,
        )


async def test_an_order_that_was_charged_does_not_expire(
    client: AsyncClient,
    customer: dict[str, str],
    order: dict[str, Any],
    resources: Resources,
    stub: StubServer,
) -> None:
    # The provider has answered, and nobody has heard it.
    stub.charges[charge_key(order["id"], 0)] = (None, 200)
    assert await expire(resources) == (1, 0, order["id"])
    shown = await client.get(f"{URL}/{order['id']}", headers=customer)
    assert shown.json()["status"] == "paid"
    async with resources.database.unit_of_work() as uow:
        owed = await uow.session.get_one(Confirmation, order["id"])
    assert owed.sent_at is None
    product_id = order["lines"][0]["product_id"]
    product = (await client.get(f"/api/v1/products/{product_id}")).json()
    assert product["stock"] == 3


async def test_a_charge_on_its_way_is_refused_when_its_order_has_expired(
    order: dict[str, Any], resources: Resources, stub: StubServer
) -> None:
    assert await expire(resources) == (1, 1, order["id"])
    # Its client has given up, its order has expired, and now the provider sees it.
    with pytest.raises(PaymentDeclinedError):
        await resources.payments.charge(
            order["id"], Decimal("5.00"), "tok_visa", declined=0
        )
    assert stub.charges == {}


async def test_an_order_can_be_paid_although_its_charge_was_cancelled(
    client: AsyncClient,
    customer: dict[str, str],
    order: dict[str, Any],
    resources: Resources,
) -> None:
    # The commit of its expiry has failed after that.
    await resources.payments.cancel(order["id"], declined=0)
    url = f"{URL}/{order['id']}/payment"
    for status in (402, 200):
        paid = await client.post(url, json=TOKEN, headers=customer)
        assert paid.status_code == status


async def test_a_free_order_is_paid_without_a_charge(
    client: AsyncClient,
    customer: dict[str, str],
    make_product: MakeProduct,
    stub: StubServer,
    settings: Settings,
) -> None:
    product = await make_product(price="0.00", stock=1)
    body = {"lines": [{"product_id": product["id"], "quantity": 1}]}
    placed = (await client.post(URL, json=body, headers=customer)).json()
    url = f"{URL}/{placed['id']}/payment"
    paid = await client.post(url, json=TOKEN, headers=customer)
    assert (paid.status_code, paid.json()["status"]) == (200, "paid")
    assert stub.requests == []
    assert queued(settings) == 1


async def test_nothing_expires_while_the_provider_is_away(
    client: AsyncClient,
    customer: dict[str, str],
    order: dict[str, Any],
    resources: Resources,
    stub: StubServer,
) -> None:
    stub.statuses.extend([503] * 3)
    assert await expire(resources) == (0, 0, order["id"])
    shown = await client.get(f"{URL}/{order['id']}", headers=customer)
    assert shown.json()["status"] == "pending"


async def test_a_sweep_asks_about_all_its_orders_at_once(
    client: AsyncClient,
    customer: dict[str, str],
    order: dict[str, Any],
    resources: Resources,
    stub: StubServer,
    settings: Settings,
) -> None:
    line = {"product_id": order["lines"][0]["product_id"], "quantity": 1}
    await client.post(URL, json={"lines": [line]}, headers=customer)
    patient = settings.model_copy(update={"payment_timeout": 30.0})
    stub.gate.clear()
    async with httpx.AsyncClient(base_url=stub.url, timeout=30.0) as http:
        swept = asyncio.create_task(expire(resources, PaymentClient(http, patient)))
        for _ in range(2):
            assert await asyncio.to_thread(stub.arrived.acquire, timeout=10)
        stub.gate.set()
        assert (await swept).expired == 2


async def test_orders_of_others_do_not_exist(
    client: AsyncClient, order: dict[str, Any], make_user: MakeUser
) -> None:
    headers = {"Authorization": f"Bearer {await make_user('other@example.com')}"}
    url = f"{URL}/{order['id']}"
    assert (await client.get(url, headers=headers)).status_code == 404
    response = await client.post(f"{url}/payment", json=TOKEN, headers=headers)
    assert response.status_code == 404
    assert (await client.get(URL, headers=headers)).json()["items"] == []


@pytest.mark.parametrize("change", [{"status": "payed"}, {"total": "-0.01"}])
async def test_no_script_writes_what_the_service_cannot_read(
    order: dict[str, Any], resources: Resources, change: dict[str, str]
) -> None:
    [(column, value)] = change.items()
    statement = text(f"UPDATE orders SET {column} = '{value}'")
    with pytest.raises(IntegrityError, match=f"ck_orders_{column}"):
        async with resources.database.unit_of_work() as uow:
            await uow.session.execute(statement)


async def test_a_relationship_has_two_sides_and_loads_by_neither(
    resources: Resources, order: dict[str, Any]
) -> None:
    line = OrderLine(product_id=1, quantity=1, unit_price=Decimal(1))
    owner = Order(user_id=1, total=Decimal(1), lines=[line])
    assert line.order is owner
    async with resources.database.unit_of_work() as uow:
        stored = await uow.session.scalar(select(OrderLine))
        assert stored is not None
        with pytest.raises(InvalidRequestError, match="lazy='raise'"):
            _ = stored.order


# region: query-count
@contextmanager
def counted_queries(resources: Resources) -> Iterator[list[str]]:
    """Record the statements that reach PostgreSQL."""
    statements: list[str] = []

    def record(*arguments: Any) -> None:
        statements.append(arguments[2])

    engine = resources.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", record)
    yield statements
    event.remove(engine, "before_cursor_execute", record)


async def test_a_page_costs_the_same_queries_however_long_it_is(
    client: AsyncClient,
    customer: dict[str, str],
    make_product: MakeProduct,
    resources: Resources,
) -> None:
    product = await make_product(stock=100)
    body = {"lines": [{"product_id": product["id"], "quantity": 1}]}
    counts = []
    for orders in (1, 10):
        for _ in range(orders):
            await client.post(URL, json=body, headers=customer)
        with counted_queries(resources) as statements:
            page = await client.get(URL, headers=customer)
        counts.append((len(page.json()["items"]), len(statements)))
    assert counts == [(1, 3), (11, 3)]


# endregion: query-count


async def test_the_dearest_order_has_the_documented_total(
    client: AsyncClient, customer: dict[str, str], make_product: MakeProduct
) -> None:
    dear = [await make_product(price="9999999999.99", stock=1000) for _ in range(20)]
    lines = [{"product_id": product["id"], "quantity": 1000} for product in dear]
    order = await client.post(URL, json={"lines": lines}, headers=customer)
    assert order.status_code == 201
    assert order.json()["total"] == "199999999999800.00"
    schemas = (await client.get("/openapi.json")).json()["components"]["schemas"]
    pattern = schemas["OrderRead"]["properties"]["total"]["pattern"]
    assert re.search(pattern, order.json()["total"])
