"""Installs the peers, asks them, and writes results.json and the generated part of docs/peers.md; `make peers`."""

from __future__ import annotations

import argparse
import json

from benchmarks.peers.install import HERE, ROOT
from benchmarks.peers.page import page
from benchmarks.peers.run import measure
from tests.planted.defects import DEFECTS
from tests.planted.valid import VALID


def main() -> None:
    parser = argparse.ArgumentParser(description="Runs packlint's peers on the planted defects.")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="ask about one case in N only")
    results = measure(DEFECTS, VALID, parser.parse_args().every)
    (HERE / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    place = ROOT / "docs" / "peers.md"
    place.write_text(page(place.read_text("utf-8"), results), "utf-8")


if __name__ == "__main__":
    main()
