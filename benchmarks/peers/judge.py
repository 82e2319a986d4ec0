"""Turns what the peers said into caught, advised, missed and crashed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from benchmarks.peers.adapters import Finding
from benchmarks.peers.ask import Answer

CAUGHT, ADVISED, MISSED, CRASHED = "caught", "advised", "missed", "crashed"
_SERIOUS = ("error", "warning")
_NUMBER = re.compile(r"\d+")


def words(finding: Finding) -> tuple[str, str]:
    """Rule and message without numbers: a line number or a size that moved is no new finding."""
    return finding.rule, _NUMBER.sub("0", finding.message)


def concerns(finding: Finding, changed: Collection[str]) -> bool:
    """Whether the finding is about a changed file: it names the file, a folder that holds it, or no file at all."""
    return finding.path == "" or any(path == finding.path or path.startswith(f"{finding.path}/") for path in changed)


def news(answer: Answer, base: Answer, changed: Collection[str]) -> list[Finding]:
    """The findings about changed files that the peer does not report for the undamaged base pack."""
    known = Counter((finding.path, finding.level, *words(finding)) for finding in base.findings)
    fresh = []
    for finding in answer.findings:
        key = (finding.path, finding.level, *words(finding))
        if known[key]:
            known[key] -= 1
        elif concerns(finding, changed):
            fresh.append(finding)
    return fresh


def verdict(answer: Answer, base: Answer, changed: Collection[str]) -> str:
    """Caught at warning level or above, advised below it, missed, or crashed."""
    if answer.crash is not None:
        return CRASHED
    found = news(answer, base, changed)
    if any(finding.level in _SERIOUS for finding in found):
        return CAUGHT
    return ADVISED if found else MISSED


def unspecific(answer: Answer, base: Answer, changed: Collection[str], said: Collection[tuple[str, str]]) -> bool:
    """Whether all that catches a defect is something the peer also says, in the same words, of a valid pack."""
    serious = [finding for finding in news(answer, base, changed) if finding.level in _SERIOUS]
    return bool(serious) and all(words(finding) in said for finding in serious)


def serious_words(answers: Iterable[Answer]) -> set[tuple[str, str]]:
    """What is said, at warning level or above, in any of the answers."""
    return {words(finding) for answer in answers for finding in answer.findings if finding.level in _SERIOUS}


def errors(answer: Answer) -> list[Finding]:
    """The findings of error level."""
    return [finding for finding in answer.findings if finding.level == "error"]
