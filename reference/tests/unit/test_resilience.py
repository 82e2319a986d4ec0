from __future__ import annotations

from dataclasses import dataclass

import pytest

from app.core.errors import UpstreamUnavailableError
from app.core.resilience import CircuitBreaker, retry


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> CircuitBreaker:
    return CircuitBreaker(
        "It", threshold=2, reset_after=30, failures=(ConnectionError,), clock=clock
    )


async def fail(breaker: CircuitBreaker, error: type[Exception]) -> None:
    with pytest.raises(error):
        async with breaker.guard():
            raise error


async def succeed(breaker: CircuitBreaker) -> None:
    async with breaker.guard():
        pass


async def is_open(breaker: CircuitBreaker) -> int:
    with pytest.raises(UpstreamUnavailableError) as refused:
        await succeed(breaker)
    assert refused.value.retry_after is not None
    return refused.value.retry_after


# region: breaker-test
async def test_the_breaker_opens_lets_one_probe_through_and_closes(
    breaker: CircuitBreaker, clock: Clock
) -> None:
    await fail(breaker, ConnectionError)
    await succeed(breaker)
    for _ in range(2):
        await fail(breaker, ConnectionError)
    assert await is_open(breaker) == 30

    clock.now += 30
    async with breaker.guard():
        # Half open: while the probe runs, everybody else is still refused.
        assert await is_open(breaker) == 1
    for _ in range(3):
        await succeed(breaker)


async def test_a_failed_probe_opens_the_breaker_again(
    breaker: CircuitBreaker, clock: Clock
) -> None:
    for _ in range(2):
        await fail(breaker, ConnectionError)
    clock.now += 30
    await fail(breaker, ConnectionError)
    assert await is_open(breaker) == 30


# endregion: breaker-test


async def test_a_slow_success_from_before_the_opening_does_not_close_the_breaker(
    breaker: CircuitBreaker,
) -> None:
    async with breaker.guard():
        for _ in range(2):
            await fail(breaker, ConnectionError)
    assert await is_open(breaker) == 30


async def test_other_errors_say_nothing_about_the_dependency(
    breaker: CircuitBreaker, clock: Clock
) -> None:
    for _ in range(5):
        await fail(breaker, KeyError)
    await succeed(breaker)
    for _ in range(2):
        await fail(breaker, ConnectionError)
    clock.now += 30
    await fail(breaker, KeyError)
    await succeed(breaker)


class Flaky:
    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.waits: list[float] = []

    async def __call__(self) -> str:
        if self.errors:
            raise self.errors.pop(0)
        return "done"

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)


async def test_retry_waits_longer_each_time_and_returns_the_result() -> None:
    call = Flaky(ConnectionError(), ConnectionError())
    result = await retry(
        call, attempts=3, backoff=1, on=(ConnectionError,), sleep=call.sleep
    )
    assert result == "done"
    first, second = call.waits
    assert 0 <= first <= 1
    assert 0 <= second <= 2


async def test_retry_gives_up_with_the_last_error() -> None:
    call = Flaky(*(ConnectionError() for _ in range(3)))
    with pytest.raises(ConnectionError):
        await retry(
            call, attempts=3, backoff=1, on=(ConnectionError,), sleep=call.sleep
        )
    assert call.errors == []


async def test_retry_does_not_repeat_what_is_not_named() -> None:
    call = Flaky(TypeError(), ConnectionError())
    with pytest.raises(TypeError):
        await retry(
            call, attempts=3, backoff=1, on=(ConnectionError,), sleep=call.sleep
        )
    assert call.waits == []
