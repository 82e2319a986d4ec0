from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from app.core.errors import (
    AuthenticationError,
    ConflictError,
    DomainError,
    NotFoundError,
    PaymentDeclinedError,
    PermissionDeniedError,
    StaleVersionError,
    UpstreamUnavailableError,
)
from app.core.idempotency import KeyReusedError
from app.schemas.problem import InvalidField, Problem

log = structlog.get_logger(__name__)


# region: problem-response
class ProblemResponse(JSONResponse):
    """A response in the format of RFC 9457."""

    media_type = "application/problem+json"


def problem(
    request: Request,
    status: int,
    detail: str,
    *,
    code: str | None = None,
    errors: list[InvalidField] | None = None,
    headers: Mapping[str, str] | None = None,
) -> ProblemResponse:
    """Describe what went wrong; `code` names the kind of problem for programs.

    Without a code the status says it all, which RFC 9457 calls `about:blank`.
    """
    body = Problem(
        type=f"urn:problem:{code}" if code else "about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=quote(request.scope["path"]),
        request_id=getattr(request.state, "request_id", None),
        errors=errors,
    )
    content = body.model_dump(mode="json", exclude_none=True)
    return ProblemResponse(content, status_code=int(status), headers=headers)


# endregion: problem-response


# region: domain-to-http
STATUS_OF: Mapping[type[DomainError], HTTPStatus] = {
    NotFoundError: HTTPStatus.NOT_FOUND,
    ConflictError: HTTPStatus.CONFLICT,
    StaleVersionError: HTTPStatus.PRECONDITION_FAILED,
    AuthenticationError: HTTPStatus.UNAUTHORIZED,
    PermissionDeniedError: HTTPStatus.FORBIDDEN,
    KeyReusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    PaymentDeclinedError: HTTPStatus.PAYMENT_REQUIRED,
    UpstreamUnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
}


async def domain_error(request: Request, exc: DomainError) -> ProblemResponse:
    """Translate a domain error: the only place where the two worlds meet."""
    status = next(STATUS_OF[kind] for kind in type(exc).mro() if kind in STATUS_OF)
    if status is HTTPStatus.PRECONDITION_FAILED and "if-match" not in request.headers:
        # Without a precondition it cannot have failed; two writes have just collided.
        status = HTTPStatus.CONFLICT
    headers = {}
    if exc.retry_after is not None:
        headers["Retry-After"] = str(exc.retry_after)
    if status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return problem(request, status, exc.detail, code=exc.code, headers=headers)


# endregion: domain-to-http


def _place(error: Mapping[str, Any]) -> tuple[int | str, ...]:
    # What is no JSON has no places; the framework counts its characters.
    place: tuple[int | str, ...] = error["loc"][1:]
    return () if error["type"] == "json_invalid" else place


# region: validation-problem
def _pointer(parts: Iterable[int | str]) -> str:
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in parts)
    return "".join(f"/{part}" for part in escaped)


async def invalid_request(
    request: Request, exc: RequestValidationError
) -> ProblemResponse:
    """Say where a request is wrong, and never repeat what it said: it may be secret."""
    errors = [
        InvalidField(
            location=str(error["loc"][0]),
            pointer=_pointer(_place(error)),
            detail=error["msg"],
        )
        for error in exc.errors()
    ]
    detail = "The request does not have the documented form"
    return problem(request, 422, detail, code="invalid-request", errors=errors)


# endregion: validation-problem


# region: fallback-problems
@lru_cache(maxsize=1)
def _operations(app: FastAPI) -> list[tuple[re.Pattern[str], list[str]]]:
    return [
        (
            re.compile(re.sub(r"\{[^/]+\}", "[^/]+", path)),
            [*(m.upper() for m in methods), *(["HEAD"] if "get" in methods else [])],
        )
        for path, methods in app.openapi()["paths"].items()
    ]


async def http_error(request: Request, exc: HTTPException) -> ProblemResponse:
    """Describe the framework's own errors: no such path, method, or too long a body."""
    headers = dict(exc.headers or {})
    if exc.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        # The framework names the methods of the first route that has the path only.
        path = request.scope["path"].removeprefix(request.scope["root_path"])
        allowed = [
            method
            for pattern, methods in _operations(request.app)
            if pattern.fullmatch(path)
            for method in methods
        ]
        if allowed:
            headers["Allow"] = ", ".join(allowed)
    return problem(request, exc.status_code, str(exc.detail), headers=headers)


async def pool_exhausted(request: Request, _: PoolTimeoutError) -> ProblemResponse:
    """Shed load: all connections are busy, and a queue would only grow."""
    detail = "The service is overloaded"
    return problem(request, 503, detail, headers={"Retry-After": "1"})


async def not_reached(request: Request, exc: Exception) -> ProblemResponse:
    """Answer for what we depend on: lost and refused connections, time limits."""
    log.warning("not_reached", error=repr(exc))
    detail = "The service cannot answer at the moment"
    return problem(request, 503, detail, headers={"Retry-After": "5"})


# endregion: fallback-problems


# region: unexpected-error
async def unexpected_error(request: Request, exc: Exception) -> ProblemResponse:
    """Log a bug with its request, and tell the client nothing about it."""
    request_id = getattr(request.state, "request_id", None)
    log.error("unexpected_error", exc_info=exc, request_id=request_id)
    return problem(
        request,
        500,
        "An unexpected error has occurred",
        headers={"X-Request-ID": request_id} if request_id else None,
    )


# endregion: unexpected-error


# region: install-problems
def install_problem_handlers(app: FastAPI) -> None:
    """Make every error response a problem document."""
    handlers: dict[type[Exception], Any] = {
        DomainError: domain_error,
        RequestValidationError: invalid_request,
        HTTPException: http_error,
        PoolTimeoutError: pool_exhausted,
        OperationalError: not_reached,
        ConnectionError: not_reached,
        TimeoutError: not_reached,
        Exception: unexpected_error,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


# endregion: install-problems


# region: documented-problems
def problem_responses(*statuses: int) -> dict[int | str, dict[str, object]]:
    """Document the problems of a route for OpenAPI, any other as the default."""
    content = {
        ProblemResponse.media_type: {"schema": {"$ref": "#/components/schemas/Problem"}}
    }
    documented: dict[int | str, dict[str, object]] = {
        status: {"description": HTTPStatus(status).phrase, "content": content}
        for status in statuses
    }
    documented["default"] = {"description": "Any other problem", "content": content}
    return documented


# endregion: documented-problems
