"""Findings as a JUnit report: every file is a test case that passes or fails.

A failing file has one `failure` element that lists all its findings: the readers of this format differ in
what they make of several.
"""

from __future__ import annotations

from packlint import regex
from packlint.problem import Problem
from packlint.reporters.report import Report, number, remedy, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What XML 1.0 has no way to write, not even as a character reference.
_FORBIDDEN = regex.lazy("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans({
    "\x7f": "&#127;", "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;",
})  # fmt: skip


def cases(report: Report) -> Iterator[str]:
    """The report, element by element."""
    found: dict[str, list[Problem]] = {path: [] for path in report.paths}
    for problem in report.problems:
        found[problem.path].append(problem)
    failing = set(report.failing())
    failures = sum(any(problem in failing for problem in problems) for problems in found.values())
    totals = f'tests="{len(found)}" failures="{failures}" errors="0" skipped="0" time="0"'
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<testsuites name="packlint" {totals}>'
    yield f'<testsuite name="packlint" {totals}>'
    for path, problems in sorted(found.items()):
        fails = [problem for problem in problems if problem in failing]
        passes = [problem for problem in problems if problem not in failing]
        yield from _case(path, fails, passes)
    yield "</testsuite>"
    yield "</testsuites>"


def _case(path: str, fails: Sequence[Problem], passes: Sequence[Problem]) -> Iterator[str]:
    opening = f'<testcase classname="packlint" name="{_escaped(path)}" file="{_escaped(path)}" time="0"'
    if not fails and not passes:
        yield f"{opening}/>"
        return
    yield f"{opening}>"
    if fails:
        first, more = fails[0], len(fails) - 1
        message = words(first) + (f" (and {number(more, 'more finding')})" if more else "")
        listed = "\n".join(_escaped(line) for problem in fails for line in _lines(problem))
        yield f'<failure type="{first.code}" message="{_escaped(message)}">{listed}</failure>'
    if passes:
        listed = "\n".join(_escaped(line) for problem in passes for line in _lines(problem))
        yield f"<system-out>{listed}</system-out>"
    yield "</testcase>"


def _lines(problem: Problem) -> Iterator[str]:
    place = problem.place
    yield f"{problem.path}:{place.line}:{place.column}: {problem.code} {words(problem)} [{problem.severity}]"
    if fix := remedy(problem):
        yield f"    fix: {fix}"


def _escaped(value: str) -> str:
    """Text as XML in ASCII, fit for content and for attributes."""
    return _FORBIDDEN.sub("", value).translate(_ESCAPES).encode("ascii", "xmlcharrefreplace").decode("ascii")
