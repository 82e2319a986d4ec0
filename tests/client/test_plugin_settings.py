"""Settings that a plugin brings along: which agent the session runs as, and whether packlint says where it is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from packlint.problem import Severity
from tests.client.driver import drive
from tests.client.staging import PLUGIN, commit_nothing
from tests.client.turns import in_turn
from tests.planted.checking import check

_LINE = {"type": "command", "command": "true"}
_DENIED = {"permissions": {"deny": ["WebFetch"]}}
# What settings.json and `settings` in plugin.json say, and for each client whether the session runs as the agent.
CASES: dict[str, tuple[Any, Any, tuple[bool, bool]]] = {
    "its name": ({"agent": "clerk"}, None, (True, True)),
    "its whole name": ({"agent": f"{PLUGIN}:desk:clerk"}, None, (True, True)),
    "the end of its name": ({"agent": "desk:clerk"}, None, (True, True)),
    "another case": ({"agent": "Clerk"}, None, (False, False)),
    "a blank behind it": ({"agent": "clerk "}, None, (False, False)),
    "nobody's name": ({"agent": "ghost"}, None, (False, False)),
    "a number": ({"agent": 7}, None, (False, False)),
    "no JSON": ('{"agent": "clerk",}', None, (False, False)),
    "a byte order mark": ('\ufeff{"agent": "clerk"}', None, (False, False)),
    "a line of no type": ({"agent": "clerk", "subagentStatusLine": {"type": "x"}}, None, (False, True)),
    "a key that does nothing": ({"agent": "clerk", **_DENIED}, None, (True, True)),
    "in plugin.json": (None, {"agent": "clerk"}, (True, True)),
    "in plugin.json, beside nothing": ({}, {"agent": "clerk"}, (True, True)),
    "in plugin.json, beside others": ({"subagentStatusLine": _LINE}, {"agent": "clerk"}, (False, False)),
    "in plugin.json, nobody's name": (None, {"agent": "ghost"}, (False, False)),
}
# Where others stand in the settings' place, packlint says nothing; where they work, it may tell what does nothing.
_SILENT, _TOLD = {"in plugin.json, beside others"}, {"a key that does nothing"}
_BODY = "You keep the desk."


@in_turn("case", CASES, differ=lambda case: len({*CASES[case][2]}) > 1)
def test_the_agent_of_a_session(case: str, binary: Path, version: str, tmp_path: Path) -> None:
    own, declared, expected = CASES[case]
    cwd, plugin = tmp_path / "work", tmp_path / PLUGIN
    commit_nothing(cwd)
    manifest = {"name": PLUGIN, **({"settings": declared} if declared else {})}
    agent = f"---\nname: clerk\ndescription: Keeps the desk. Use for it.\n---\n{_BODY}\n"
    files: dict[str, Any] = {".claude-plugin/plugin.json": manifest, "agents/desk/clerk.md": agent}
    if own is not None:
        files["settings.json"] = own
    for path, content in files.items():
        (plugin / path).parent.mkdir(parents=True, exist_ok=True)
        (plugin / path).write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    session = drive(binary, ["begin"], lambda _: "ok", cwd, plugin=plugin)
    request = next(each for each in session.requests if each.body.get("tools"))
    assert (_BODY in request.system) is expected[version == "2.1.328"]
    assert "WebFetch" in request.offered_tools
    told = any(problem.severity is not Severity.INFO for problem in check(plugin))
    assert told is (case in _TOLD or (not all(expected) and case not in _SILENT))
