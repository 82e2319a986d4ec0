"""packlint lists the agents, commands and skills of whole packs under the names that the client gives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from packlint.client import client, clients
from packlint.inspection import describe
from tests.planted.checking import read
from tests.planted.whole_packs import WHOLE, Whole

VERSIONS = [each.version for each in clients()]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("whole", WHOLE, ids=lambda whole: whole.id)
def test_inspect_lists_what_the_client_lists(whole: Whole, version: str, tmp_path: Path) -> None:
    packs = read(whole.write(tmp_path, whole.layouts[0]), version)
    found = describe(packs, client(version))["packs"]
    agents = {each["invoke"] for pack in found for each in pack["agents"] if each["loaded"]}
    called = [each for pack in found for kind in ("commands", "skills") for each in pack[kind]]
    listed = [each for each in called if each["loaded"] and each["user_invocable"] and not each.get("waits_for")]
    assert agents == whole.agents
    assert {each["invoke"].removeprefix("/") for each in listed} == whole.commands
