from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from os import pathsep
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from app.core.config import Settings
from tests.conftest import PROJECT, execute


# region: migration-test
def test_migrations_go_up_down_and_up_and_match_the_models(
    settings: Settings, alembic_config: Config
) -> None:
    command.downgrade(alembic_config, "base")
    command.upgrade(alembic_config, "head")
    command.check(alembic_config)


# endregion: migration-test


def test_there_is_one_head(alembic_config: Config) -> None:
    assert len(ScriptDirectory.from_config(alembic_config).get_heads()) == 1


# region: revision-test
def test_a_generated_revision_can_be_run_as_it_is(
    settings: Settings, alembic_config: Config, tmp_path: Path
) -> None:
    command.downgrade(alembic_config, "base")
    alembic_config.set_main_option("path_separator", "os")
    alembic_config.set_main_option("version_locations", str(tmp_path))
    try:
        command.stamp(alembic_config, "base", purge=True)
        command.revision(alembic_config, "all", autogenerate=True, rev_id="1")
        source = (tmp_path / "1_all.py").read_text()
        command.upgrade(alembic_config, "head")
        command.downgrade(alembic_config, "base")
    finally:
        alembic_config.remove_main_option("version_locations")
        command.upgrade(alembic_config, "head")
    assert source.startswith("from __future__ import annotations\n")
    assert "server_default=sa.func.now()" in source
    assert "app." not in source


# endregion: revision-test


async def fetch(url: URL, query: str) -> object:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        value: object = await connection.scalar(text(query))
    await engine.dispose()
    return value


def test_an_index_is_created_without_locking_the_table(
    settings: Settings, alembic_config: Config
) -> None:
    folders = [PROJECT / "migrations/versions", PROJECT / "tests/revisions"]
    alembic_config.set_main_option("path_separator", "os")
    alembic_config.set_main_option("version_locations", pathsep.join(map(str, folders)))
    url = make_url(settings.database_url)
    try:
        # What an attempt that failed has left is in the way.
        asyncio.run(execute(url, "CREATE INDEX ix_orders_status ON orders (id)"))
        with pytest.raises(DBAPIError, match="division by zero"):
            command.upgrade(alembic_config, "broken")
        # The index is there, and the revision that made it is not made again.
        version = asyncio.run(fetch(url, "SELECT version_num FROM alembic_version"))
        assert version == "concurrent_index"
        command.downgrade(alembic_config, "base")
    finally:
        alembic_config.remove_main_option("version_locations")
        command.upgrade(alembic_config, "head")


@contextmanager
def being_read(url: URL, table: str) -> Iterator[None]:
    """Keep a transaction open that has read a table, as a long report does."""
    engine = create_async_engine(url, poolclass=NullPool)
    with asyncio.Runner() as runner:
        connection = runner.run(engine.connect().start())
        # Lest a migration that does not give up wait for ever.
        limit = "SET idle_in_transaction_session_timeout = '20s'"
        runner.run(connection.execute(text(limit)))
        runner.run(connection.execute(text(f"SELECT count(*) FROM {table}")))
        try:
            yield
        finally:
            runner.run(connection.invalidate())
            runner.run(connection.close())


def test_a_migration_gives_up_a_table_that_is_in_use(
    settings: Settings, alembic_config: Config
) -> None:
    try:
        with (
            being_read(make_url(settings.database_url), "orders"),
            pytest.raises(DBAPIError, match="lock timeout"),
        ):
            command.downgrade(alembic_config, "base")
    finally:
        command.upgrade(alembic_config, "head")
