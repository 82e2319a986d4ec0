from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from app.clients.mail import MailClient
from app.core.database import UnitOfWork
from app.repositories.order import OrderRepository


class ConfirmationService:
    """Tells customers that their payment has arrived."""

    def __init__(self, uow: UnitOfWork, mail: MailClient) -> None:
        self._orders = OrderRepository(uow.session)
        self._mail = mail

    async def send(self, order_id: int) -> bool:
        """Send the confirmation of an order, unless that has been done.

        The message goes out before the claim is committed. A crash in between sends it
        a second time rather than never, and its key lets the mail service drop that.

        Raises:
            MailUnavailableError: The claim is rolled back; try again later.
        """
        if not await self._orders.claim_confirmation(order_id):
            return False
        order, user = await self._orders.get_with_user(order_id)
        await self._mail.send(
            key=f"confirmation-{order_id}",
            to=user.email,
            subject=f"Your order {order_id}",
            text=f"Thank you, {user.full_name}. We have received {order.total} EUR.",
        )
        return True

    async def requeue(self, *, older_than: timedelta, limit: int) -> Sequence[int]:
        """Find the paid orders whose customers should have been told by now."""
        return await self._orders.requeue_confirmations(
            older_than=older_than, limit=limit
        )
