"""What the newest client lists of texts with characters that nobody sees: all of them stood in its list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from packlint.loading import unseen

LABELS = [
    json.loads(line)
    for line in (Path(__file__).parent / "conformance/unseen.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("label", LABELS, ids=lambda label: ascii(label["text"]))
def test_what_is_listed(label: dict[str, str]) -> None:
    assert unseen.without(label["text"]) == label["listed"]
