from __future__ import annotations

import asyncio
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import NamedTuple

import structlog

from app.clients.payment import PaymentClient
from app.core.cache import ModelCache
from app.core.database import UnitOfWork
from app.core.errors import (
    ConflictError,
    NotFoundError,
    OutOfStockError,
    PaymentDeclinedError,
    UpstreamUnavailableError,
)
from app.core.telemetry import Telemetry
from app.models import Order, OrderLine, OrderStatus
from app.repositories.order import OrderRepository
from app.repositories.page import Page
from app.repositories.product import ProductRepository
from app.schemas.order import OrderCreate, OrderLineCreate
from app.schemas.product import ProductRead
from app.tasks.queue import TaskQueue

log = structlog.get_logger(__name__)


class OrderService:
    """Placing orders and paying for them."""

    def __init__(
        self,
        uow: UnitOfWork,
        *,
        cache: ModelCache[ProductRead],
        payments: PaymentClient,
        telemetry: Telemetry,
        tasks: TaskQueue,
    ) -> None:
        self._uow = uow
        self._orders = OrderRepository(uow.session)
        self._products = ProductRepository(uow.session)
        self._cache = cache
        self._payments = payments
        self._telemetry = telemetry
        self._tasks = tasks

    async def get_page(
        self, user_id: int, *, cursor: str | None, limit: int
    ) -> Page[Order]:
        """Read a page of a user's orders."""
        return await self._orders.get_page(user_id, cursor=cursor, limit=limit)

    async def get(self, order_id: int, *, user_id: int) -> Order:
        """Find an order of a user; somebody else's does not exist for them.

        Raises:
            NotFoundError: The user has no such order.
        """
        return self._found(await self._orders.get(order_id, user_id=user_id), order_id)

    # region: place-order
    async def place(self, user_id: int, data: OrderCreate) -> Order:
        """Take the stock and store the order, or neither.

        The lines come sorted by product: orders that lock the same rows lock them in
        the same order, and so cannot deadlock.

        Raises:
            OutOfStockError: Fewer pieces are left than were ordered.
            ConflictError: A product does not exist.
        """
        lines = [await self._take(line) for line in data.lines]
        order = Order(
            user_id=user_id,
            total=sum((line.unit_price * line.quantity for line in lines), Decimal(0)),
            lines=lines,
        )
        await self._orders.add(order)
        self._uow.after_commit(partial(self._placed, order))
        return order

    async def _take(self, line: OrderLineCreate) -> OrderLine:
        price = await self._products.take_stock(line.product_id, line.quantity)
        if price is None:
            if await self._products.get(line.product_id) is None:
                detail = f"There is no product {line.product_id}"
                raise ConflictError(detail)
            detail = f"Fewer than {line.quantity} of product {line.product_id} are left"
            raise OutOfStockError(detail)
        return OrderLine(
            product_id=line.product_id, quantity=line.quantity, unit_price=price
        )

    async def _placed(self, order: Order) -> None:
        self._telemetry.orders_placed.add(1)
        await self._cache.invalidate(*(line.product_id for line in order.lines))

    # endregion: place-order

    # region: pay-order
    async def pay(self, order_id: int, *, user_id: int, payment_token: str) -> Order:
        """Charge for an order, unless it is free; a second call changes nothing.

        Only the order's own row is locked while the provider is asked, no product's.
        Should the commit fail after the charge, the order is still pending, and the
        provider knows the repeated charge by its key.

        Raises:
            NotFoundError: The user has no such order.
            ConflictError: The order has expired, or is being paid with another token.
            PaymentDeclinedError: The provider refused.
            UpstreamUnavailableError: The provider cannot be reached.
        """
        order = self._found(
            await self._orders.lock(order_id, user_id=user_id), order_id
        )
        if order.status is OrderStatus.PAID:
            return order
        if order.status is OrderStatus.EXPIRED:
            detail = f"Order {order_id} has expired"
            raise ConflictError(detail)
        if order.total:
            order.payment_reference = await self._charge(order, payment_token)
        order.status = OrderStatus.PAID
        await self._orders.save_paid(order)
        self._uow.after_commit(partial(self._paid, order_id))
        return order

    async def _charge(self, order: Order, payment_token: str) -> str:
        with self._telemetry.tracer.start_as_current_span("payment.charge"):
            try:
                return await self._payments.charge(
                    order.id,
                    order.total,
                    payment_token,
                    declined=order.declined_payments,
                )
            except PaymentDeclinedError:
                order.declined_payments += 1
                await self._uow.keep()
                raise

    async def _paid(self, order_id: int) -> None:
        self._telemetry.payments.add(1)
        await self._tasks.send_confirmation(order_id)

    # endregion: pay-order

    @staticmethod
    def _found(order: Order | None, order_id: int) -> Order:
        if order is None:
            detail = f"You have no order {order_id}"
            raise NotFoundError(detail)
        return order


async def _settle(order: Order, payments: PaymentClient) -> bool:
    try:
        order.payment_reference = await payments.cancel(
            order.id, declined=order.declined_payments
        )
    except UpstreamUnavailableError:
        return False
    except Exception as exc:
        # One that the provider does not understand must not hold up all others.
        log.exception("order_not_settled", order_id=order.id, error=repr(exc))
        return True
    charged = order.payment_reference is not None
    order.status = OrderStatus.PAID if charged else OrderStatus.EXPIRED
    return True


class Sweep(NamedTuple):
    """How many orders the provider answered for, how many expired, and the last id."""

    answered: int
    expired: int
    last: int


async def expire_unpaid(
    uow: UnitOfWork,
    cache: ModelCache[ProductRead],
    payments: PaymentClient,
    *,
    older_than: timedelta,
    after: int,
    limit: int,
) -> Sweep:
    """Give the stock of abandoned orders back.

    An order whose charge got no answer looks abandoned, too. The provider decides: what
    it has charged is paid, what it has not it never will. While it cannot be reached,
    nothing expires. What it has answered for and could not be settled is left behind,
    and the next call goes on `after` it.
    """
    repository, products = OrderRepository(uow.session), ProductRepository(uow.session)
    orders = await repository.lock_unpaid(
        older_than=older_than, after=after, limit=limit
    )
    # All at once: while one is asked about after another, the orders stay locked, and
    # PostgreSQL ends a transaction in which nothing happens.
    async with asyncio.TaskGroup() as tasks:
        asked = [tasks.create_task(_settle(order, payments)) for order in orders]
    answered = sum(task.result() for task in asked)
    for order in orders:
        if order.status is OrderStatus.PAID:
            await repository.save_paid(order)
    abandoned = [order for order in orders if order.status is OrderStatus.EXPIRED]
    lines = [line for order in abandoned for line in order.lines]
    for line in sorted(lines, key=lambda line: line.product_id):
        await products.return_stock(line.product_id, line.quantity)
    uow.after_commit(partial(cache.invalidate, *{line.product_id for line in lines}))
    last = orders[-1].id if orders else after
    return Sweep(answered, expired=len(abandoned), last=last)
