"""A sample of the labelled settings, given to the clients again; tests/test_settings.py compares packlint with all."""

from __future__ import annotations

import json
from pathlib import Path

from tests.client.settings import in_effect
from tests.client.turns import sampled

_LABELLED = Path(__file__).parents[1] / "conformance/settings.jsonl"
_EVERY = 20


def test_the_client_heeds_what_it_heeded(binary: Path, version: str) -> None:
    rows = sampled([json.loads(line) for line in _LABELLED.read_text(encoding="utf-8").splitlines()], _EVERY, version)
    assert {row["id"]: in_effect(binary, row["settings"]) for row in rows} == {
        row["id"]: row["client"][version] for row in rows
    }
