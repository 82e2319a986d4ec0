"""Runs the selected rules over packs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from packlint import suppression
from packlint.config import Settings
from packlint.document import Document
from packlint.pack import File, Pack
from packlint.problem import Finding, PlacedEdit, Problem
from packlint.rules import RULES, Rule

_UNREADABLE = "FM000"
_SUPPRESSIONS = "SU001"


def check(packs: Iterable[Pack], settings: Settings, progress: Callable[[str], None] | None = None) -> list[Problem]:
    """Every problem of the packs, sorted by place.

    Args:
        packs: what to look at.
        settings: which rules run.
        progress: called with each file's path before its rules run.
    """
    rules = [RULES[code] for code in settings.codes()]
    problems: set[Problem] = set()
    for pack in packs:
        for file in pack.files:
            if pack.is_wanted(file):
                if progress is not None:
                    progress(file.document.shown)
                problems |= set(_check_file(file, pack, rules, settings))
    return sorted(problems, key=lambda problem: problem.order)


def _check_file(file: File, pack: Pack, rules: Sequence[Rule], settings: Settings) -> Iterator[Problem]:
    document = file.document
    found = suppression.find(document, document.frontmatter(pack.client).body)
    ignored = settings.ignored_for(document.shown)
    for rule in rules:
        if file.kind not in rule.KINDS or (file.unreadable and rule.CODE != _UNREADABLE):
            continue
        if rule.CODE.startswith(ignored):
            continue
        for finding in suppression.apply(found, document, rule.CODE, rule.check(file, pack)):
            yield _problem(document, rule, finding)
    judge = next((rule for rule in rules if rule.CODE == _SUPPRESSIONS), None)
    if judge is not None and not _SUPPRESSIONS.startswith(ignored):
        for finding in suppression.faults(found, [rule.CODE for rule in rules]):
            yield _problem(document, judge, finding)


def _problem(document: Document, rule: Rule, finding: Finding) -> Problem:
    edits = finding.fix.edits if finding.fix else ()
    return Problem(
        path=document.shown,
        place=document.place(finding.start, finding.end),
        code=rule.CODE,
        name=rule.NAME,
        severity=finding.severity or rule.SEVERITY,
        message=finding.message,
        consequence=finding.consequence,
        fix=finding.fix if document.is_utf8 else None,
        edits=tuple(PlacedEdit(document.place(edit.start, edit.end), edit.text) for edit in edits),
    )
