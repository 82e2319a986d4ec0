"""What the clients load of a plugin, by its manifest: those of tests/conformance/manifests.jsonl were all loaded."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from packlint import refusal
from packlint.client import client, versions
from packlint.discover import discover
from packlint.inspection import describe
from packlint.pack import Pack
from packlint.problem import Severity
from tests.client.manifests import write
from tests.planted.checking import check

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "conformance/manifests.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_what_is_loaded_of_a_plugin_and_who_is_told_why_not(row: dict[str, Any], tmp_path: Path) -> None:
    root = write(tmp_path / "pk", row["manifest"], row.get("files", {}))
    for version, loaded in row["client"].items():
        [found] = discover([root])
        [said] = describe([Pack(found, client(version), root)], client(version))["packs"]
        said["commands"] += said["skills"]
        named = {
            kind: sorted(each["invoke"].removeprefix("/") for each in said[kind] if each["loaded"])
            for kind in ("commands", "agents")
        }
        assert (named if any(named.values()) else None) == loaded, version
        assert not any(each["tokens"]["always"] for kind in named for each in said[kind] if not each["loaded"])
    lost = {version for version, loaded in row["client"].items() if loaded is None}
    assert {version for problem in check(root) for version in _losers(problem.consequence)} == lost


def _losers(consequence: str) -> list[str]:
    """The clients of which a finding says that they do not load the plugin."""
    said = re.search(r"clients? ([\d. and]+?) do(?:es)? not load the plugin", consequence)
    return said[1].split(" and ") if said else []


_TILL = '{"name": "till", "source": "./till"%s}'


@pytest.mark.parametrize(
    ("name", "entries", "loaded"),
    [
        ("tools", [_TILL % "", _TILL.replace("till", "desk") % ""], ["desk", "till"]),
        ("tools", [_TILL % "", _TILL.replace("till", "desk") % ', "version": 1'], ["till"]),
        ("tools", [_TILL % ', "hooks": {"Nope": []}', _TILL.replace("till", "desk") % ""], ["desk"]),
        ("tools", [_TILL % ', "dependencies": ["safe"]', _TILL.replace("till", "desk") % ""], ["desk"]),
        ("tools", [_TILL % ', "commands": "x"', _TILL % "", _TILL.replace("till", "desk") % ""], ["desk"]),
        ("tools", [_TILL % "", '{"name": "till", "source": "./desk"}'], ["till"]),
        ("tools of mine", [_TILL % "", _TILL.replace("till", "desk") % ""], []),
    ],
)
def test_what_no_client_installs_is_not_loaded(
    name: str, entries: list[str], loaded: list[str], tmp_path: Path
) -> None:
    market = f'{{"name": "{name}", "owner": {{"name": "Ana"}}, "plugins": [{", ".join(entries)}]}}'
    command = "---\ndescription: Open it\n---\nOpen it.\n"
    files = {".claude-plugin/marketplace.json": market, "till/commands/go.md": command, "desk/commands/go.md": command}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    for version in versions():
        packs = [Pack(found, client(version), tmp_path) for found in discover([tmp_path])]
        described = describe(packs, client(version))["packs"]
        assert sorted(pack["name"] for pack in described for each in pack["commands"] if each["loaded"]) == loaded
        lost = [not each["loaded"] for pack in described for each in pack["commands"]]
        assert [bool(pack["errors"]) for pack in described] == lost
        assert [bool(refusal.find(pack)) for pack in packs] == lost
    assert bool([each for each in check(tmp_path) if each.severity is Severity.ERROR]) is (len(loaded) < 2)
