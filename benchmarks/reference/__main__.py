from __future__ import annotations

import argparse
import json
import signal
import sys

import uvloop

from benchmarks.reference.figures import slow_reads
from benchmarks.reference.page import TABLES, page, table
from benchmarks.reference.plot import draw
from benchmarks.reference.run import run
from benchmarks.reference.stage import ROOT

RESULTS = ROOT / "benchmarks/reference/results.json"
PAGE = ROOT / "docs/reference-performance.md"


def main() -> int:
    """Measure and publish; the exit code is 1 when a read is too slow."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reference", description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="how often everything is measured (default: 9)")
    parser.add_argument("--render", action="store_true", help="write page and plot from the results there are")
    options = parser.parse_args()
    if not options.render:
        # An unhandled SIGTERM would end this process and leave its servers behind.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        RESULTS.write_text(json.dumps(uvloop.run(run(options.rounds)), indent=1) + "\n")
    results = json.loads(RESULTS.read_text())
    PAGE.write_text(page(results))
    draw(results, PAGE.with_suffix(".svg"))
    for connections, title in TABLES:
        print(f"\n{title}\n{table(results, connections)}")
    slow = slow_reads(results)
    if slow:
        print(f"too slow: {', '.join(slow)}", file=sys.stderr)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
