from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from app.core.config import Settings


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
