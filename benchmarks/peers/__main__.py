"""Installs the peers, asks them, and writes results.json; `make peers`."""

from __future__ import annotations

import json

from benchmarks.peers.install import HERE
from benchmarks.peers.run import measure
from tests.planted.defects import DEFECTS
from tests.planted.valid import VALID


def main() -> None:
    results = measure(DEFECTS, VALID)
    (HERE / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
