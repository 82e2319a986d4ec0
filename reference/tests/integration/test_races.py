from __future__ import annotations

from httpx import AsyncClient

from app.resources import Resources
from tests.integration.conftest import (
    PASSWORD,
    MakeProduct,
    race,
    statuses,
    warm_pool,
)
from tests.stub import StubServer

USERS = "/api/v1/users"
PRODUCTS = "/api/v1/products"
ORDERS = "/api/v1/orders"


# region: race-test
async def test_eight_registrations_of_one_address_make_one_user(
    client: AsyncClient, resources: Resources
) -> None:
    await warm_pool(resources, 8)
    body = {"email": "a@example.com", "full_name": "A", "password": PASSWORD}
    responses = await race(*(client.post(USERS, json=body) for _ in range(8)))
    assert statuses(responses) == [201] + [409] * 7
    for response in responses:
        if response.status_code == 409:
            assert response.headers["content-type"] == "application/problem+json"


# endregion: race-test


async def test_six_changes_based_on_one_version_make_one_change(
    client: AsyncClient,
    admin: dict[str, str],
    make_product: MakeProduct,
    resources: Resources,
) -> None:
    product = await make_product()
    url, headers = f"{PRODUCTS}/{product['id']}", admin | {"If-Match": '"1"'}
    await warm_pool(resources, 6)
    responses = await race(
        *(
            client.patch(url, json={"name": f"Pen {number}"}, headers=headers)
            for number in range(6)
        )
    )
    assert statuses(responses) == [200] + [412] * 5
    winner = next(r.json() for r in responses if r.status_code == 200)
    assert (await client.get(url)).json() == winner


async def test_changes_without_a_version_collide_as_conflicts(
    client: AsyncClient,
    admin: dict[str, str],
    make_product: MakeProduct,
    resources: Resources,
) -> None:
    product = await make_product()
    url = f"{PRODUCTS}/{product['id']}"
    await warm_pool(resources, 6)
    responses = await race(
        *(
            client.patch(url, json={"name": f"Pen {number}"}, headers=admin)
            for number in range(6)
        )
    )
    assert set(statuses(responses)) <= {200, 409}
    assert 200 in statuses(responses)


async def test_twenty_orders_for_the_last_piece_take_it_once(
    client: AsyncClient,
    customer: dict[str, str],
    make_product: MakeProduct,
    resources: Resources,
) -> None:
    product = await make_product(stock=1)
    body = {"lines": [{"product_id": product["id"], "quantity": 1}]}
    await warm_pool(resources, 20)
    responses = await race(
        *(client.post(ORDERS, json=body, headers=customer) for _ in range(20))
    )
    assert statuses(responses) == [201] + [409] * 19
    left = await client.get(f"{PRODUCTS}/{product['id']}")
    assert left.json()["stock"] == 0


async def test_orders_for_the_same_products_in_any_order_do_not_deadlock(
    client: AsyncClient,
    customer: dict[str, str],
    make_product: MakeProduct,
    resources: Resources,
) -> None:
    ids = [(await make_product(stock=100))["id"] for _ in range(4)]
    lines = [{"product_id": product_id, "quantity": 1} for product_id in ids]
    await warm_pool(resources, 12)
    responses = await race(
        *(
            client.post(ORDERS, json={"lines": ordered}, headers=customer)
            for ordered in [lines, lines[::-1]] * 6
        )
    )
    assert statuses(responses) == [201] * 12


async def test_eight_requests_with_one_key_make_one_order(
    client: AsyncClient,
    customer: dict[str, str],
    make_product: MakeProduct,
    resources: Resources,
) -> None:
    product = await make_product(stock=100)
    body = {"lines": [{"product_id": product["id"], "quantity": 1}]}
    headers = customer | {"Idempotency-Key": '"one"'}
    await warm_pool(resources, 8)
    responses = await race(
        *(client.post(ORDERS, json=body, headers=headers) for _ in range(8))
    )
    assert set(statuses(responses)) <= {201, 409}
    made = {r.json()["id"] for r in responses if r.status_code == 201}
    listed = (await client.get(ORDERS, headers=customer)).json()["items"]
    assert [order["id"] for order in listed] == list(made)


async def test_six_payments_of_one_order_charge_once(
    client: AsyncClient,
    customer: dict[str, str],
    make_product: MakeProduct,
    resources: Resources,
    stub: StubServer,
) -> None:
    product = await make_product(stock=1)
    body = {"lines": [{"product_id": product["id"], "quantity": 1}]}
    order = (await client.post(ORDERS, json=body, headers=customer)).json()
    await warm_pool(resources, 6)
    url, token = f"{ORDERS}/{order['id']}/payment", {"payment_token": "tok_visa"}
    responses = await race(
        *(client.post(url, json=token, headers=customer) for _ in range(6))
    )
    assert statuses(responses) == [200] * 6
    assert len(stub.to("/charges")) == 1
