from __future__ import annotations

import asyncio
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated

import httpx
import structlog
from opentelemetry import propagate
from pydantic import BaseModel, ConfigDict, Field

from app.core.config import Settings
from app.core.errors import (
    ConflictError,
    PaymentDeclinedError,
    UpstreamUnavailableError,
)
from app.core.resilience import CircuitBreaker, is_passing, retry

log = structlog.get_logger(__name__)


class PaymentUnavailableError(Exception):
    """The provider answered that it cannot work now."""


class PaymentUnsettledError(ConflictError):
    """What became of an earlier payment has to be found out first."""

    code = "payment-unsettled"


Reference = Annotated[str, Field(min_length=1, max_length=255)]


class Charged(BaseModel):
    """The provider's word for a charge, of which we can keep so much."""

    model_config = ConfigDict(hide_input_in_errors=True)

    reference: Reference


class Cancelled(BaseModel):
    """What cancelling a charge came to: its reference, where it had been made."""

    model_config = ConfigDict(hide_input_in_errors=True)

    reference: Reference | None


def charge_key(order_id: int, declined: int) -> str:
    """Name a charge for the provider."""
    return f"order-{order_id}-{declined}"


class PaymentClient:
    """The payment provider, behind a time limit, retries and a circuit breaker."""

    # region: payment-client
    TRANSIENT = (httpx.TransportError, TimeoutError, PaymentUnavailableError)

    def __init__(self, http: httpx.AsyncClient, settings: Settings) -> None:
        self._http = http
        self._timeout = settings.payment_timeout
        self._attempts = settings.payment_attempts
        self._backoff = settings.payment_backoff
        self.breaker = CircuitBreaker(
            "The payment provider",
            threshold=settings.breaker_threshold,
            reset_after=settings.breaker_reset_after,
            failures=self.TRANSIENT,
        )

    # endregion: payment-client

    # region: payment-charge
    async def charge(
        self, order_id: int, amount: Decimal, token: str, *, declined: int
    ) -> str:
        """Charge an order once, however often called, and return a reference.

        Its key changes with each refusal, which the provider would only repeat, but
        not with the token: after a lost answer another must not charge again.

        Raises:
            PaymentDeclinedError: The provider refused this payment.
            PaymentUnsettledError: One with another token may have been accepted.
            UpstreamUnavailableError: The provider could not be reached in time.
        """
        payment = {"amount": str(amount), "currency": "EUR", "token": token}
        # A retry is safe only because the provider knows that it is the same payment.
        headers = {"Idempotency-Key": charge_key(order_id, declined)}
        response = await self._post(order_id, "/charges", payment, headers)
        if response.status_code == HTTPStatus.PAYMENT_REQUIRED:
            detail = "The payment was declined"
            raise PaymentDeclinedError(detail)
        if response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY:
            detail = "Repeat the payment with the token it was begun with"
            raise PaymentUnsettledError(detail)
        return Charged.model_validate_json(response.raise_for_status().text).reference

    async def _post(
        self, order_id: int, path: str, body: object, headers: dict[str, str]
    ) -> httpx.Response:
        propagate.inject(headers)

        async def attempt() -> httpx.Response:
            async with self.breaker.guard(), asyncio.timeout(self._timeout):
                response = await self._http.post(path, json=body, headers=headers)
                if is_passing(response.status_code):
                    raise PaymentUnavailableError(response.status_code)
                return response

        try:
            return await retry(
                attempt,
                attempts=self._attempts,
                backoff=self._backoff,
                on=self.TRANSIENT,
            )
        except self.TRANSIENT as exc:
            log.warning("payment_unavailable", error=repr(exc), order_id=order_id)
            detail = "The payment provider is not answering"
            raise UpstreamUnavailableError(detail, retry_after=5) from exc

    # endregion: payment-charge

    async def cancel(self, order_id: int, *, declined: int) -> str | None:
        """Forbid the charge of an order, or return its reference if it came first.

        To ask alone is not enough: a charge whose answer was given up may be on its way
        still, and be accepted after the question.

        Raises:
            UpstreamUnavailableError: The provider could not be reached in time.
        """
        path = f"/charges/{charge_key(order_id, declined)}/cancel"
        response = await self._post(order_id, path, {}, {})
        return Cancelled.model_validate_json(response.raise_for_status().text).reference
