"""A plugin's command that is not there, or has other capitals: what `RF014` goes by."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.client.driver import drive


@pytest.mark.parametrize(("typed", "runs"), [("/pk:ship", True), ("/pk:Ship", False), ("/pk:ghost", False)])
def test_a_command_is_called_by_its_exact_name(
    typed: str, runs: bool, binary: Path, version: str, tmp_path: Path
) -> None:
    plugin, work = tmp_path / "pk", tmp_path / "work"
    work.mkdir()
    for name, text in {
        ".claude-plugin/plugin.json": '{"name": "pk"}',
        "commands/ship.md": "---\ndescription: Ships\n---\nShip the branch without delay.\n",
    }.items():
        (plugin / name).parent.mkdir(parents=True, exist_ok=True)
        (plugin / name).write_text(text)
    session = drive(binary, [typed], lambda _: "done", work, plugin=plugin, seconds=60)
    said = str([request.body for request in session.requests])
    assert ("Ship the branch without delay." in said) is runs
    if not runs and version == "2.1.197":
        assert session.results[0]["result"].startswith(f"Unknown command: {typed}")
