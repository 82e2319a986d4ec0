from __future__ import annotations

import asyncio
from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import pool
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from app.core.config import get_settings
from app.models import Base


# region: migration-environment
def render_item(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Write defaults as SQLAlchemy names them, and not as this dialect spells them."""
    if kind == "server_default" and "now()" in str(getattr(item, "arg", "")):
        return "sa.func.now()"
    return False


def run_migrations(connection: Connection) -> None:
    """Run on an open connection, each revision in a transaction of its own.

    What one has done outside of a transaction is then on record, if the next one fails.
    """
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        compare_server_default=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


async def migrate() -> None:
    """Connect without a pool: a migration needs one connection once.

    While it waits for a table, everybody else waits behind it. So it gives up and can
    be run again; a second would end before an autovacuum has made way.
    """
    engine = create_async_engine(
        get_settings().database_url,
        poolclass=pool.NullPool,
        connect_args={"server_settings": {"lock_timeout": "3s"}},
    )
    async with engine.connect() as connection:
        await connection.run_sync(run_migrations)
        await connection.commit()
    await engine.dispose()


asyncio.run(migrate())
# endregion: migration-environment
