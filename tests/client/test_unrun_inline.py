"""A shell line is run only where it stands in back-ticks: what `CM014` goes by."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.client.driver import drive


@pytest.mark.parametrize(
    ("line", "runs"),
    [
        ("!`echo so''und`", True),
        ("!echo so''und", False),
        ("```\n!echo so''und\n```", False),
    ],
)
def test_a_line_without_back_ticks_is_not_run(line: str, runs: bool, binary: Path, tmp_path: Path) -> None:
    command = tmp_path / ".claude/commands/ship.md"
    command.parent.mkdir(parents=True)
    command.write_text(f"---\nallowed-tools: Bash\n---\nNow:\n\n{line}\n\nThat is all.\n")
    session = drive(binary, ["/ship"], lambda _: "done", tmp_path, seconds=60)
    said = str([request.body for request in session.requests])
    assert "That is all." in said
    assert ("sound" in said) is runs
