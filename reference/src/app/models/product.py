from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified


# region: product-model
class Product(Identified, Base, kw_only=True):
    """Something to sell, with what is left of it.

    The constraints repeat what schemas promise: a script may write here too, and only
    the database sees everybody. `version` makes a write that was decided on old data
    fail instead of undoing a newer one.
    """

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price_not_negative"),
        CheckConstraint("stock >= 0", name="stock_not_negative"),
        Index(None, "created_at", "id"),
    )

    sku: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str | None] = mapped_column(Text, default=None)
    price: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    stock: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(init=False)

    __mapper_args__ = {
        "eager_defaults": True,
        "version_id_col": version,
    }


# endregion: product-model
