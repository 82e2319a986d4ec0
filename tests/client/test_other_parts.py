"""Plugins without agents, commands, skills and hooks: a client loads them, and packlint judges their manifest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.client.driver import drive
from tests.client.staging import PLUGIN, commit_nothing

PARTS = {
    "output-styles/terse.md": "---\nname: Terse\ndescription: Says little\n---\nBe terse.\n",
    "themes/dusk.json": '{"name": "Dusk", "base": "dark", "overrides": {}}',
    ".lsp.json": '{"go": {"command": "gopls", "extensionToLanguage": {".go": "go"}}}',
    "monitors/monitors.json": '[{"name": "m", "command": "true", "description": "Waits"}]',
    "workflows/w.js": "export const meta = {name: 'w', description: 'Works'}\n",
}


@pytest.mark.parametrize("path", PARTS)
def test_the_client_loads_it(path: str, binary: Path, tmp_path: Path) -> None:
    cwd, plugin = tmp_path / "work", tmp_path / PLUGIN
    commit_nothing(cwd)
    for name, text in {".claude-plugin/plugin.json": json.dumps({"name": PLUGIN}), path: PARTS[path]}.items():
        (plugin / name).parent.mkdir(parents=True, exist_ok=True)
        (plugin / name).write_text(text, encoding="utf-8")
    init = drive(binary, ["begin"], lambda _: "ok", cwd, plugin=plugin).init
    assert PLUGIN in {each["name"] for each in init["plugins"]}
