from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from app.core.database import Database
from app.core.errors import UpstreamUnavailableError

Check = Callable[[], Awaitable[object]]


class NotReadyError(UpstreamUnavailableError):
    """Something without which no request can be served is missing."""

    code = "not-ready"


def dependency_checks(database: Database, redis: Redis) -> Mapping[str, Check]:
    """List what readiness depends on.

    The payment provider is not among them: its outage must not take a replica away
    that can still serve everything else.
    """
    return {"postgresql": database.ping, "redis": redis.ping}


# region: readiness
async def check_readiness(checks: Mapping[str, Check], *, limit: float) -> None:
    """Run all checks at once, each within the time limit.

    Raises:
        NotReadyError: At least one dependency does not answer.
    """

    async def failed(check: Check) -> bool:
        try:
            async with asyncio.timeout(limit):
                await check()
        except (OSError, RedisError, SQLAlchemyError, TimeoutError):
            return True
        return False

    results = await asyncio.gather(*(failed(check) for check in checks.values()))
    down = [name for name, bad in zip(checks, results, strict=True) if bad]
    if down:
        detail = f"Not answering: {', '.join(down)}"
        raise NotReadyError(detail, retry_after=5)


# endregion: readiness
