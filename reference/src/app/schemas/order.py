from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from app.models import OrderStatus
from app.schemas.base import (
    InputModel,
    JsonEntityId,
    Money,
    Quantity,
    ReadModel,
    Total,
)


# region: order-input
class OrderLineCreate(InputModel):
    """A quantity of one product."""

    product_id: JsonEntityId
    quantity: Quantity


def _merge_lines(lines: list[OrderLineCreate]) -> list[OrderLineCreate]:
    quantities: dict[int, int] = {}
    for line in lines:
        quantities[line.product_id] = quantities.get(line.product_id, 0) + line.quantity
    return [
        OrderLineCreate.model_construct(product_id=product_id, quantity=quantity)
        for product_id, quantity in sorted(quantities.items())
    ]


class OrderCreate(InputModel):
    """The products wanted; two lines of one product count as one."""

    lines: Annotated[
        list[OrderLineCreate],
        Field(min_length=1, max_length=20),
        AfterValidator(_merge_lines),
    ]


# endregion: order-input


class OrderLineRead(ReadModel):
    """A line of an order, at the price it was sold for."""

    product_id: int
    quantity: int
    unit_price: Money


class OrderRead(ReadModel):
    """An order as its owner sees it."""

    id: int
    status: OrderStatus
    total: Total
    lines: list[OrderLineRead]
    created_at: datetime


class PaymentCreate(InputModel):
    """The token that the payment provider's own form handed to the client."""

    payment_token: Annotated[str, Field(pattern=r"^tok_[A-Za-z0-9]{4,60}$")]
