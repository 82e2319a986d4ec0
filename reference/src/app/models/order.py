from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Enum,
    ForeignKey,
    Index,
    Numeric,
    String,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Identified


class OrderStatus(StrEnum):
    """The life of an order; stock is held from `pending` on, until `expired`."""

    PENDING = "pending"
    PAID = "paid"
    EXPIRED = "expired"


# region: order-model
class Order(Identified, Base, kw_only=True):
    """What one user bought, at the prices of that moment.

    `lazy="raise"` turns a forgotten eager load into an error in the first test instead
    of a query per row, or a MissingGreenlet, in production.
    """

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint("total >= 0", name="total_not_negative"),
        Index(None, "user_id", "created_at", "id"),
        # The sweep finds the few that are pending without the many that are not.
        Index("ix_orders_pending", "id", postgresql_where=text("status = 'pending'")),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    status: Mapped[OrderStatus] = mapped_column(
        Enum(
            OrderStatus,
            name="status",
            native_enum=False,
            create_constraint=True,
            length=20,
            values_callable=lambda statuses: [status.value for status in statuses],
        ),
        default=OrderStatus.PENDING,
    )
    total: Mapped[Decimal] = mapped_column(Numeric(17, 2))
    declined_payments: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    payment_reference: Mapped[str | None] = mapped_column(String(255), default=None)
    lines: Mapped[list[OrderLine]] = relationship(
        back_populates="order",
        lazy="raise",
        order_by="OrderLine.product_id",
        cascade="all, delete-orphan",
        repr=False,
    )

    __mapper_args__ = {"eager_defaults": True}


# endregion: order-model


# region: order-line-model
class OrderLine(Base, kw_only=True):
    """A quantity of one product in an order."""

    __tablename__ = "order_lines"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"),)

    order_id: Mapped[int] = mapped_column(
        ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True, init=False
    )
    product_id: Mapped[int] = mapped_column(
        ForeignKey("products.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    quantity: Mapped[int]
    unit_price: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    order: Mapped[Order] = relationship(
        back_populates="lines", lazy="raise", init=False, repr=False
    )


# endregion: order-line-model


class Confirmation(Base, kw_only=True):
    """The confirmation that a paid order is owed, until it was sent."""

    __tablename__ = "confirmations"
    __table_args__ = (
        # The sweep finds the few that are owed without the many that were sent.
        Index(
            "ix_confirmations_owed",
            "queued_at",
            postgresql_where=text("sent_at IS NULL"),
        ),
    )

    order_id: Mapped[int] = mapped_column(
        ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True
    )
    queued_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    sent_at: Mapped[datetime | None] = mapped_column(default=None, init=False)
