"""Measures packlint's speed beside its peers and publishes it; `make bench-speed`."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path

from benchmarks.peers.install import ROOT
from benchmarks.speed.cases import SIZES
from benchmarks.speed.cost import RunError
from benchmarks.speed.figures import PAIRS, judgements
from benchmarks.speed.page import page
from benchmarks.speed.plot import draw
from benchmarks.speed.run import dumps, measure


def main() -> int:
    """Measure and publish; the exit code is 1 when a demand is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=PAIRS, help="how often everything is measured (default: 7)")
    parser.add_argument("--slow-rounds", type=int, default=3, help="the same for runs of more than 20 s (default: 3)")
    parser.add_argument("--largest", type=int, default=max(SIZES), help="leave out packs of more agents than this")
    parser.add_argument("--out", type=Path, metavar="DIR", help="for results, page and plot; else they are published")
    parser.add_argument("--render", action="store_true", help="write page and plot from the results there are")
    given = parser.parse_args()
    results_file, page_file = places(given.out)
    if not given.render:
        # An unhandled SIGTERM would end this process and leave what it runs behind.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            results = measure(given.rounds, given.slow_rounds, given.largest)
        except RunError as error:
            print(f"benchmarks.speed: {error}", file=sys.stderr)
            return 2
        results_file.write_text(dumps(results), "utf-8")
    results = json.loads(results_file.read_text("utf-8"))
    page_file.write_text(page(results), "utf-8")
    draw(results, page_file.with_suffix(".svg"))
    found = list(judgements(results))
    for each in found:
        print(each)
    return 0 if all(each.is_met for each in found) else 1


def places(out: Path | None) -> tuple[Path, Path]:
    """Where the results and the page belong."""
    if out is None:
        return ROOT / "benchmarks/speed/results.json", ROOT / "docs/performance.md"
    out.mkdir(parents=True, exist_ok=True)
    return out / "results.json", out / "performance.md"


if __name__ == "__main__":
    sys.exit(main())
