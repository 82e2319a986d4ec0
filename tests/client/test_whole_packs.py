"""The real client lists whole packs as tests/planted/whole_packs.py says, by which packlint is tested."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.client.driver import drive
from tests.client.scripted_api import Request, Turn
from tests.client.turns import in_turn
from tests.planted.plain import PLUGIN
from tests.planted.whole_packs import WHOLE, Whole


def _listed(binary: Path, cwd: Path, plugin: Path | None) -> dict[str, Any]:
    cwd.mkdir(exist_ok=True)
    return drive(binary, ["hello"], _say_done, cwd, plugin=plugin, seconds=60).init


@pytest.fixture(scope="module")
def alone(binary: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the client lists where there is no pack."""
    return _listed(binary, tmp_path_factory.mktemp("nothing"), None)


@in_turn("whole", WHOLE, ids=lambda whole: whole.id)
def test_the_client_lists_the_pack(whole: Whole, binary: Path, alone: dict[str, Any], tmp_path: Path) -> None:
    root = whole.write(tmp_path / "pack", whole.layouts[0])
    is_plugin = whole.layouts[0] == PLUGIN
    listed = _listed(binary, tmp_path / "work", root) if is_plugin else _listed(binary, root, None)
    for key, expected in (("agents", whole.agents), ("slash_commands", whole.commands)):
        assert len(listed[key]) == len(set(listed[key]))
        assert set(listed[key]) - set(alone[key]) == expected - set(alone[key])
        assert expected <= set(listed[key])


def _say_done(_: Request) -> Turn:
    return "done"
