from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any

from app.schemas.page import PageQuery, PageRead
from app.schemas.product import ProductCreate, ProductRead
from fastapi import FastAPI, Query

SAMPLES: dict[str, str] = json.loads(Path(os.environ["BENCHMARK_SAMPLES"]).read_text())
PRODUCT = ProductRead.model_validate_json(SAMPLES["get by id, cached"])
PAGE = PageRead[ProductRead].model_validate_json(SAMPLES["list 100"])
CREATED = ProductRead.model_validate_json(SAMPLES["create"])


async def live() -> dict[str, str]:
    return dict(json.loads(SAMPLES["liveness, no data"]))


async def list_products(query: Annotated[PageQuery, Query()]) -> PageRead[ProductRead]:
    return PageRead(items=PAGE.items[: query.limit], next_cursor=PAGE.next_cursor)


async def get_product(product_id: int) -> ProductRead:  # noqa: ARG001 - it is validated
    return PRODUCT


async def create_product(data: ProductCreate) -> ProductRead:  # noqa: ARG001 - it is validated
    return CREATED


bare = FastAPI()
bare.add_api_route("/health/live", live)
bare.add_api_route("/api/v1/products", list_products)
bare.add_api_route("/api/v1/products", create_product, methods=["POST"], status_code=201)
bare.add_api_route("/api/v1/products/{product_id}", get_product)


async def raw(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Send the service's own bytes back."""
    if scope["type"] == "lifespan":
        return
    while (await receive()).get("more_body"):
        pass
    name = sample_name(scope)
    body = SAMPLES[name].encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    status = 201 if name == "create" else 200
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def sample_name(scope: dict[str, Any]) -> str:
    if scope["method"] == "POST":
        return "create"
    if scope["path"] == "/health/live":
        return "liveness, no data"
    if scope["path"] != "/api/v1/products":
        return "get by id, cached"
    return "list 100" if b"limit=100" in scope["query_string"] else "list 20"
