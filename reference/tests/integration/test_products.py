from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from httpx import AsyncClient

from app.models import Product
from app.resources import Resources
from tests.integration.conftest import MakeProduct

URL = "/api/v1/products"


async def test_create_returns_the_product_its_place_and_its_version(
    client: AsyncClient, admin: dict[str, str]
) -> None:
    body = {"sku": "PEN-1", "name": "  Pen ", "price": "0.30", "stock": 3}
    created = await client.post(URL, json=body, headers=admin)
    assert created.status_code == 201
    product = created.json()
    assert (product["name"], product["price"], product["stock"]) == ("Pen", "0.30", 3)
    assert product["description"] is None
    assert created.headers["etag"] == '"1"'
    found = await client.get(created.headers["location"])
    assert found.json() == product


async def test_behind_a_proxy_the_place_has_its_prefix(
    client_of_a_proxy: AsyncClient, admin: dict[str, str]
) -> None:
    body = {"sku": "PEN-1", "name": "Pen", "price": "0.30"}
    created = await client_of_a_proxy.post(URL, json=body, headers=admin)
    place = f"/shop{URL}/{created.json()['id']}"
    assert created.headers["location"] == place


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "   "},
        {"name": "x" * 101},
        {"name": "a\x00b"},
        {"name": "\ud800"},
        {"name": None},
        {"description": "a\x00b"},
        {"description": "x" * 2001},
        {"price": 1.5},
        {"price": True},
        {"price": None},
        {"price": "-1"},
        {"price": "1.005"},
        {"price": "12345678901"},
        {"price": "NaN"},
        {"price": "1e3"},
        {"stock": -1},
        {"stock": 2**70},
        {"stock": "1"},
        {"stock": None},
        {"stock": 1.5},
        {"stock": True},
        {"colour": "red"},
    ],
    ids=repr,
)
async def test_bad_fields_are_422_on_create_and_on_update(
    client: AsyncClient,
    admin: dict[str, str],
    make_product: MakeProduct,
    fields: dict[str, Any],
) -> None:
    product = await make_product()
    body = {"sku": "PEN-1", "name": "Pen", "price": "1"} | fields
    headers = admin | {"Content-Type": "application/json"}
    for response in (
        await client.post(URL, content=_ascii(body), headers=headers),
        await client.patch(
            f"{URL}/{product['id']}", content=_ascii(fields), headers=headers
        ),
    ):
        assert response.status_code == 422, response.text
        problem = response.json()
        assert problem["type"] == "urn:problem:invalid-request"
        assert [error["pointer"] for error in problem["errors"]] == [
            f"/{name}" for name in fields
        ]


