from __future__ import annotations

import httpx

from app.core.resilience import is_passing


class MailUnavailableError(Exception):
    """The mail service answered that it cannot work now."""


class MailClient:
    """The mail service; it recognises a repeated message by its key."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def send(self, *, key: str, to: str, subject: str, text: str) -> None:
        """Hand a message over.

        Raises:
            MailUnavailableError: Trying again later may help.
            httpx.TransportError: The service could not be reached.
        """
        response = await self._http.post(
            "/messages",
            json={"to": to, "subject": subject, "text": text},
            headers={"Idempotency-Key": key},
        )
        if is_passing(response.status_code):
            raise MailUnavailableError(response.status_code)
        response.raise_for_status()
