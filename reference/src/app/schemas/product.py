from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from app.schemas.base import InputModel, LongText, Money, ReadModel, ShortText, Stock

Sku = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,20}(-[A-Z0-9]{1,19})?$")]


# region: product-schemas
class ProductCreate(InputModel):
    """A product to add to the catalogue."""

    sku: Sku
    name: ShortText
    description: LongText | None = None
    price: Money = Field(examples=["19.90"])
    stock: Stock = 0


class ProductUpdate(InputModel):
    """Changes to a product; an absent field stays as it is."""

    # A NOT NULL column has a field that is not nullable, so that null is a 422.
    # default_factory makes it optional without a default in OpenAPI; its value is never
    # used, because only fields that were sent are applied.
    name: ShortText = Field(default_factory=str)
    description: LongText | None = None
    price: Money = Field(default_factory=Decimal, examples=["19.90"])
    stock: Stock = Field(default_factory=int)


class ProductRead(ReadModel):
    """A product as everybody sees it; `version` is also its ETag."""

    id: int
    sku: str
    name: str
    description: str | None
    price: Money
    stock: int
    version: int
    created_at: datetime
    updated_at: datetime


# endregion: product-schemas
