from __future__ import annotations

import asyncio

from sqlalchemy.exc import SQLAlchemyError

from app.core.database import Database
from app.core.errors import UpstreamUnavailableError


class NotReadyError(UpstreamUnavailableError):
    """Something without which no request can be served is missing."""

    code = "not-ready"


# region: readiness
async def check_readiness(database: Database, *, limit: float) -> None:
    """Ask what no request can be served without.

    That is neither Redis nor the payment provider. All replicas share them, and their
    outage would take all replicas away, although each can still serve the rest.

    Raises:
        NotReadyError: PostgreSQL does not answer within the limit.
    """
    try:
        async with asyncio.timeout(limit):
            await database.ping()
    except (OSError, SQLAlchemyError, TimeoutError) as exc:
        detail = "PostgreSQL is not answering"
        raise NotReadyError(detail, retry_after=5) from exc


# endregion: readiness
