"""Rules of settings that deny agents: what the model is told of, what is started, and what packlint says."""

from __future__ import annotations

import json
from pathlib import Path

from packlint.client import client
from packlint.inspection import describe
from tests.client.driver import drive
from tests.client.launching import read_listing
from tests.client.scripted_api import Call, Request, Turn
from tests.client.staging import commit_nothing
from tests.client.turns import in_turn
from tests.planted.checking import check, read

# What `deny` holds, whether `clerk` is denied by it, and whether packlint speaks.
CASES: dict[str, tuple[bool, bool]] = {
    "Agent(clerk)": (True, True),
    "Task(clerk)": (True, True),
    "Agent": (True, True),
    "Task": (True, True),
    "Agent(*)": (True, True),
    "Agent(Clerk)": (False, True),
    "Agent( clerk )": (False, True),
    "Agent(cl*)": (False, True),
    "Agent(Explore, clerk)": (False, True),
    "Agent(Explore)": (False, False),
    "Agent(desk:clerk)": (False, False),
}
_BODY = "You keep the desk."


def _model(request: Request) -> Turn:
    if request.tool_results or _BODY in request.system or not request.body.get("tools"):
        return "ok"
    arguments = {"description": "one", "prompt": "Go", "subagent_type": "clerk", "run_in_background": False}
    return [Call("Agent", arguments, "toolu_1")]


@in_turn("rule", CASES)
def test_whether_an_agent_is_denied(rule: str, binary: Path, version: str, tmp_path: Path) -> None:
    is_denied, is_told = CASES[rule]
    work, home = tmp_path / "work", tmp_path / "home"
    commit_nothing(work)
    for path, content in {
        home / ".claude.json": json.dumps({"projects": {str(work): {"hasTrustDialogAccepted": True}}}),
        work / ".claude/settings.json": json.dumps({"permissions": {"deny": [rule]}}),
        work / ".claude/agents/clerk.md": f"---\nname: clerk\ndescription: Keeps it. Use for it.\n---\n{_BODY}\n",
        work / ".claude/commands/go.md": "---\ndescription: Go on\ncontext: fork\nagent: clerk\n---\nGo on.\n",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    session = drive(binary, ["begin", "/go"], _model, work, home=home)
    assert "clerk" in session.init["agents"]
    first, forked = ([*session.requests[slice(*span)]] for span in session.spans)
    listed = {name for request in first for name in read_listing(request, session.init["agents"])}
    assert ("clerk" in listed) is not is_denied
    assert any(_BODY in request.system for request in first) is not is_denied
    assert any(_BODY in request.system for request in forked)
    agents = describe(read(work, version), client(version))["packs"][0]["agents"]
    assert [agent["denied_by"] for agent in agents] == [".claude/settings.json" if is_denied else None]
    assert any(problem.code == "PL022" for problem in check(work)) is is_told
