from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import text
from structlog.testing import capture_logs

from app.core.cache import ModelCache
from app.core.errors import ConflictError
from app.resources import Resources
from app.schemas.product import ProductRead, ProductUpdate
from app.services.order import expire_unpaid
from app.services.product import ProductService
from tests.integration.conftest import BreakCommit, MakeProduct
from tests.integration.test_orders import counted_queries

URL = "/api/v1/products"
HOUR = timedelta(hours=1)


async def cached(resources: Resources, product_id: int) -> bool:
    return bool(await resources.redis.exists(f"product:{{{product_id}}}"))


async def test_the_second_reader_asks_no_database(
    client: AsyncClient, make_product: MakeProduct, resources: Resources
) -> None:
    product = await make_product()
    url = f"{URL}/{product['id']}"
    first = await client.get(url)
    with counted_queries(resources) as statements:
        second = await client.get(url)
    assert statements == []
    assert second.json() == first.json() == product
    ttl = await resources.redis.pttl(f"product:{{{product['id']}}}")
    assert 0.85 * 300_000 < ttl <= 300_000


# region: invalidation-test
async def test_an_entry_is_dropped_after_the_commit_and_not_before(
    resources: Resources, make_product: MakeProduct, client: AsyncClient
) -> None:
    product_id = (await make_product())["id"]
    await client.get(f"{URL}/{product_id}")
    async with resources.database.unit_of_work() as uow:
        products = ProductService(uow, resources.product_cache)
        changes = ProductUpdate.model_validate({"name": "Pencil"})
        await products.update(product_id, changes, expected=None)
        # Dropped now, it would be filled again with the old row until the commit.
        assert await cached(resources, product_id)
    assert not await cached(resources, product_id)
    assert (await client.get(f"{URL}/{product_id}")).json()["name"] == "Pencil"


# endregion: invalidation-test


async def test_a_rollback_drops_nothing(
    resources: Resources, make_product: MakeProduct, client: AsyncClient
) -> None:
    product_id = (await make_product())["id"]
    await client.get(f"{URL}/{product_id}")
    detail = "changed our mind"
    with suppress(ConflictError):
        async with resources.database.unit_of_work() as uow:
            products = ProductService(uow, resources.product_cache)
            changes = ProductUpdate.model_validate({"name": "Pencil"})
            await products.update(product_id, changes, expected=None)
            raise ConflictError(detail)
    assert await cached(resources, product_id)
    assert (await client.get(f"{URL}/{product_id}")).json()["name"] == "Pen"


async def test_a_failed_commit_drops_nothing(
    resources: Resources,
    make_product: MakeProduct,
    client: AsyncClient,
    customer: dict[str, str],
    broken_commit: BreakCommit,
) -> None:
    product_id = (await make_product(stock=1))["id"]
    await client.get(f"{URL}/{product_id}")
    body = {"lines": [{"product_id": product_id, "quantity": 1}]}
    async with broken_commit("orders"):
        await client.post("/api/v1/orders", json=body, headers=customer)
    assert await cached(resources, product_id)


async def test_orders_and_deletions_drop_the_entry(
    client: AsyncClient,
    admin: dict[str, str],
    customer: dict[str, str],
    make_product: MakeProduct,
) -> None:
    url = f"{URL}/{(await make_product())['id']}"
    await client.get(url)
    await client.delete(url, headers=admin)
    assert (await client.get(url)).status_code == 404
    product_id = (await make_product(stock=3))["id"]
    await client.get(f"{URL}/{product_id}")
    body = {"lines": [{"product_id": product_id, "quantity": 1}]}
    await client.post("/api/v1/orders", json=body, headers=customer)
    assert (await client.get(f"{URL}/{product_id}")).json()["stock"] == 2


async def test_a_value_read_before_a_change_is_not_stored_after_it(
    client: AsyncClient,
    admin: dict[str, str],
    make_product: MakeProduct,
    resources: Resources,
) -> None:
    product = await make_product()
    url = f"{URL}/{product['id']}"

    async def read_then_be_overtaken() -> ProductRead:
        old = ProductRead.model_validate(product)
        await client.patch(url, json={"name": "Pencil"}, headers=admin)
        return old

    found = await resources.product_cache.get_or_load(
        product["id"], read_then_be_overtaken
    )
    assert found.name == "Pen"
    assert (await client.get(url)).json()["name"] == "Pencil"


