"""Nothing is reported on packs in which nothing is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from packlint.problem import Severity
from tests.planted.checking import check, read
from tests.planted.plain import Valid
from tests.planted.valid import VALID

CASES = [pytest.param(valid, layout, id=f"{valid.id}, {layout}") for valid in VALID for layout in valid.layouts]


@pytest.mark.parametrize(("valid", "layout"), CASES)
def test_a_valid_pack_raises_no_alarm(valid: Valid, layout: str, tmp_path: Path) -> None:
    root = valid.write(tmp_path / "pack", layout)
    alarms = [each for each in check(root) if each.severity is not Severity.INFO]
    assert [f"{each.path}:{each.place.line} {each.message}" for each in alarms if each.code not in valid.expects] == []
    assert {each.code for each in alarms} == set(valid.expects)


@pytest.mark.parametrize(("valid", "layout"), CASES)
def test_a_valid_pack_is_loaded_whole(valid: Valid, layout: str, tmp_path: Path) -> None:
    packs = read(valid.write(tmp_path / "pack", layout))
    agents = [(pack, file) for pack in packs for file in pack.agents if file.role.stem != "README"]
    assert agents or any(pack.commands or pack.skills for pack in packs)
    for pack, file in agents:
        agent = file.agent(pack.client)
        assert agent.loaded
        assert not agent.degraded
        assert agent.tools.all or agent.tools.granted or agent.tools.servers
    assert not any(id(file) in pack.hidden for pack in packs for file in (*pack.commands, *pack.skills))


def test_the_table_is_as_large_as_it_should_be_and_names_each_pack_once() -> None:
    assert len(VALID) >= 60
    assert len({valid.id for valid in VALID}) == len(VALID)
