"""Findings in the formats that people and machines read. Each format is one function in a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from packlint.reporters import github, junit, objects, plain, sarif, statistics
from packlint.reporters.plain import summary, text
from packlint.reporters.report import Report, number, printable, root_name

__all__ = ["FORMATS", "STATISTICS", "Report", "number", "printable", "root_name", "summary", "text"]

FORMATS: dict[str, Callable[[Report], Iterable[str]]] = {
    "text": plain.text,
    "json": objects.as_json,
    "sarif": sarif.log,
    "github": github.commands,
    "junit": junit.cases,
}

STATISTICS: dict[str, Callable[[Report], Iterable[str]]] = {"text": statistics.text, "json": statistics.as_json}
