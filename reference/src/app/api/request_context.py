from __future__ import annotations

import re
import time
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger(__name__)


# region: request-context
class RequestContextMiddleware:
    """Gives each request an id, in its log lines, its response and its problems.

    BaseHTTPMiddleware runs the application in another task: the log line would lack
    what an endpoint binds.
    """

    ACCEPTED_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wrap one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = Headers(scope=scope).get("x-request-id", "")
        if not self.ACCEPTED_ID.fullmatch(request_id):
            request_id = uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        status, started, ended = 500, time.perf_counter(), 0.0

        async def send_with_id(message: Message) -> None:
            nonlocal status, ended
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)
            ended = time.perf_counter()  # background tasks follow

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_id)
            finally:
                ended = ended or time.perf_counter()
                log.info(
                    "request",
                    method=scope["method"],
                    path=scope["path"],
                    status=status,
                    duration_ms=round((ended - started) * 1000, 1),
                )


# endregion: request-context
