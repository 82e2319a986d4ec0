"""Loops and variables in shell blocks: what the labels of a session's first shell command go by."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.client.driver import drive


@pytest.mark.parametrize("line", ["for f in a b; do echo hi; done", "X=1; ls"])
@pytest.mark.parametrize(
    ("prompts", "runs"),
    [
        pytest.param(["/ship"], False, id="first"),
        pytest.param(["/look", "/ship"], True, id="after another"),
    ],
)
def test_a_setting_is_seen_through_once_a_shell_command_has_run(
    line: str, prompts: list[str], runs: bool, binary: Path, tmp_path: Path
) -> None:
    folder = tmp_path / ".claude/commands"
    folder.mkdir(parents=True)
    (folder / "look.md").write_text("Now: !`ls`\n")
    (folder / "ship.md").write_text(f"Now: !`{line}`\n\nThat is all.\n")
    session = drive(binary, prompts, lambda _: "done", tmp_path, seconds=60)
    said = str([request.body for request in session.requests])
    assert ("That is all." in said) is runs
