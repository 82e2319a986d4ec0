from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from app.core.errors import ConflictError, StaleVersionError


# region: write-conflicts
@asynccontextmanager
async def conflict_when(
    session: AsyncSession, taken: Callable[[], Awaitable[bool]], detail: str
) -> AsyncIterator[None]:
    """Write in a savepoint, and let the constraint decide who came first.

    Asking before the write proves nothing: somebody else may write in between. Asking
    after the constraint has refused tells which of the constraints it was; any other
    refusal is a bug and is raised as it is.
    """
    try:
        async with session.begin_nested():
            yield
    except IntegrityError as exc:
        if not await taken():
            raise
        raise ConflictError(detail) from exc


async def flush_current(session: AsyncSession, what: str) -> None:
    """Write changes, unless the row has changed since it was read."""
    try:
        await session.flush()
    except StaleDataError as exc:
        detail = f"{what} was changed by somebody else in the meantime"
        raise StaleVersionError(detail) from exc


# endregion: write-conflicts
