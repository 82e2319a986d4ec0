"""Findings and packs as text or JSON. Each format is one function in a table."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from packlint.client import Client
from packlint.pack import File, Pack
from packlint.problem import Place, Problem, Severity

_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_UNPRINTABLE = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, ready to be written."""

    problems: Sequence[Problem]
    packs: Sequence[Pack]
    client: Client
    color: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """How much was read and how much was found."""
        levels = [problem.severity for problem in self.problems]
        return {
            "packs": len(self.packs),
            "agents": _distinct(file for pack in self.packs for file in pack.agents),
            "commands": _distinct(file for pack in self.packs for file in pack.commands),
            "documents": _distinct(file for pack in self.packs for file in pack.documents),
            "errors": levels.count(Severity.ERROR),
            "warnings": levels.count(Severity.WARNING),
            "infos": levels.count(Severity.INFO),
        }


def text(report: Report) -> Iterator[str]:
    """One line a finding, a line for its fix where there is one, one line for the whole."""
    for problem in report.problems:
        place = problem.place
        where = f"{printable(problem.path)}:{place.line}:{place.column}:"
        code = _painted(problem.code, _COLORS[problem.severity], report.color)
        words = problem.message + (f": {problem.consequence}" if problem.consequence else "")
        yield f"{_painted(where, '1', report.color)} {code} {printable(words)} [{problem.severity}]"
        if problem.fix is not None:
            command = "packlint fix" if problem.fix.safe else "packlint fix --unsafe"
            yield f"    fix: {printable(problem.fix.description)} ({command})"
    yield summary(report)


def summary(report: Report) -> str:
    """What was read, what was found, and by which client's eyes."""
    counts = report.counts
    read = [_number(counts[kind], kind[:-1]) for kind in ("agents", "commands", "documents")]
    found = [_number(counts[kind], kind[:-1]) for kind in ("errors", "warnings")] + [f"{counts['infos']} info"]
    where = f"in {_number(counts['packs'], 'pack')} as client {report.client.version}"
    return f"Read {read[0]}, {read[1]} and {read[2]} {where}: {', '.join(found)}."


def as_json(report: Report) -> Iterator[str]:
    """The findings as one JSON object; docs/formats.md describes it."""
    yield json.dumps(
        {
            "version": 1,
            "client": report.client.version,
            "roots": [root_name(pack) for pack in report.packs],
            "counts": report.counts,
            "problems": [_problem(problem) for problem in report.problems],
        },
        indent=1,
    )


FORMATS: dict[str, Callable[[Report], Iterable[str]]] = {"text": text, "json": as_json}


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


def root_name(pack: Pack) -> str:
    """A pack's root as reported: relative to where packlint was started."""
    return pack.shown_root


def printable(value: str) -> str:
    """Text that cannot move the cursor, hide or reorder what a terminal shows."""
    if value.isprintable():
        return value
    return "".join(char if char.isprintable() else _escaped(char) for char in value)


def _escaped(char: str) -> str:
    return _UNPRINTABLE.get(char) or char.encode("unicode_escape").decode("ascii")


def _painted(value: str, color: str, on: bool) -> str:
    return f"\x1b[{color}m{value}\x1b[0m" if on else value


def _distinct(files: Iterable[File]) -> int:
    """A file that two packs reach, as plugin and as project, is read once."""
    return len({os.path.realpath(file.document.path) for file in files})


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
