"""Plugins that need others: which of a marketplace the clients load, and whether packlint says so."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from packlint.client import client
from packlint.discover import discover
from packlint.inspection import describe
from packlint.pack import Pack
from packlint.problem import Severity
from tests.client.driver import clean_environment, drive
from tests.client.staging import commit_nothing
from tests.client.turns import in_turn
from tests.planted.checking import check

_PLAIN: dict[str, Any] = {}
_INSTALLED, _REFUSED = True, False
# What the plugin `a` needs by its plugin.json, and by its entry, what the plugin.json of `b` beside it says, whether
# `a` is installed, and which of the two are loaded then.
CASES: dict[str, tuple[list[Any], dict[str, Any], dict[str, Any], bool, list[str]]] = {
    "none of that name": (["zz"], _PLAIN, _PLAIN, _INSTALLED, []),
    "one that is here": (["b"], _PLAIN, _PLAIN, _INSTALLED, ["a", "b"]),
    "another case": (["B"], _PLAIN, _PLAIN, _INSTALLED, []),
    "by its whole name": (["b@mk"], _PLAIN, _PLAIN, _INSTALLED, ["a", "b"]),
    "as an object": ([{"name": "b", "marketplace": "mk"}], _PLAIN, _PLAIN, _INSTALLED, ["a", "b"]),
    "a range in the name": (["b@^9.0.0"], _PLAIN, _PLAIN, _INSTALLED, ["a", "b"]),
    "itself": (["a"], _PLAIN, _PLAIN, _INSTALLED, ["a"]),
    "one that needs it": (["b"], _PLAIN, {"dependencies": ["a"]}, _INSTALLED, ["a", "b"]),
    "one that needs none of that name": (["b"], _PLAIN, {"dependencies": ["zz"]}, _INSTALLED, []),
    "one by the name in its plugin.json": (["bee"], _PLAIN, {"name": "bee"}, _INSTALLED, []),
    "a version that is here": ([{"name": "b", "version": "^1.0.0"}], _PLAIN, _PLAIN, _INSTALLED, ["a", "b"]),
    "a newer version": ([{"name": "b", "version": "^2.0.0"}], _PLAIN, _PLAIN, _INSTALLED, ["b"]),
    "no range": ([{"name": "b", "version": "latest"}], _PLAIN, _PLAIN, _REFUSED, []),
    "one of another marketplace": (["b@other"], _PLAIN, _PLAIN, _INSTALLED, []),
    "the entry needs none of that name": ([], {"dependencies": ["zz"]}, _PLAIN, _REFUSED, []),
    "the entry needs itself": ([], {"dependencies": ["a"]}, _PLAIN, _REFUSED, []),
    "the entry needs one of another marketplace": ([], {"dependencies": ["b@other"]}, _PLAIN, _REFUSED, []),
    "the entry needs another version": (
        [],
        {"dependencies": [{"name": "b", "version": "abc"}]},
        _PLAIN,
        _INSTALLED,
        ["a", "b"],
    ),
}
# What packlint says no more than a warning about: a tag, or a person, may help.
_DOUBTFUL = {"a newer version", "one of another marketplace", "the entry needs one of another marketplace"}


def _write(folder: Path, needs: list[Any], entry: dict[str, Any], other: dict[str, Any]) -> Path:
    first = {"name": "a", "version": "1.0.0", "dependencies": needs}
    entries = [{"name": "a", "source": "./a", **entry}, {"name": "b", "source": "./b"}]
    files: dict[str, Any] = {
        ".claude-plugin/marketplace.json": {"name": "mk", "owner": {"name": "n"}, "plugins": entries},
        "a/.claude-plugin/plugin.json": first,
        "b/.claude-plugin/plugin.json": {"name": "b", "version": "1.0.0", **other},
    }
    for name in ("a", "b"):
        files[f"{name}/agents/x.md"] = "---\nname: x\ndescription: Works on it. Use for it.\n---\nYou work.\n"
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


@in_turn("case", CASES)
def test_what_is_loaded_of_plugins_that_need_others(case: str, binary: Path, version: str, tmp_path: Path) -> None:
    needs, entry, other, installed, expected = CASES[case]
    cwd, home = tmp_path / "work", tmp_path / "home"
    commit_nothing(cwd)
    home.mkdir()
    source = _write(tmp_path / "mk", needs, entry, other)
    done = {}
    for arguments in (["marketplace", "add", str(source)], ["install", "a@mk"]):
        environment = clean_environment(str(home), "http://127.0.0.1:9")
        command = [str(binary), "plugin", *arguments]
        done[arguments[0]] = subprocess.run(command, cwd=cwd, env=environment, capture_output=True).returncode == 0
    assert done == {"marketplace": True, "install": installed}
    agents = drive(binary, ["begin"], lambda _: "ok", cwd, home=home).init["agents"]
    assert sorted({name.partition(":")[0] for name in agents if ":" in name}) == expected
    problems = [problem for problem in check(source) if problem.severity is not Severity.INFO]
    assert bool(problems) is ("a" not in expected)
    assert all(problem.severity is Severity.WARNING for problem in problems) is (case in _DOUBTFUL or not problems)
    if case not in _DOUBTFUL:
        found = describe([Pack(root, client(version), source) for root in discover([source])], client(version))
        loaded = {pack["name"] for pack in found["packs"] for agent in pack["agents"] if agent["loaded"]}
        assert loaded & {"a"} == {*expected} & {"a"}
