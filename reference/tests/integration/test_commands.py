from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from redis import Redis
from sqlalchemy import text
from structlog.stdlib import ProcessorFormatter
from typer.testing import CliRunner, Result

from app import cli
from app.core.config import Settings
from app.resources import open_resources
from app.tasks import confirmation
from app.tasks.celery_app import create_celery
from tests.stub import StubServer


@pytest.fixture(autouse=True)
def restored_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("uvicorn.access").disabled = False


# region: cli-test
def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(cli.cli, arguments, env=environment)


def test_create_admin_creates_one_administrator(settings: Settings) -> None:
    arguments = ("create-admin", "Root@Example.com", "--full-name", "Root")
    created = run(*arguments, ADMIN_PASSWORD="correct horse battery")
    assert (created.exit_code, created.stdout) == (0, "Created administrator 1\n")
    again = run(*arguments, ADMIN_PASSWORD="correct horse battery")
    assert again.exit_code == 1
    assert "already registered" in again.stderr


def test_create_admin_knows_the_rules_and_hides_the_password(
    settings: Settings,
) -> None:
    refused = run("create-admin", "root@example.com", ADMIN_PASSWORD="short")
    assert refused.exit_code == 1
    assert "short" not in refused.output.replace("too_short", "")


# endregion: cli-test


async def _execute(settings: Settings, statements: tuple[str, ...]) -> None:
    async with (
        open_resources(settings) as resources,
        resources.database.unit_of_work() as uow,
    ):
        for statement in statements:
            await uow.session.execute(text(statement))


async def _fetch(settings: Settings, query: str) -> list[tuple[object, ...]]:
    async with (
        open_resources(settings) as resources,
        resources.database.unit_of_work() as uow,
    ):
        return [tuple(row) for row in await uow.session.execute(text(query))]


def execute(settings: Settings, *statements: str) -> None:
    asyncio.run(_execute(settings, statements))


def fetch(settings: Settings, query: str) -> list[tuple[object, ...]]:
    return asyncio.run(_fetch(settings, query))


@pytest.fixture
def orders(settings: Settings) -> Settings:
    """Store an old unpaid order, a young one, and an old paid one."""
    line = "INSERT INTO order_lines (order_id, product_id, quantity, unit_price)"
    order = "INSERT INTO orders (user_id, status, total, created_at, updated_at)"
    execute(
        settings,
        "INSERT INTO users (email, full_name, password_hash, version)"
        " VALUES ('a@example.com', 'A', 'x', 1)",
        "INSERT INTO products (sku, name, price, stock, version)"
        " VALUES ('PEN', 'Pen', 1, 0, 1)",
        f"{order} SELECT 1, status, 1, now() - age, now() - age FROM (VALUES"
        " ('pending', interval '1 hour'), ('pending', interval '1 minute'),"
        " ('paid', interval '1 hour')) AS t (status, age)",
        f"{line} SELECT id, 1, 3, 1 FROM orders",
        "INSERT INTO confirmations (order_id, queued_at)"
        " SELECT id, updated_at FROM orders WHERE status = 'paid'",
    )
    return settings


def test_expire_orders_returns_the_stock_of_old_unpaid_orders(
    orders: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "BATCH", 1)
    expired = run("expire-orders", "--older-than", "30")
    assert expired.exit_code == 0
    assert expired.stdout.splitlines()[-1] == "Expired 1 orders"
    stock = fetch(orders, "SELECT stock, version FROM products")
    assert stock == [(3, 2)]
    statuses = fetch(orders, "SELECT status FROM orders ORDER BY id")
    assert statuses == [("expired",), ("pending",), ("paid",)]
    assert "Expired 0" in run("expire-orders").stdout


def test_expire_orders_stops_while_the_provider_is_away(
    orders: Settings, stub: StubServer
) -> None:
    stub.statuses.extend([503] * 3)
    stopped = run("expire-orders", "--older-than", "30")
    assert stopped.stdout.splitlines()[-1] == "Expired 0 orders"
    assert "payment_unavailable" in stopped.stdout


def test_an_order_that_cannot_be_settled_holds_up_no_other(
    orders: Settings, stub: StubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "BATCH", 2)
    execute(
        orders,
        "INSERT INTO orders (user_id, status, total, created_at)"
        " SELECT 1, 'pending', 1, now() - interval '1 hour' FROM generate_series(1, 3)",
    )
    stub.statuses.append(400)
    swept = run("expire-orders", "--older-than", "30")
    assert swept.stdout.splitlines()[-1] == "Expired 3 orders"
    assert "order_not_settled" in swept.stdout


def test_a_batch_that_cannot_be_settled_holds_up_no_other(
    orders: Settings, stub: StubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "BATCH", 1)
    execute(
        orders,
        "INSERT INTO orders (user_id, status, total, created_at)"
        " VALUES (1, 'pending', 1, now() - interval '1 hour')",
    )
    stub.statuses.append(400)
    swept = run("expire-orders", "--older-than", "30")
    assert swept.stdout.splitlines()[-1] == "Expired 1 orders"


def test_resend_confirmations_queues_what_was_never_sent(orders: Settings) -> None:
    queued = run("resend-confirmations")
    assert (queued.exit_code, queued.stdout) == (0, "Queued 1 confirmations\n")
    with Redis.from_url(orders.redis_url) as redis:
        assert redis.llen("celery") == 1
    celery = create_celery(orders)
    assert celery.control.purge() == 1
    celery.close()
    execute(
        orders,
        "UPDATE confirmations SET queued_at = now() - interval '1 hour',"
        " sent_at = now()",
    )
    assert "Queued 0" in run("resend-confirmations").stdout


OWED = (
    "INSERT INTO confirmations (order_id, queued_at)"
    " VALUES (1, now() - interval '20 minutes'), (2, now())"
)


def test_an_outage_queues_each_once_in_a_while(
    orders: Settings,
) -> None:
    execute(orders, OWED)
    for count in (2, 0):
        assert f"Queued {count}" in run("resend-confirmations").stdout


def test_resend_confirmations_works_in_batches(
    orders: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirmation, "BATCH", 1)
    execute(orders, OWED)
    assert "Queued 2" in run("resend-confirmations").stdout
    with Redis.from_url(orders.redis_url) as redis:
        assert redis.llen("celery") == 2


def test_a_period_must_be_positive(settings: Settings) -> None:
    assert run("expire-orders", "--older-than", "0").exit_code == 2


def test_the_server_finds_an_application(settings: Settings) -> None:
    asgi = importlib.import_module("app.asgi")
    assert isinstance(asgi.app, FastAPI)


def test_a_worker_finds_its_application_and_logs_as_the_server_does(
    settings: Settings,
) -> None:
    worker = importlib.import_module("app.worker")
    assert worker.celery_app.conf.broker_url == settings.redis_url
    worker.log_as_the_server_does()
    (handler,) = logging.getLogger().handlers
    assert isinstance(handler.formatter, ProcessorFormatter)


def test_the_command_is_installed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["app", "--help"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
