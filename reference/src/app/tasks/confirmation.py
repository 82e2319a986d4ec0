from __future__ import annotations

from datetime import timedelta
from typing import Literal, TypedDict

import httpx
from celery import shared_task
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.clients.mail import MailUnavailableError
from app.resources import Resources
from app.services.confirmation import ConfirmationService
from app.tasks.bounded import BoundedTask
from app.tasks.queue import RESEND_CONFIRMATIONS, SEND_CONFIRMATION
from app.tasks.runtime import worker_runtime

BATCH = 100


# region: confirmation-task
class Delivery(TypedDict):
    """What a run came to, for the worker's log; the result is the row."""

    order_id: int
    status: Literal["sent", "not owed"]


async def deliver(resources: Resources, order_id: int) -> Delivery:
    """Send a confirmation in its own unit of work."""
    async with resources.database.unit_of_work() as uow:
        sent = await ConfirmationService(uow, resources.mail).send(order_id)
    return {"order_id": order_id, "status": "sent" if sent else "not owed"}


@shared_task(
    name=SEND_CONFIRMATION,
    base=BoundedTask,
    autoretry_for=(
        MailUnavailableError,
        httpx.TransportError,
        OperationalError,
        InterfaceError,
        PoolTimeoutError,
        ConnectionError,
        TimeoutError,
    ),
    max_retries=8,
    retry_backoff=True,
    retry_backoff_max=300,
    retry_jitter=True,
)
def send_confirmation(order_id: int) -> Delivery:
    """Send a confirmation, again where the trouble may pass by itself."""
    runtime = worker_runtime()
    return runtime.run(deliver(runtime.resources, order_id))


# endregion: confirmation-task


async def resend(resources: Resources, *, older_than: timedelta) -> int:
    """Queue the confirmations that should have been sent by now."""
    total = 0
    while True:
        async with resources.database.unit_of_work() as uow:
            confirmations = ConfirmationService(uow, resources.mail)
            order_ids = await confirmations.requeue(older_than=older_than, limit=BATCH)
        for order_id in order_ids:
            await resources.tasks.send_confirmation(order_id)
        total += len(order_ids)
        if len(order_ids) < BATCH:
            return total


# region: scheduled-task
@shared_task(name=RESEND_CONFIRMATIONS, base=BoundedTask)
def resend_confirmations() -> int:
    """Find what was never queued; a schedule starts it, and twice is harmless."""
    runtime = worker_runtime()
    return runtime.run(resend(runtime.resources, older_than=timedelta(minutes=10)))


# endregion: scheduled-task
