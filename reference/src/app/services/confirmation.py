from __future__ import annotations

from app.clients.mail import MailClient
from app.core.database import UnitOfWork
from app.models import Order, User
from app.repositories.order import OrderRepository


class ConfirmationService:
    """Tells customers that their payment has arrived."""

    def __init__(self, uow: UnitOfWork, mail: MailClient) -> None:
        self._uow = uow
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
        order = await self._uow.session.get_one(Order, order_id)
        user = await self._uow.session.get_one(User, order.user_id)
        await self._mail.send(
            key=f"confirmation-{order_id}",
            to=user.email,
            subject=f"Your order {order_id}",
            text=f"Thank you, {user.full_name}. We have received {order.total} EUR.",
        )
        return True
