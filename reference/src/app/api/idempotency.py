from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import Header, Request
from fastapi.security.utils import get_authorization_scheme_param
from pydantic import WithJsonSchema
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import domain_error, http_error, problem
from app.core.errors import AuthenticationError, DomainError
from app.core.idempotency import Claim, IdempotencyStore, StoredResponse
from app.core.security import TokenIssuer

# A structured-field string; the quotes may be left out.
KEY = re.compile(r'"[ !#-~]{1,255}"|[!#-~]{1,255}')
REPLAYED_HEADERS = (b"content-type", b"location", b"etag")
# What says "not now" or "not you" rather than what the request has led to.
NOT_FINAL = frozenset({401, 403, 408, 409, 425, 429})


async def idempotency_key(
    _: Annotated[
        str | None,
        # A header is there or it is not; null would be the text "null".
        WithJsonSchema({"type": "string", "pattern": f"^({KEY.pattern})$"}),
        Header(
            alias="Idempotency-Key",
            description="Repeat it to repeat the request without doing it again",
        ),
    ] = None,
) -> None:
    """Document the header; the middleware is what reads it."""


# region: idempotency-scope
def storage_key(request: Request, user_id: int, key: str) -> str:
    """Name what a key stands for: a user, an operation and the client's own word.

    The user is the token's subject, so that a key survives a new token.
    """
    parts = [str(user_id), request.method, request.scope["path"], key]
    return f"idempotency:{hashlib.sha256(json.dumps(parts).encode()).hexdigest()}"


def fingerprint(request: Request, body: bytes) -> str:
    """Recognise the same request when it comes back."""
    parts = [
        request.scope["query_string"].decode("latin-1"),
        request.headers.get("content-type", ""),
        hashlib.sha256(body).hexdigest(),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


# endregion: idempotency-scope


class IdempotencyMiddleware:
    """Executes a POST with an Idempotency-Key once and repeats its response.

    It stands outside of the routes because a response is final only after the commit.
    Redis is no part of that transaction: a crash in between, or a lock that could not
    be renewed in time, lets one repetition through.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    # region: idempotency-middleware
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wrap one request."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        key = request.headers.get("idempotency-key")
        user_id = self._user_id(request)
        if key is None or user_id is None:
            await self._app(scope, receive, send)
            return
        found = await self._begin(request, user_id, key)
        if isinstance(found, Claim):
            await self._execute(request, send, found)
        else:
            await found(scope, receive, send)

    # endregion: idempotency-middleware

    @staticmethod
    def _user_id(request: Request) -> int | None:
        # Without a valid token the route answers 401, and there is nothing to repeat.
        tokens: TokenIssuer = request.app.state.resources.tokens
        # Read as HTTPBearer reads it: what only the route can read has no key.
        header = request.headers.get("authorization")
        scheme, token = get_authorization_scheme_param(header)
        try:
            return tokens.verify(token) if scheme.lower() == "bearer" else None
        except AuthenticationError:
            return None

    async def _begin(
        self, request: Request, user_id: int, key: str
    ) -> Claim | Response:
        if not KEY.fullmatch(key):
            detail = "Idempotency-Key must be 1 to 255 printable characters"
            return problem(request, 400, detail, code="invalid-idempotency-key")
        store: IdempotencyStore = request.app.state.resources.idempotency
        try:
            body = await request.body()
            found = await store.begin(
                storage_key(request, user_id, key.strip('"')),
                fingerprint(request, body),
            )
        except ClientDisconnect:
            # Nobody hears it; raised, it would be logged as a bug.
            detail = "The request ended before its body"
            return problem(request, 400, detail)
        except HTTPException as exc:
            return await http_error(request, exc)
        except DomainError as exc:
            return await domain_error(request, exc)
        if isinstance(found, StoredResponse):
            headers = dict([*found.headers, ("Idempotent-Replayed", "true")])
            return Response(found.body, found.status, headers)
        return found

    # region: idempotency-execution
    async def _execute(self, request: Request, send: Send, claim: Claim) -> None:
        store: IdempotencyStore = request.app.state.resources.idempotency
        response, chunks, complete = Response(), list[bytes](), False

        async def hold(message: Message) -> None:
            nonlocal complete
            if message["type"] == "http.response.start":
                response.status_code = message["status"]
                response.raw_headers = list(message["headers"])
                return
            chunks.append(message.get("body", b""))
            if message.get("more_body"):
                return
            # Complete is committed, whatever a background task comes to after it.
            complete = True
            response.body = b"".join(chunks)
            if is_final(response):
                await store.finish(claim, to_store(response))
            else:
                await store.release(claim)
            await response(request.scope, request.receive, send)

        try:
            body = await request.body()
            async with store.held(claim):
                await self._app(request.scope, _replay(body, request.receive), hold)
        finally:
            if not complete:
                await store.release(claim)

    # endregion: idempotency-execution


def is_final(response: Response) -> bool:
    """Tell whether it is what the request has led to, and may be kept."""
    return (
        response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
        and response.status_code not in NOT_FINAL
        and "no-store" not in response.headers.get("cache-control", "")
    )


def to_store(response: Response) -> StoredResponse:
    """Keep what a repetition needs, and neither date nor request id."""
    headers = [
        (name.decode(), value.decode("latin-1"))
        for name, value in response.raw_headers
        if name in REPLAYED_HEADERS
    ]
    return StoredResponse(response.status_code, headers, bytes(response.body))


def _replay(body: bytes, rest: Receive) -> Callable[[], Awaitable[Message]]:
    messages = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Message:
        return next(messages, None) or await rest()

    return receive
