"""Which hooks run for a tool of an MCP server: what `PL018` goes by."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.client.driver import drive
from tests.client.scripted_api import Call, Request, Turn
from tests.client.staging import commit_nothing
from tests.client.test_servers import SERVER

# Matchers, each with whether its hook runs for this tool.
_TOOL = "mcp__plugin_pk_issue-tracker__query"
_MATCHERS = {
    _TOOL: True,
    f"{_TOOL}, Edit": True,
    "mcp__.*": True,
    "Edit|mcp__.*": True,
    "^mcp__": True,
    "mcp__plugin_pk_issue-tracker__.*": True,
    "mcp__": False,
    "Edit|mcp__": False,
    "mcp__plugin_pk_issue-tracker": False,
    "mcp__plugin_pk_issue-tracker__": False,
    "Edit, mcp__plugin_pk_issue-tracker": False,
    "mcp__.*, Edit": False,
    "mcp__(*)": False,
    "mcp__[": False,
    "/mcp__/": False,
}


@pytest.mark.parametrize("event", ["PreToolUse", "PostToolUse"])
def test_letters_alone_are_a_whole_name(event: str, binary: Path, tmp_path: Path) -> None:
    work, plugin = tmp_path / "work", tmp_path / "pk"
    commit_nothing(work)
    groups = [
        {"matcher": matcher, "hooks": [{"type": "command", "command": f"touch '{tmp_path}/{number}'"}]}
        for number, matcher in enumerate(_MATCHERS)
    ]
    server = {"command": sys.executable, "args": ["-c", SERVER]}
    for name, value in {
        ".claude-plugin/plugin.json": {"name": "pk", "mcpServers": {"issue-tracker": server}},
        "hooks/hooks.json": {"hooks": {event: groups}},
    }.items():
        (plugin / name).parent.mkdir(parents=True, exist_ok=True)
        (plugin / name).write_text(json.dumps(value))

    def answer(request: Request) -> Turn:
        if not request.offered_tools or request.tool_results:
            return "done"
        return [Call(_TOOL, {}, "toolu_1")]

    drive(binary, ["begin"], answer, work, plugin=plugin, arguments=["--allowedTools", _TOOL], seconds=60)
    ran = {matcher: (tmp_path / str(number)).exists() for number, matcher in enumerate(_MATCHERS)}
    assert ran == _MATCHERS
