"""A hook's timeout counts seconds: what `PL021` goes by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.client.driver import drive


@pytest.mark.parametrize(("timeout", "ends_it"), [(1, True), (2000, False)])
def test_a_timeout_counts_seconds(timeout: int, ends_it: bool, binary: Path, tmp_path: Path) -> None:
    plugin, work, done = tmp_path / "pk", tmp_path / "work", tmp_path / "done"
    hook = {"type": "command", "command": f"sleep 4; touch '{done}'", "timeout": timeout}
    work.mkdir()
    for name, value in {
        ".claude-plugin/plugin.json": {"name": "pk"},
        "hooks/hooks.json": {"hooks": {"UserPromptSubmit": [{"hooks": [hook]}]}},
    }.items():
        (plugin / name).parent.mkdir(parents=True, exist_ok=True)
        (plugin / name).write_text(json.dumps(value))
    drive(binary, ["hello"], lambda _: "done", work, plugin=plugin, seconds=60)
    assert done.exists() is not ends_it
