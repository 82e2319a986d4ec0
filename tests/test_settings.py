"""Which settings the clients heed: those of tests/conformance/settings.jsonl were all given to them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.planted.checking import check

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "conformance/settings.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_who_passes_over_the_whole_file(row: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / ".claude/commands").mkdir(parents=True)
    (tmp_path / ".claude/commands/std.md").write_text("---\ndescription: Does it\n---\nDo it.\n")
    (tmp_path / ".claude/settings.json").write_text(json.dumps(row["settings"]), encoding="utf-8")
    lost = {version for version, is_heeded in row["client"].items() if not is_heeded}
    assert {version for problem in check(tmp_path) for version in _losers(problem.consequence)} == lost


def _losers(consequence: str) -> list[str]:
    """The clients of which a finding says that they pass over the file."""
    said = re.search(r"clients? ([\d. and]+?) pass(?:es)? over the whole file", consequence)
    return said[1].split(" and ") if said else []
