from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog
from asyncpg.exceptions import InvalidCachedStatementError
from sqlalchemy import event, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from app.core.config import Settings

log = structlog.get_logger(__name__)

AfterCommit = Callable[[], Awaitable[None]]


# region: passing-errors
# SQLSTATE: connections, rollbacks, resources, operators and time limits, locks.
_PASSING = ("08", "40", "53", "57", "55P03")


def refine_error(context: ExceptionContext) -> OperationalError | None:
    """Make an OperationalError of what may pass by itself, as other drivers do.

    With asyncpg a lost connection is a bare DBAPIError, as a bug is, and whoever
    retries or answers 503 could not tell them apart.
    """
    error = context.original_exception
    if not isinstance(error, Exception):
        # A cancellation, which as an error would end nothing but this statement.
        return None
    # A failing row, as PostgreSQL quotes it, would be logged with its secrets.
    vars(error.__cause__ or error)["detail"] = None
    state = getattr(error, "sqlstate", None) or ""
    # Prepared before a migration has changed the table; it is prepared anew.
    outdated = isinstance(error.__cause__, InvalidCachedStatementError)
    if not (context.is_disconnect or outdated or state.startswith(_PASSING)):
        return None
    return OperationalError(context.statement, None, error, hide_parameters=True)


# endregion: passing-errors


# region: engine
def create_engine(settings: Settings) -> AsyncEngine:
    """Create the connection pool of one process.

    PostgreSQL's `max_connections` must hold pool_size + max_overflow for every process
    of every replica, and one more for its readiness. The waits are short on purpose: a
    request that cannot get a connection should fail while its client is still there.
    """
    statement_timeout_ms = round(settings.database_statement_timeout * 1000)
    engine = create_async_engine(
        settings.database_url,
        # An error is logged with its statement; hashes and addresses are no part of it.
        hide_parameters=True,
        pool_size=settings.database_pool_size,
        max_overflow=settings.database_max_overflow,
        pool_timeout=settings.database_pool_timeout,
        pool_recycle=settings.database_pool_recycle,
        pool_pre_ping=True,
        connect_args={
            "timeout": settings.database_pool_timeout,
            # PostgreSQL's own limit is of no use to whom its answer does not reach.
            "command_timeout": settings.database_statement_timeout + 1,
            "server_settings": {
                "application_name": settings.service_name,
                "statement_timeout": str(statement_timeout_ms),
                "idle_in_transaction_session_timeout": "30000",
            },
        },
    )
    event.listen(engine.sync_engine, "handle_error", refine_error)
    return engine


# endregion: engine


def create_probe(settings: Settings) -> AsyncEngine:
    """Create the one connection that readiness asks by.

    A pool that is busy is no outage: a replica taken away for that leaves its load to
    the others, which then go the same way.
    """
    alone = {"database_pool_size": 1, "database_max_overflow": 0}
    return create_engine(settings.model_copy(update=alone))


# region: unit-of-work
class UnitOfWork:
    """One transaction, and what must wait until it has been committed."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self._after_commit: list[AfterCommit] = []

    def after_commit(self, action: AfterCommit) -> None:
        """Run an action once the data is visible to everybody, and only then."""
        self._after_commit.append(action)

    async def keep(self) -> None:
        """Commit what a refusal has to leave behind; then raise it."""
        await self.session.commit()

    async def finish(self) -> None:
        """Run the waiting actions, each whatever became of the one before.

        Nothing can be rolled back any more, and an error would say that it was. What
        an action has left undone is repaired later, by a TTL or a sweep.
        """
        for action in self._after_commit:
            try:
                await action()
            except Exception as exc:
                log.exception("after_commit_failed", error=repr(exc))


class Database:
    """The only place that commits: requests, tasks and commands all come here."""

    def __init__(self, engine: AsyncEngine, probe: AsyncEngine) -> None:
        self.engine = engine
        self._probe = probe
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[UnitOfWork]:
        """Commit when the block ends, roll back when it raises."""
        async with self._sessions() as session:
            uow = UnitOfWork(session)
            async with session.begin():
                yield uow
        await uow.finish()

    # endregion: unit-of-work

    async def dispose(self) -> None:
        """Close the connections."""
        await self.engine.dispose()
        await self._probe.dispose()

    async def ping(self) -> None:
        """Wait for an answer of PostgreSQL."""
        async with self._probe.connect() as connection:
            await connection.execute(text("SELECT 1"))
