from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks import pairing

Results = Mapping[str, Any]
Cell = Mapping[str, Any]

LIMIT_MS = 200.0
LIMIT_CONNECTIONS = 16
SERVICE, BARE, RAW = "service", "bare FastAPI", "raw ASGI"


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that at least this part of the values does not exceed (nearest rank)."""
    if not values:
        raise ValueError("there is no percentile of nothing")
    return sorted(values)[max(math.ceil(part * len(values)), 1) - 1]


def summary(rounds: Sequence[Sequence[float]], seconds: Iterable[float]) -> dict[str, Any]:
    """What is kept of the latencies of one target.

    The percentiles are those of the middle round: on a machine that others use, too, one bad moment would otherwise
    decide the p95 of the whole run.
    """
    each = [{"p50": round(percentile(r, 0.50), 3), "p95": round(percentile(r, 0.95), 3)} for r in rounds]
    return {
        "p50": median(one["p50"] for one in each),
        "p95": median(one["p95"] for one in each),
        "per_second": round(median(len(r) / s for r, s in zip(rounds, seconds, strict=True))),
        "rounds": each,
    }


def ratios(cell: Cell, other: str, measure: str) -> list[float]:
    """How many times as long the service took as another target, lowest round first."""
    service, baseline = ([each[measure] for each in cell["targets"][name]["rounds"]] for name in (SERVICE, other))
    return pairing.ratios(service, baseline)


def ratio(cell: Cell, other: str, measure: str = "p50") -> float:
    """The middle one of the rounds' ratios."""
    return median(ratios(cell, other, measure))


def slow_reads(results: Results) -> list[str]:
    """The reads that miss the demand: p95 under 200 ms at 16 connections, in the middle round."""
    reads = [each for each in results["cells"] if each["is_read"] and each["connections"] == LIMIT_CONNECTIONS]
    if not reads:
        raise ValueError(f"no read was measured at {LIMIT_CONNECTIONS} connections")
    return [each["case"] for each in reads if each["targets"][SERVICE]["p95"] >= LIMIT_MS]
