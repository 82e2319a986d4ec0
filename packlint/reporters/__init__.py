"""Findings in the formats that people and machines read. Each format is one function of a module, in a table."""

from __future__ import annotations

from packlint.reporters.report import Report, number

__all__ = ["FORMATS", "STATISTICS", "Report", "number", "writer"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FORMATS = {
    "text": "plain.text",
    "json": "objects.as_json",
    "sarif": "sarif.log",
    "github": "github.commands",
    "junit": "junit.cases",
}

STATISTICS = {"text": "statistics.text", "json": "statistics.as_json"}


def writer(place: str) -> Callable[[Report], Iterable[str]]:
    """The function that stands in a table; its module is loaded only now."""
    module, _, function = place.partition(".")
    found: Callable[[Report], Iterable[str]] = getattr(
        __import__(f"packlint.reporters.{module}", fromlist=[function]), function
    )
    return found
