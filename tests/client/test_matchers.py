"""Which hooks run for a tool of an MCP server and for one of the client's own: what `PL018` goes by."""

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

# The same for Bash.
_FOR_BASH = {
    **dict.fromkeys(("Bash", " Bash", "Bash, Write", "!Edit|Bash", "(?i:bash)", "(?<name>Bash)", "Bash:*"), True),
    **dict.fromkeys(("^(?!Edit$)", "Bash|", "Bash||Write", "B.*sh", "Bash{1}", "Bash()", "[^E]+"), True),
    **dict.fromkeys(
        ("!Bash", "!(Bash)", "not Bash", "^(?!Bash$)", "(?i)bash", "Bash++", "^bash$", "Bash;Write"), False
    ),
    **dict.fromkeys(("Bash/Write", "Bash&Write", "@Bash", "'Bash'", "Bash and Write", "Bash OR Write"), False),
    **dict.fromkeys((r"Bash\Z", r"\ABash", "(?>Bash)", "(?P<n>Bash)", "(?x)Bash", "{Bash,Edit}", "tool:Bash"), False),
    **dict.fromkeys(("Bash{2,1}", "Bash, !Edit", "Bash\\", "*Bash"), False),
}


@pytest.mark.parametrize("event", ["PreToolUse", "PostToolUse"])
def test_letters_alone_are_a_whole_name(event: str, binary: Path, tmp_path: Path) -> None:
    assert _ran(binary, tmp_path, event, [*_MATCHERS], Call(_TOOL, {}, "toolu_1")) == _MATCHERS


@pytest.mark.parametrize("event", ["PreToolUse", "PostToolUse"])
def test_anything_else_is_an_expression_of_javascript(event: str, binary: Path, tmp_path: Path) -> None:
    call = Call("Bash", {"command": "pwd", "description": "where"}, "toolu_1")
    assert _ran(binary, tmp_path, event, [*_FOR_BASH], call) == _FOR_BASH


def _ran(binary: Path, folder: Path, event: str, matchers: list[str], call: Call) -> dict[str, bool]:
    """Whether the hook of each matcher runs for a call."""
    work, plugin = folder / "work", folder / "pk"
    commit_nothing(work)
    groups = [
        {"matcher": matcher, "hooks": [{"type": "command", "command": f"touch '{folder}/{number}'"}]}
        for number, matcher in enumerate(matchers)
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
        return [call]

    drive(binary, ["begin"], answer, work, plugin=plugin, arguments=["--allowedTools", call.tool], seconds=60)
    return {matcher: (folder / str(number)).exists() for number, matcher in enumerate(matchers)}
