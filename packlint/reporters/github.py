"""Findings as annotations of GitHub Actions.

Evidence: the workflow commands of GitHub's documentation; its runner reads a property up to the next
`,` or `::` and undoes `%25 %0D %0A` in the message, `%3A %2C` in properties, too.
"""

from __future__ import annotations

from packlint.commandline.terminal import printable, tame
from packlint.problem import Problem, Severity
from packlint.reporters.plain import summary
from packlint.reporters.report import Report, remedy, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})


def commands(report: Report) -> Iterator[str]:
    """One command a finding, then the summary as a plain line of the log."""
    for problem in report.problems:
        yield _annotation(problem)
    yield summary(report)


def _annotation(problem: Problem) -> str:
    properties = {
        "title": f"{problem.code} {problem.name}",
        "file": problem.path,
        "line": str(problem.place.line),
        "endLine": str(problem.place.end_line),
        "col": str(problem.place.column),
    }
    written = ",".join(f"{key}={tame(value.translate(_IN_PROPERTY))}" for key, value in properties.items())
    lines = words(problem).split("\n")
    if fix := remedy(problem):
        lines.append(f"fix: {fix}")
    message = "\n".join(printable(line.rstrip("\r")) for line in lines)
    return f"::{_LEVELS[problem.severity]} {written}::{message.translate(_IN_DATA)}"
