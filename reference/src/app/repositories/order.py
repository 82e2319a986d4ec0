from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from app.models import Confirmation, Order, OrderStatus, User
from app.repositories.page import Page, fetch_page


class OrderRepository:
    """Orders in PostgreSQL, always with their lines."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    # region: eager-loading
    @staticmethod
    def _with_lines() -> Select[Order]:
        # One query more for all the lines of all the orders, however many they are. A
        # join would repeat each order for each of its lines, and break LIMIT.
        return select(Order).options(selectinload(Order.lines))

    async def get_page(
        self, user_id: int, *, cursor: str | None, limit: int
    ) -> Page[Order]:
        """Read a page of one user's orders, newest first."""
        return await fetch_page(
            self._session,
            self._with_lines().where(Order.user_id == user_id),
            key=(Order.created_at, Order.id),
            cursor=cursor,
            limit=limit,
        )

    # endregion: eager-loading

    async def get(self, order_id: int, *, user_id: int) -> Order | None:
        """Find an order of one user."""
        return await self._session.scalar(
            self._with_lines().where(Order.id == order_id, Order.user_id == user_id)
        )

    async def get_with_user(self, order_id: int) -> tuple[Order, User]:
        """Read an order that exists, without its lines, and whose it is."""
        rows = await self._session.execute(
            select(Order, User)
            .join(User, User.id == Order.user_id)
            .where(Order.id == order_id)
        )
        order, user = rows.one()
        return order, user

    async def lock(self, order_id: int, *, user_id: int) -> Order | None:
        """Find an order and keep everybody else from changing it."""
        return await self._session.scalar(
            self._with_lines()
            .where(Order.id == order_id, Order.user_id == user_id)
            .with_for_update()
        )

    async def add(self, order: Order) -> None:
        """Store a new order."""
        self._session.add(order)
        await self._session.flush()

    async def save_paid(self, order: Order) -> None:
        """Write that an order is paid, and that its customer has to be told."""
        self._session.add(Confirmation(order_id=order.id))
        await self._session.flush()

    async def lock_unpaid(
        self, *, older_than: timedelta, after: int, limit: int
    ) -> Sequence[Order]:
        """Find orders that nobody pays for; those being paid right now are skipped."""
        orders = await self._session.scalars(
            self._with_lines()
            .where(
                Order.status == OrderStatus.PENDING,
                Order.created_at < func.now() - older_than,
                Order.id > after,
            )
            .order_by(Order.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return orders.all()

    async def requeue_confirmations(
        self, *, older_than: timedelta, limit: int
    ) -> Sequence[int]:
        """Find confirmations that should have been sent by now, and note the new try.

        Until as long has passed again they are not found. In a long outage a sweep so
        gets to all of them, instead of to the first ones over and over.
        """
        owed = (
            select(Confirmation.order_id)
            .where(
                Confirmation.sent_at.is_(None),
                Confirmation.queued_at < func.now() - older_than,
            )
            .order_by(Confirmation.queued_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
            # A subquery could be run once for every row, each time for other rows.
            .cte()
        )
        order_ids = await self._session.scalars(
            update(Confirmation)
            .where(Confirmation.order_id == owed.c.order_id)
            .values(queued_at=func.now())
            .returning(Confirmation.order_id)
            .execution_options(synchronize_session=False)
        )
        return order_ids.all()

    # region: atomic-claim
    async def claim_confirmation(self, order_id: int) -> bool:
        """Become the one who sends the confirmation, for as long as we do not fail.

        Of two simultaneous deliveries the second waits here: if the first commits,
        nothing is left to do; if it rolls back, the second goes on in its place.
        """
        claimed = await self._session.scalar(
            update(Confirmation)
            .where(Confirmation.order_id == order_id, Confirmation.sent_at.is_(None))
            .values(sent_at=func.now())
            .returning(Confirmation.order_id)
        )
        return claimed is not None

    # endregion: atomic-claim
