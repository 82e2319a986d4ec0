from __future__ import annotations

import asyncio

import structlog
from celery import Celery
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)

SEND_CONFIRMATION = "orders.send_confirmation"
RESEND_CONFIRMATIONS = "orders.resend_confirmations"


class TaskQueue:
    """Hands work to the workers, without importing what they do."""

    def __init__(self, celery: Celery) -> None:
        self._celery = celery

    async def send_confirmation(self, order_id: int) -> None:
        """Ask for the confirmation of an order; call it after the commit.

        A worker is quick: told before the commit, it would not find the order. If the
        broker is away the order stays unconfirmed, until a sweep finds it.
        """
        try:
            # Publishing blocks, and would stop the event loop.
            await asyncio.to_thread(
                self._celery.send_task, SEND_CONFIRMATION, args=(order_id,)
            )
        except OperationalError as exc:
            log.warning("confirmation_not_queued", order_id=order_id, error=repr(exc))

    def close(self) -> None:
        """Close the connections to the broker."""
        self._celery.close()