async def test_an_entry_of_another_release_is_a_miss(
    client: AsyncClient, make_product: MakeProduct, resources: Resources
) -> None:
    product = await make_product()
    url, key = f"{URL}/{product['id']}", f"product:{{{product['id']}}}"
    await resources.redis.set(key, '{"id": 1, "title": "Pen"}')
    for _ in range(2):
        found = await client.get(url)
        assert (found.status_code, found.json()) == (200, product)
    with counted_queries(resources) as statements:
        assert (await client.get(url)).json() == product
    assert statements == []


async def test_without_redis_reads_and_writes_go_on(
    client_without_redis: AsyncClient,
    make_product: MakeProduct,
    admin: dict[str, str],
) -> None:
    url = f"{URL}/{(await make_product())['id']}"
    assert (await client_without_redis.get(url)).status_code == 200
    changed = await client_without_redis.patch(
        url, json={"name": "Pencil"}, headers=admin
    )
    assert changed.status_code == 200


async def test_many_entries_wait_for_a_missing_redis_once(
    app_without_redis: FastAPI,
    client_without_redis: AsyncClient,
    make_product: MakeProduct,
    customer: dict[str, str],
) -> None:
    ids = [(await make_product(stock=1))["id"] for _ in range(5)]
    lines = [{"product_id": product_id, "quantity": 1} for product_id in ids]
    with capture_logs() as logs:
        order = {"lines": lines}
        url = "/api/v1/orders"
        placed = await client_without_redis.post(url, json=order, headers=customer)
        assert placed.status_code == 201
        resources: Resources = app_without_redis.state.resources
        async with resources.database.unit_of_work() as uow:
            cache, payments = resources.product_cache, resources.payments
            sweep = await expire_unpaid(
                uow, cache, payments, older_than=-HOUR, after=0, limit=5
            )
            assert sweep.expired == 1
    events = [line["event"] for line in logs]
    assert events.count("cache_not_invalidated") == 2


async def test_redis_may_go_away_between_read_and_fill(
    resources: Resources,
    make_product: MakeProduct,
) -> None:
    product = ProductRead.model_validate(await make_product())
    key = f"product:{{{product.id}}}"

    async def load() -> ProductRead:
        # A set under the key of the lease makes GET fail, as any refusal would.
        await resources.redis.delete(f"{key}:lease")
        await resources.redis.sadd(f"{key}:lease", "x")
        return product

    assert await resources.product_cache.get_or_load(product.id, load) == product
    assert not await cached(resources, product.id)


async def test_an_action_that_fails_keeps_nobody_from_anything(
    client: AsyncClient,
    customer: dict[str, str],
    make_product: MakeProduct,
    resources: Resources,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    product_id = (await make_product(stock=3))["id"]
    seen: list[str] = []

    async def note(word: str) -> None:
        seen.append(word)

    async def broken(*_: object) -> None:
        raise KeyError

    with capture_logs() as logs:
        async with resources.database.unit_of_work() as uow:
            uow.after_commit(broken)
            uow.after_commit(partial(note, "second"))
        assert seen == ["second"]
        # A 500 for what has been stored would make the client send it again.
        monkeypatch.setattr(ModelCache, "invalidate", broken)
        body = {"lines": [{"product_id": product_id, "quantity": 1}]}
        response = await client.post("/api/v1/orders", json=body, headers=customer)
    assert response.status_code == 201
    failed = [line for line in logs if line["event"] == "after_commit_failed"]
    assert [line["exc_info"] for line in failed] == [True, True]


async def test_the_unit_of_work_runs_its_actions_in_order(
    resources: Resources,
) -> None:
    seen: list[str] = []

    async def note(word: str) -> None:
        seen.append(word)

    async with resources.database.unit_of_work() as uow:
        uow.after_commit(partial(note, "first"))
        uow.after_commit(partial(note, "second"))
        await uow.session.execute(text("SELECT 1"))
        assert seen == []
    assert seen == ["first", "second"]
