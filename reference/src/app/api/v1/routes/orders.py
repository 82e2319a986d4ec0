from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response, status

from app.api.deps import CurrentUser, OrderServiceDep
from app.api.idempotency import idempotency_key
from app.api.problems import problem_responses
from app.schemas.base import EntityId
from app.schemas.order import OrderCreate, OrderRead, PaymentCreate
from app.schemas.page import PageQuery, PageRead

router = APIRouter(prefix="/orders", tags=["orders"])


@router.get("", responses=problem_responses(401, 422))
async def list_orders(
    query: Annotated[PageQuery, Query()], user: CurrentUser, orders: OrderServiceDep
) -> PageRead[OrderRead]:
    """List the caller's orders, newest first."""
    page = await orders.get_page(user.id, cursor=query.cursor, limit=query.limit)
    items = [OrderRead.model_validate(order) for order in page.items]
    return PageRead(items=items, next_cursor=page.next_cursor)


# region: order-routes
@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(idempotency_key)],
    responses=problem_responses(400, 401, 409, 422, 503),
)
async def place_order(
    data: OrderCreate,
    request: Request,
    response: Response,
    user: CurrentUser,
    orders: OrderServiceDep,
) -> OrderRead:
    """Order products; they are held until the order is paid or expires."""
    order = await orders.place(user.id, data)
    response.headers["Location"] = request.url_for("get_order", order_id=order.id).path
    return OrderRead.model_validate(order)


@router.post(
    "/{order_id}/payment",
    dependencies=[Depends(idempotency_key)],
    responses=problem_responses(400, 401, 402, 404, 409, 422, 503),
)
async def pay_order(
    order_id: EntityId, data: PaymentCreate, user: CurrentUser, orders: OrderServiceDep
) -> OrderRead:
    """Pay for an order."""
    order = await orders.pay(
        order_id, user_id=user.id, payment_token=data.payment_token
    )
    return OrderRead.model_validate(order)


# endregion: order-routes


@router.get("/{order_id}", responses=problem_responses(401, 404, 422))
async def get_order(
    order_id: EntityId, user: CurrentUser, orders: OrderServiceDep
) -> OrderRead:
    """Show one of the caller's orders."""
    return OrderRead.model_validate(await orders.get(order_id, user_id=user.id))
