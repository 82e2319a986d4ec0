from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from math import ceil
from typing import TypeVar

from app.core.errors import UpstreamUnavailableError

ResultT = TypeVar("ResultT")

_RANDOM = random.SystemRandom()


# region: circuit-breaker
class CircuitBreaker:
    """Stops asking a dependency that keeps failing, and tries it again later.

    Closed until `threshold` failures in a row, then open: every call is refused at
    once. After `reset_after` seconds one probe is let through, and decides. Each
    process finds out by itself.
    """

    def __init__(
        self,
        name: str,
        *,
        threshold: int,
        reset_after: float,
        failures: tuple[type[Exception], ...],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._threshold = threshold
        self._reset_after = reset_after
        self._failure_types = failures
        self._clock = clock
        self._failures = 0
        self._closed_from = 0.0
        self._probing = False

    @asynccontextmanager
    async def guard(self) -> AsyncIterator[None]:
        """Run a call; only the named exceptions speak against the dependency."""
        probe = self._admit()
        try:
            yield
        except self._failure_types:
            self._failures += 1
            if probe or self._failures >= self._threshold:
                self._closed_from = self._clock() + self._reset_after
            raise
        else:
            # A call admitted before the opening says nothing about the time after it.
            if probe or self._failures < self._threshold:
                self._failures = 0
        finally:
            if probe:
                self._probing = False

    def _admit(self) -> bool:
        if self._failures < self._threshold:
            return False
        wait = self._closed_from - self._clock()
        if wait > 0 or self._probing:
            detail = f"{self._name} is not answering"
            raise UpstreamUnavailableError(detail, retry_after=max(1, ceil(wait)))
        self._probing = True
        return True


# endregion: circuit-breaker


# Too slow, still at it with the same key, too early, too many.
_NOT_NOW = frozenset({408, 409, 425, 429})


def is_passing(status: int) -> bool:
    """Tell whether a request that was answered so may do better later."""
    return status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _NOT_NOW


# region: retry
async def retry(
    call: Callable[[], Awaitable[ResultT]],
    *,
    attempts: int,
    backoff: float,
    on: tuple[type[Exception], ...],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> ResultT:
    """Repeat a call that may safely be repeated, for the named exceptions only.

    The wait is random up to a bound that doubles: clients that failed together must
    not come back together.
    """
    for attempt in range(attempts - 1):
        try:
            return await call()
        except on:
            await sleep(_RANDOM.uniform(0, backoff * 2**attempt))
    return await call()


# endregion: retry
