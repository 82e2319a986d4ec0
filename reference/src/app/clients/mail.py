from __future__ import annotations

import httpx


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
        if response.is_server_error:
            raise MailUnavailableError(response.status_code)
        response.raise_for_status()
