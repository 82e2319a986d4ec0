"""Findings as SARIF 2.1.0, for GitHub code scanning and editors."""

from __future__ import annotations

import json
from collections import Counter
from urllib.parse import quote

from packlint import __version__
from packlint.problem import PROJECT_URL, RULES_URL, Place, Problem, Severity
from packlint.reporters.report import Report, words
from packlint.rules import RULES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from packlint.rules import Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_FINGERPRINT = "packlintContent/v1"


def log(report: Report) -> Iterator[str]:
    """One run that lists every rule with its manual, found or not, and the findings."""
    driver = {
        "name": "packlint",
        "semanticVersion": __version__,
        "informationUri": PROJECT_URL,
        "rules": [_rule(rule) for rule in RULES.values()],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder in which packlint was started."}}},
        "columnKind": "unicodeCodePoints",
        "properties": {"client": report.client.version},
        "results": _results(report),
    }
    yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1)


def _rule(rule: Rule) -> dict[str, Any]:
    from packlint import manual

    return {
        "id": rule.CODE,
        "name": rule.NAME,
        "shortDescription": {"text": manual.summary(rule)},
        "help": {"text": manual.page(rule), "markdown": manual.section(rule)},
        "helpUri": f"{RULES_URL}#{manual.anchor(rule)}",
        "defaultConfiguration": {"level": _LEVELS[rule.SEVERITY]},
    }


def _results(report: Report) -> list[dict[str, Any]]:
    indices = {code: index for index, code in enumerate(RULES)}
    return [
        {
            "ruleId": problem.code,
            "ruleIndex": indices[problem.code],
            "level": _LEVELS[problem.severity],
            "message": {"text": words(problem)},
            "locations": [{"physicalLocation": {"artifactLocation": _file(problem), "region": _region(problem.place)}}],
            "partialFingerprints": {_FINGERPRINT: fingerprint},
            **_fixes(problem),
        }
        for problem, fingerprint in zip(report.problems, _fingerprints(report), strict=True)
    ]


def _fingerprints(report: Report) -> Sequence[str]:
    """Each finding's content and, behind a colon, which of its equals in the file it is."""
    from packlint import fingerprint

    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for problem, content in zip(report.problems, fingerprint.contents(report.problems, report.packs), strict=True):
        key = (problem.path, problem.code, content)
        seen[key] += 1
        found.append(f"{content}:{seen[key]}")
    return found


def _file(problem: Problem) -> dict[str, str]:
    path = quote(problem.path.encode("utf-8", "surrogateescape"))
    if problem.path.startswith("/"):
        return {"uri": f"file://{path}"}
    return {"uri": path, "uriBaseId": "%SRCROOT%"}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fixes(problem: Problem) -> dict[str, Any]:
    """The safe fix of a finding: a reader of SARIF cannot tell which fixes change the meaning."""
    if problem.fix is None or not problem.fix.safe or not problem.edits:
        return {}
    replacements = [
        {"deletedRegion": _region(edit.place), "insertedContent": {"text": edit.text}} for edit in problem.edits
    ]
    change = {"artifactLocation": _file(problem), "replacements": replacements}
    return {"fixes": [{"description": {"text": problem.fix.description}, "artifactChanges": [change]}]}
