"""A sample of the labelled manifests, loaded again; tests/test_manifests.py compares packlint with all of them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.client.manifests import loaded
from tests.client.turns import sampled

_LABELLED = Path(__file__).parents[1] / "conformance/manifests.jsonl"
_EVERY = 12


def test_the_client_loads_what_it_loaded(binary: Path, version: str) -> None:
    rows = sampled([json.loads(line) for line in _LABELLED.read_text(encoding="utf-8").splitlines()], _EVERY, version)
    assert {row["id"]: loaded(binary, row) for row in rows} == {row["id"]: row["client"][version] for row in rows}
