"""Which tools of MCP servers an agent has: of its own, and of its plugin's."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from packlint.client import client
from packlint.discover import discover
from packlint.pack import Pack
from tests.client.driver import drive
from tests.client.scripted_api import Call, Request, Turn
from tests.client.staging import commit_nothing
from tests.client.turns import in_turn

_BODY = "You keep the books."
# Answers as a server of two tools, `query` and `drop`.
SERVER = """
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if "id" not in asked:
        continue
    found = {}
    if asked["method"] == "initialize":
        found = {"protocolVersion": asked["params"]["protocolVersion"], "capabilities": {"tools": {}}}
        found["serverInfo"] = {"name": "books", "version": "1"}
    if asked["method"] == "tools/list":
        found = {"tools": [{"name": each, "inputSchema": {"type": "object"}} for each in ("query", "drop")]}
    print(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": found}), flush=True)
"""
_BOTH = ("drop", "query")
# Lines of an agent that brings the server `my.db`, each with the tools it has of it.
OWN = {
    "tools: Read": _BOTH,
    "tools: Reed": _BOTH,
    "tools:": _BOTH,
    "tools: mcp__my_db__query": _BOTH,
    "tools: mcp__other__query": _BOTH,
    "tools: Read\ndisallowedTools: mcp__my_db__drop": ("query",),
    "tools: Read\ndisallowedTools: mcp__my_db": (),
    "tools: Reed\ndisallowedTools: mcp__my_db": None,
}
# Tools of an agent whose plugin `pk` has the server `my.db`.
OF_PLUGIN = {
    "Read": (),
    "mcp__plugin_pk_my_db__query": ("query",),
    "mcp__plugin_pk_my_db": _BOTH,
    "mcp__plugin_pk_my_db__*": _BOTH,
    "Read, mcp__my_db__query": (),
    "Read, mcp__pk_my_db__query": (),
    "Read, mcp__plugin_pk_my.db__query": (),
}


def _started(binary: Path, folder: Path, agent: str, *, plugin: bool) -> set[str] | None:
    """The tools that the agent `books` is started with; None where the client starts it without any, or not at all."""
    cwd, home = folder / "work", folder / "home"
    commit_nothing(cwd)
    base = folder / "pk" if plugin else cwd / ".claude"
    server = {"command": sys.executable, "args": ["-c", SERVER]}
    files: dict[Path, Any] = {
        home / ".claude.json": {"projects": {str(cwd): {"hasTrustDialogAccepted": True}}},
        base / "agents/books.md": agent,
    }
    if plugin:
        files[base / ".claude-plugin/plugin.json"] = {"name": "pk", "mcpServers": {"my.db": server}}
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    name = "pk:books" if plugin else "books"
    sent: list[Request] = []

    def answer(request: Request) -> Turn:
        if _BODY in request.system:
            sent.append(request)
            return "ok"
        if not request.body.get("tools") or request.tool_results:
            return "ok"
        arguments = {"description": "d", "prompt": "go", "subagent_type": name, "run_in_background": False}
        return [Call("Agent", arguments, "toolu_1")]

    drive(binary, ["begin"], answer, cwd, home=home, plugin=base if plugin else None)
    return (sent[0].offered_tools or None) if sent else None


@in_turn("lines", OWN)
def test_an_agent_has_all_tools_of_its_own_servers(lines: str, binary: Path, version: str, tmp_path: Path) -> None:
    item = {"my.db": {"command": sys.executable, "args": ["-c", SERVER]}}
    head = f"name: books\ndescription: Keeps the books.\n{lines}\nmcpServers: {json.dumps([item])}"
    found = _started(binary, tmp_path, f"---\n{head}\n---\n{_BODY}\n", plugin=False)
    expected = OWN[lines]
    assert (None if found is None else _of_server(found, "mcp__my_db__")) == expected
    [root] = discover([tmp_path / "work"])
    [file] = Pack(root, client(version), tmp_path).agents
    tools = file.agent(client(version)).tools
    assert (tools.servers == ["my_db"]) is bool(expected)
    assert set(tools.granted) == {each for each in found or () if not each.startswith("mcp__")}


@in_turn("tools", OF_PLUGIN)
def test_the_server_of_a_plugin_has_a_name_of_its_own(tools: str, binary: Path, tmp_path: Path) -> None:
    agent = f"---\nname: books\ndescription: Keeps the books.\ntools: {tools}\n---\n{_BODY}\n"
    found = _started(binary, tmp_path, agent, plugin=True)
    assert found is not None
    assert _of_server(found, "mcp__plugin_pk_my_db__") == OF_PLUGIN[tools]


def _of_server(tools: set[str], prefix: str) -> tuple[str, ...]:
    return tuple(sorted(each.removeprefix(prefix) for each in tools if each.startswith(prefix)))
