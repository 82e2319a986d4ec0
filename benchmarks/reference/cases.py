from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from benchmarks.reference.client import request

PRODUCTS = 100_000
HOT = 100
Requests = Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of request, as an endless supply in which nothing repeats that the service would notice."""

    name: str
    requests: Requests
    status: int = 200
    is_read: bool = True
    profiled: bool = False


def cases(token: str, deep_cursor: str, *, part: int = 0) -> list[Case]:
    """What is measured, in the order of the tables; the two parts share no uncached product, SKU or key."""
    catalogue = "/api/v1/products"
    # Every product is asked for once before any is asked for again: a second read would be a cache hit.
    shuffled = random.Random(1).sample(range(HOT + 1, PRODUCTS + 1), PRODUCTS - HOT)  # noqa: S311
    cold, hot = iter(shuffled[part::2]), (1 + n % HOT for n in count())
    authorization = ("Authorization", f"Bearer {token}")
    number = count(part * 5_000_000)

    def create(*headers: tuple[str, str]) -> bytes:
        body = {"sku": f"NEW{next(number):07}", "name": "Pencil", "description": "Soft", "price": "1.20", "stock": 7}
        return request("POST", catalogue, [authorization, *headers], json.dumps(body).encode())

    def create_once() -> bytes:
        return create(("Idempotency-Key", f'"benchmark-{next(number)}"'))

    return [
        Case("liveness, no data", endless(lambda: request("GET", "/health/live"))),
        Case("get by id, cached", (get(catalogue, n) for n in hot), profiled=True),
        Case("get by id, not cached", (get(catalogue, n) for n in cold), profiled=True),
        Case("list 20", endless(lambda: request("GET", f"{catalogue}?limit=20")), profiled=True),
        Case(
            "list 20, deep cursor",
            endless(lambda: request("GET", f"{catalogue}?limit=20&cursor={deep_cursor}")),
        ),
        Case("list 100", endless(lambda: request("GET", f"{catalogue}?limit=100")), profiled=True),
        Case("create", endless(create), status=201, is_read=False, profiled=True),
        Case("create, idempotency key", endless(create_once), status=201, is_read=False, profiled=True),
    ]


def get(catalogue: str, product_id: int) -> bytes:
    return request("GET", f"{catalogue}/{product_id}")


def endless(make: Callable[[], bytes]) -> Requests:
    while True:
        yield make()
