from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response, status

from app.api.deps import ExpectedVersions, ProductServiceDep, require_admin
from app.api.etag import client_has, etag
from app.api.idempotency import idempotency_key
from app.api.problems import problem_responses
from app.schemas.base import EntityId
from app.schemas.page import PageQuery, PageRead
from app.schemas.product import ProductCreate, ProductRead, ProductUpdate

# region: list-products
router = APIRouter(prefix="/products", tags=["products"])


@router.get("", responses=problem_responses(422))
async def list_products(
    query: Annotated[PageQuery, Query()], products: ProductServiceDep
) -> PageRead[ProductRead]:
    """List the catalogue, newest first."""
    page = await products.get_page(cursor=query.cursor, limit=query.limit)
    items = [ProductRead.model_validate(product) for product in page.items]
    return PageRead(items=items, next_cursor=page.next_cursor)


# endregion: list-products


# region: create-product
@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(require_admin), Depends(idempotency_key)],
    responses=problem_responses(400, 401, 403, 409, 422),
)
async def create_product(
    data: ProductCreate,
    request: Request,
    response: Response,
    products: ProductServiceDep,
) -> ProductRead:
    """Add a product."""
    product = await products.create(data)
    response.headers["Location"] = request.url_for(
        "get_product", product_id=product.id
    ).path
    response.headers["ETag"] = etag(product.version)
    return ProductRead.model_validate(product)


# endregion: create-product


# region: conditional-get
@router.get(
    "/{product_id}",
    response_model=ProductRead,
    responses={304: {"description": "Not modified"}, **problem_responses(404, 422)},
)
async def get_product(
    product_id: EntityId,
    response: Response,
    products: ProductServiceDep,
    if_none_match: Annotated[str | None, Header()] = None,
) -> ProductRead | Response:
    """Show a product, or nothing to a client that has the current version."""
    product = await products.read(product_id)
    current = etag(product.version)
    if client_has(product.version, if_none_match):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": current})
    response.headers["ETag"] = current
    return product


# endregion: conditional-get


# region: update-product
@router.patch(
    "/{product_id}",
    dependencies=[Depends(require_admin)],
    responses=problem_responses(401, 403, 404, 409, 412, 422),
)
async def update_product(
    product_id: EntityId,
    changes: ProductUpdate,
    response: Response,
    expected: ExpectedVersions,
    products: ProductServiceDep,
) -> ProductRead:
    """Change the fields that are sent."""
    product = await products.update(product_id, changes, expected=expected)
    response.headers["ETag"] = etag(product.version)
    return ProductRead.model_validate(product)


# endregion: update-product


# region: delete-product
@router.delete(
    "/{product_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(require_admin)],
    responses=problem_responses(401, 403, 404, 409, 412, 422),
)
async def delete_product(
    product_id: EntityId, expected: ExpectedVersions, products: ProductServiceDep
) -> None:
    """Remove a product that was never ordered."""
    await products.delete(product_id, expected=expected)


# endregion: delete-product
