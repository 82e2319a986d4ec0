from __future__ import annotations

import httpx
import structlog
from celery import shared_task
from sqlalchemy.exc import InterfaceError, OperationalError

from app.clients.mail import MailUnavailableError
from app.resources import Resources
from app.services.confirmation import ConfirmationService
from app.tasks.queue import SEND_CONFIRMATION
from app.tasks.runtime import worker_runtime

log = structlog.get_logger(__name__)


# region: confirmation-task
async def deliver(resources: Resources, order_id: int) -> None:
    """Send a confirmation in a unit of work of its own."""
    async with resources.database.unit_of_work() as uow:
        sent = await ConfirmationService(uow, resources.mail).send(order_id)
    log.info("confirmation", order_id=order_id, sent=sent)


@shared_task(
    name=SEND_CONFIRMATION,
    autoretry_for=(
        MailUnavailableError,
        httpx.TransportError,
        OperationalError,
        InterfaceError,
        ConnectionError,
    ),
    max_retries=8,
    retry_backoff=True,
    retry_backoff_max=300,
    retry_jitter=True,
)
def send_confirmation(order_id: int) -> None:
    """Send the confirmation of an order.

    Only what may pass by itself is tried again. A TypeError is a bug, and is as wrong
    the fifth time as the first.
    """
    runtime = worker_runtime()
    runtime.run(deliver(runtime.resources, order_id))


# endregion: confirmation-task
