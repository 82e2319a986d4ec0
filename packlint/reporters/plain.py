"""Findings as text for people."""

from __future__ import annotations

from packlint.commandline.terminal import printable
from packlint.problem import Severity
from packlint.reporters.report import Report, number, remedy, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def text(report: Report) -> Iterator[str]:
    """One line a finding, a line for its fix where there is one, one line for the whole."""
    for problem in report.problems:
        place = problem.place
        where = f"{printable(problem.path)}:{place.line}:{place.column}:"
        code = _painted(problem.code, _COLORS[problem.severity], report.color)
        yield f"{_painted(where, '1', report.color)} {code} {printable(words(problem))} [{problem.severity}]"
        if fix := remedy(problem):
            yield f"    fix: {printable(fix)}"
    yield summary(report)


def summary(report: Report) -> str:
    """What was read, what was found, and by which client's eyes."""
    counts = report.counts
    *read, last = [number(counts[kind], kind[:-1]) for kind in ("agents", "commands", "skills", "documents")]
    found = [number(counts[kind], kind[:-1]) for kind in ("errors", "warnings")] + [f"{counts['infos']} info"]
    known = f"; {report.known} more in the baseline" if report.known else ""
    where = f"in {number(counts['packs'], 'pack')} as client {report.client.version}"
    return f"Read {', '.join(read)} and {last} {where}: {', '.join(found)}{known}."


def _painted(value: str, color: str, on: bool) -> str:
    return f"\x1b[{color}m{value}\x1b[0m" if on else value
