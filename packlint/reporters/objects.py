"""Findings as one JSON object."""

from __future__ import annotations

import json

from packlint.problem import Place, Problem
from packlint.reporters.report import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def as_json(report: Report) -> Iterator[str]:
    """The findings as one JSON object; docs/formats.md describes it."""
    yield json.dumps(
        {
            "version": 1,
            "client": report.client.version,
            "roots": [pack.shown_root for pack in report.packs],
            "counts": report.counts,
            "problems": [_problem(problem) for problem in report.problems],
        },
        indent=1,
    )


def _problem(problem: Problem) -> dict[str, Any]:
    fix = None
    if problem.fix is not None:
        edits = [{**_place(edit.place), "text": edit.text} for edit in problem.edits]
        fix = {"safe": problem.fix.safe, "description": problem.fix.description, "edits": edits}
    return {
        "path": problem.path,
        **_place(problem.place),
        "code": problem.code,
        "name": problem.name,
        "severity": problem.severity.value,
        "message": problem.message,
        "consequence": problem.consequence,
        "fix": fix,
        "url": problem.url,
    }


def _place(place: Place) -> dict[str, int]:
    return {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
