"""How often each rule found something, instead of the findings."""

from __future__ import annotations

import json

from packlint.problem import Severity
from packlint.reporters.plain import summary
from packlint.reporters.report import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def text(report: Report) -> Iterator[str]:
    """One line a rule, the most frequent first, then the summary."""
    rows = _rows(report)
    width = len(str(rows[0]["count"])) if rows else 0
    for row in rows:
        fixable = f" ({row['fixable']} fixable)" if row["fixable"] else ""
        yield f"{str(row['count']).rjust(width)}  {row['code']}  {row['name']}{fixable}"
    yield summary(report)


def as_json(report: Report) -> Iterator[str]:
    """The counts as one JSON object; docs/formats.md describes it."""
    found = {"version": 1, "client": report.client.version, "counts": report.counts, "statistics": _rows(report)}
    yield json.dumps(found, indent=1)


def _rows(report: Report) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for problem in report.problems:
        levels = {f"{severity}s": 0 for severity in Severity}
        fresh = {"code": problem.code, "name": problem.name, "count": 0, **levels, "fixable": 0}
        row = rows.setdefault(problem.code, fresh)
        row["count"] += 1
        row[f"{problem.severity}s"] += 1
        row["fixable"] += problem.fix is not None
    return sorted(rows.values(), key=lambda row: (-row["count"], row["code"]))
