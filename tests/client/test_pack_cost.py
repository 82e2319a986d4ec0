"""What the installed pack adds to every session, in the requests that the real client sends."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from tests.client.conftest import Install
from tests.client.driver import clean_environment, drive
from tests.client.installed import PLUGIN
from tests.client.play import MAIN, Play
from tests.client.scripted_api import Request
from tests.client.staging import commit_nothing
from tests.pack.context_cost import BUDGETS, cost


def _characters(request: Request) -> int:
    return len(request.system) + sum(map(len, request.texts)) + len(json.dumps(request.body["tools"]))


def test_a_session_costs_what_the_readme_says(install: Install, binary: Path, tmp_path: Path) -> None:
    cwd = tmp_path / "work"
    commit_nothing(cwd)
    bare, play = Play({MAIN: ["Hello."]}), Play({MAIN: ["Hello."]})
    drive(binary, ["hello"], bare, cwd)
    install(PLUGIN, cwd).drive(["hello"], play)
    added = (_characters(play.requests[MAIN][0]) - _characters(bare.requests[MAIN][0])) / 4
    assert 0 < added <= BUDGETS["session"]
    assert abs(added - cost()["session"]) <= 60


def test_the_clients_own_estimate_is_within_the_budget(binary: Path, source: Path, tmp_path: Path) -> None:
    command = [str(binary), "--plugin-dir", str(source), "plugin", "details", "fastapi-pack"]
    environment = clean_environment(str(tmp_path), "http://127.0.0.1:9")
    said = subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True).stdout
    [always] = re.findall(r"Always-on: +~(\d+) tok", said)
    assert int(always) <= BUDGETS["session"]
    assert abs(int(always) - cost()["session"]) <= 60
