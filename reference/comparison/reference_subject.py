from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from httpx import AsyncClient
from pwdlib import PasswordHash
from sqlalchemy import select

from app.core.config import get_settings
from app.main import create_app
from app.models import Base, Product, User
from app.resources import Resources
from app.schemas.product import ProductCreate
from app.services.product import ProductService
from app.tasks import confirmation
from app.tasks.runtime import close_worker_runtime
from comparison.subject import Hook, Subject, client_of, empty_tables

PARTS: Mapping[str, dict[str, Any]] = {
    "users": {
        "url": "/api/v1/users",
        "table": "users",
        "text_field": "full_name",
        "body": lambda number: {
            "email": f"user{number}@example.com",
            "full_name": f"User {number}",
            "password": "correct horse battery",
        },
    },
    "products": {
        "url": "/api/v1/products",
        "table": "products",
        "text_field": "name",
        "fill": "INSERT INTO products (sku, name, price, stock, version)"
        " SELECT 'S-' || i, 'p', 1, 1, 1 FROM generate_series(1, 150) i",
        "body": lambda number: {
            "sku": f"SKU-{number}",
            "name": f"Product {number}",
            "price": "1.50",
        },
    },
}


@asynccontextmanager
async def reference_subject(part: str) -> AsyncIterator[Subject]:
    """Open a part of the reference service, as an administrator where one is needed."""
    app = create_app(get_settings())
    async with app.router.lifespan_context(app), client_of(app) as client:
        resources: Resources = app.state.resources
        async with empty_tables(resources.database.engine, Base.metadata):
            if part == "products":
                client.headers["Authorization"] = await administrator(resources)
            yield Subject(
                client=client,
                engine=resources.database.engine,
                hooks=hooks(resources, client),
                **PARTS[part],
            )


async def administrator(resources: Resources) -> str:
    """Store an administrator, and return what to send as Authorization."""
    async with resources.database.unit_of_work() as uow:
        user = User(email="a@b.de", full_name="A", password_hash="x", is_admin=True)  # noqa: S106 - nobody logs in
        uow.session.add(user)
    return f"Bearer {resources.tokens.issue(user.id)}"


def hooks(resources: Resources, client: AsyncClient) -> dict[str, Hook]:
    """Collect what the probes do beside HTTP."""

    async def create_then_fail() -> None:
        async with resources.database.unit_of_work() as uow:
            products = ProductService(uow, resources.product_cache)
            data = {"sku": "SKU-1", "name": "one", "price": "1.50"}
            await products.create(ProductCreate.model_validate(data))
            raise LookupError

    async def compare_times() -> None:
        async with resources.database.unit_of_work() as uow:
            now = datetime.now(UTC)
            await uow.session.scalars(select(Product).where(Product.created_at < now))

    async def related_rows() -> int:
        headers = {"Authorization": await administrator(resources)}
        async with resources.database.unit_of_work() as uow:
            product = Product(sku="PEN", name="Pen", price=Decimal(1), stock=1)
            uow.session.add(product)
        order = {"lines": [{"product_id": product.id, "quantity": 1}]}
        await client.post("/api/v1/orders", json=order, headers=headers)
        listed = await client.get("/api/v1/orders", headers=headers)
        return len(listed.json()["items"][0]["lines"])

    return {
        "create_then_fail": create_then_fail,
        "compare_times": compare_times,
        "related_rows": related_rows,
        "hashed_in": hashed_in(client),
        "attempts_of_a_bug": attempts_of_a_bug,
    }


def hashed_in(client: AsyncClient) -> Hook:
    """Register a user, and see in which threads that is hashed."""
    real = PasswordHash.hash
    threads: list[int] = []

    def record(self: PasswordHash, password: str) -> str:
        threads.append(threading.get_ident())
        return real(self, password)

    async def register() -> list[int]:
        with patch.object(PasswordHash, "hash", record):
            body = PARTS["users"]["body"](99)
            await client.post(PARTS["users"]["url"], json=body)
        return threads

    return register


async def attempts_of_a_bug() -> int:
    """Run the task with a bug in it, and count how often it is tried."""
    attempts: list[int] = []

    async def broken(_: Resources, order_id: int) -> None:
        attempts.append(order_id)
        raise TypeError

    def run() -> None:
        confirmation.send_confirmation.apply((1,))
        close_worker_runtime()

    with patch.object(confirmation, "deliver", broken):
        await asyncio.to_thread(run)
    return len(attempts)
