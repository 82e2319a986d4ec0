from __future__ import annotations

import re
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import http_error

# region: body-limit
# A length of thousands of digits is no number that Python reads.
LENGTH = re.compile(r"[0-9]{1,18}")


class BodyLimitMiddleware:
    """Refuses long bodies, by their announced length or by what really arrives.

    FastAPI's own `max_body_size` does the same, but answers in plain text.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wrap one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        too_long = HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        announced = Headers(scope=scope).get("content-length", "0")
        if not LENGTH.fullmatch(announced) or int(announced) > self._limit:
            response = await http_error(Request(scope), too_long)
            await response(scope, receive, send)
            return
        received = 0

        async def receive_limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limit:
                raise too_long
            return message

        await self._app(scope, receive_limited, send)


# endregion: body-limit