def _ascii(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode("ascii")


async def test_patch_changes_what_is_sent_and_nothing_else(
    client: AsyncClient, admin: dict[str, str], make_product: MakeProduct
) -> None:
    product = await make_product(description="blue", stock=7)
    url = f"{URL}/{product['id']}"
    changed = await client.patch(url, json={"price": "3.00"}, headers=admin)
    assert changed.status_code == 200
    assert changed.headers["etag"] == '"2"'
    expected = product | {"price": "3.00", "version": 2}
    assert changed.json() == expected | {"updated_at": changed.json()["updated_at"]}
    assert changed.json()["updated_at"] > product["updated_at"]

    unset = await client.patch(url, json={"description": None}, headers=admin)
    assert unset.json()["description"] is None
    untouched = await client.patch(url, json={}, headers=admin)
    assert untouched.json() == unset.json()


@pytest.mark.parametrize("price", ["12", "12.5", "012.50"])
async def test_a_version_has_one_representation(
    client: AsyncClient, admin: dict[str, str], make_product: MakeProduct, price: str
) -> None:
    created = await make_product(price=price)
    url = f"{URL}/{created['id']}"
    assert (await client.get(url)).json() == created
    changed = await client.patch(url, json={"price": f"1{price}"}, headers=admin)
    assert (await client.get(url)).json() == changed.json()


async def test_a_taken_sku_is_a_conflict(
    client: AsyncClient, admin: dict[str, str], make_product: MakeProduct
) -> None:
    await make_product(sku="PEN-1")
    body = {"sku": "PEN-1", "name": "Pen", "price": "1.00"}
    response = await client.post(URL, json=body, headers=admin)
    assert response.status_code == 409
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"] == "This SKU is already taken"


@pytest.mark.parametrize(
    ("if_match", "status"),
    [
        ('"1"', 200),
        ('"7", "1"', 200),
        ("*", 200),
        ('"2"', 412),
        ('W/"1"', 412),
        ('"something else"', 412),
        ("1", 412),
    ],
)
async def test_if_match_guards_a_change(
    client: AsyncClient,
    admin: dict[str, str],
    make_product: MakeProduct,
    if_match: str,
    status: int,
) -> None:
    product = await make_product()
    url = f"{URL}/{product['id']}"
    headers = admin | {"If-Match": if_match}
    response = await client.patch(url, json={"name": "Pencil"}, headers=headers)
    assert response.status_code == status, response.text


async def test_a_stale_delete_is_refused_and_a_current_one_is_done(
    client: AsyncClient, admin: dict[str, str], make_product: MakeProduct
) -> None:
    product = await make_product()
    url = f"{URL}/{product['id']}"
    stale = await client.delete(url, headers=admin | {"If-Match": '"9"'})
    assert stale.status_code == 412
    done = await client.delete(url, headers=admin | {"If-Match": '"1"'})
    assert (done.status_code, done.content) == (204, b"")
    for response in (
        await client.get(url),
        await client.delete(url, headers=admin | {"If-Match": '"9"'}),
        await client.patch(url, json={}, headers=admin),
    ):
        assert response.status_code == 404
        assert response.json()["type"] == "urn:problem:not-found"


async def test_an_ordered_product_cannot_be_deleted(
    client: AsyncClient,
    admin: dict[str, str],
    customer: dict[str, str],
    make_product: MakeProduct,
) -> None:
    product = await make_product(stock=1)
    line = {"product_id": product["id"], "quantity": 1}
    await client.post("/api/v1/orders", json={"lines": [line]}, headers=customer)
    response = await client.delete(f"{URL}/{product['id']}", headers=admin)
    assert response.status_code == 409
    assert response.json()["detail"] == "There are orders for this product"


async def test_a_client_with_the_current_version_gets_no_body(
    client: AsyncClient, make_product: MakeProduct
) -> None:
    url = f"{URL}/{(await make_product())['id']}"
    for known in ('"1"', 'W/"1"', '"3", W/"1"', "*"):
        response = await client.get(url, headers={"If-None-Match": known})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["etag"] == '"1"'
    response = await client.get(url, headers={"If-None-Match": '"2"'})
    assert response.status_code == 200


async def test_head_is_get_without_the_content(
    client: AsyncClient, make_product: MakeProduct
) -> None:
    for path in (URL, f"{URL}/{(await make_product())['id']}", f"{URL}/4711"):
        got, asked = await client.get(path), await client.head(path)
        assert (asked.status_code, asked.content) == (got.status_code, b"")
        for name in ("content-type", "content-length", "etag"):
            assert asked.headers.get(name) == got.headers.get(name)
    response = await client.head("/api/v1/users")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


async def test_pages_follow_each_other_without_gap_or_repetition(
    client: AsyncClient, make_product: MakeProduct
) -> None:
    ids = [(await make_product())["id"] for _ in range(5)]
    first = (await client.get(URL, params={"limit": 2})).json()
    # A row that moves or appears between two pages must not disturb the second.
    await make_product()
    params = {"limit": 2, "cursor": first["next_cursor"]}
    second = (await client.get(URL, params=params)).json()
    params["cursor"] = second["next_cursor"]
    third = (await client.get(URL, params=params)).json()
    pages = [first, second, third]
    seen = [item["id"] for page in pages for item in page["items"]]
    assert seen == ids[::-1]
    assert third["next_cursor"] is None


async def test_rows_of_one_moment_are_neither_skipped_nor_repeated(
    client: AsyncClient, resources: Resources
) -> None:
    async with resources.database.unit_of_work() as uow:
        # The clock of PostgreSQL stands still for the length of a transaction.
        uow.session.add_all(
            Product(sku=f"PEN-{number}", name="Pen", price=Decimal(1))
            for number in range(5)
        )
    page = (await client.get(URL, params={"limit": 2})).json()
    seen = [item["id"] for item in page["items"]]
    while cursor := page["next_cursor"]:
        params = {"limit": 2, "cursor": cursor}
        page = (await client.get(URL, params=params)).json()
        seen += [item["id"] for item in page["items"]]
    assert seen == [5, 4, 3, 2, 1]


async def test_a_full_last_page_has_no_next(
    client: AsyncClient, make_product: MakeProduct
) -> None:
    for _ in range(2):
        await make_product()
    page = (await client.get(URL, params={"limit": 2})).json()
    assert (len(page["items"]), page["next_cursor"]) == (2, None)


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "limit=-1", f"limit={10**30}", "limt=5", "cursor=x", "=1"],
)
async def test_a_bad_query_is_422(client: AsyncClient, query: str) -> None:
    response = await client.get(f"{URL}?{query}")
    assert response.status_code == 422
    assert response.json()["errors"][0]["location"] == "query"


@pytest.mark.parametrize("product_id", ["0", "-1", str(2**53), "x", "1.5"])
async def test_a_bad_id_is_422(client: AsyncClient, product_id: str) -> None:
    assert (await client.get(f"{URL}/{product_id}")).status_code == 422


async def test_only_administrators_change_the_catalogue(
    client: AsyncClient, customer: dict[str, str]
) -> None:
    body = {"sku": "PEN-1", "name": "Pen", "price": "1.00"}
    nobody = await client.post(URL, json=body)
    assert nobody.status_code == 401
    assert nobody.headers["www-authenticate"] == "Bearer"
    somebody = await client.post(URL, json=body, headers=customer)
    assert somebody.status_code == 403
    assert somebody.json()["type"] == "urn:problem:permission-denied"
