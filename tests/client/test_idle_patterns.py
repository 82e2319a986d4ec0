"""Patterns that cover no command, whatever was meant by them: what `TL017` goes by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from packlint.discovery.layout import Layout
from tests.client.driver import drive
from tests.client.label import label
from tests.client.staging import Sample, commit_nothing

_IDLE = (
    "touch:*, mkdir:*", "mkdir:*, touch:*", "touch:*,mkdir:*", "touch, mkdir", "touch *, mkdir *", "touch:* mkdir:*",
    "touch:*|mkdir:*", "touch|mkdir:*", "touch:*; mkdir:*", "touch:* ", " touch:*", "{touch,mkdir}:*",
    "(touch|mkdir):*", "[touch, mkdir]", "touch:**", "touch:", "'touch:*'", '"touch:*"', "/touch .*/", "^touch.*$",
    "touch:*)(mkdir:*",
)  # fmt: skip
_TWO = "touch:*), Bash(mkdir:*"


def test_no_command_is_granted_by_a_pattern_that_covers_none(binary: Path) -> None:
    text = "---\ndescription: d\nallowed-tools: {}\n---\n!`touch made`\nDo it.\n"
    samples = [
        Sample(f"g{number:02d}", f"commands/g{number:02d}.md", text.format(json.dumps(f"Bash({pattern})")).encode())
        for number, pattern in enumerate((_TWO, *_IDLE))
    ]
    found = label(binary, samples, Layout.PROJECT)
    assert {each.identity for each in samples if found[each.identity]["invoked"]} == {"g00"}


@pytest.mark.parametrize(
    ("pattern", "runs"), [("touch:*", False), ("touch:*, mkdir:*", True), ("touch *, mkdir *", True)]
)
def test_no_command_is_denied_by_one(pattern: str, runs: bool, binary: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    commit_nothing(work)
    for name, text in {
        "settings.json": json.dumps({"permissions": {"deny": [f"Bash({pattern})"]}}),
        "commands/go.md": "---\ndescription: d\nallowed-tools: Bash\n---\n!`touch made`\nDo it.\n",
    }.items():
        (work / ".claude" / name).parent.mkdir(parents=True, exist_ok=True)
        (work / ".claude" / name).write_text(text)
    drive(binary, ["/go"], lambda _: "ok", work)
    assert (work / "made").exists() is runs
