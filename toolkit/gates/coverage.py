"""Branch coverage of the lines that changed since the base revision."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit.gates.base_revision import GitError
from toolkit.gates.gate import Result, Verdict
from toolkit.gates.setting import Setting
from toolkit.gates.suite import Suite
from toolkit.project.modules import is_test

DEMANDED = 90.0


@dataclass
class Tally:
    """Statements and branches of changed lines, and where the missed ones are."""

    met: int = 0
    all: int = 0
    missed: list[str] = field(default_factory=list)
    unmeasured: list[str] = field(default_factory=list)

    @property
    def percent(self) -> float:
        return 100.0 * self.met / self.all


def judge(setting: Setting, suite: Suite) -> Result:
    """Are at least 90 % of the changed lines, and of the branches that begin there, covered by the tests?"""
    missing = setting.unusable("coverage", "coverage")
    if missing is not None:
        return missing
    if suite.result.exit_code not in (None, 0, 1):
        return Result("coverage", Verdict.NOT_RUN, "the tests did not run to their end")
    if suite.unmeasured or not suite.report.get("files"):
        return Result("coverage", Verdict.NOT_RUN, suite.unmeasured or "nothing was measured")
    if setting.base.missing:
        return Result("coverage", Verdict.NOT_RUN, f"changed lines are not known: {setting.base.missing}")
    try:
        changed = setting.base.changed_lines()
    except GitError as error:
        return Result("coverage", Verdict.NOT_RUN, f"changed lines are not known: {error.reason}")
    return _result(_count(setting, suite.report, changed), suite.report)


def _result(tally: Tally, report: dict[str, Any]) -> Result:
    whole = f"all lines: {report.get('totals', {}).get('percent_covered', 0.0):.0f} %"
    left_out = [f"{path}: changed, and left out by the coverage configuration" for path in tally.unmeasured]
    if not tally.all:
        return Result("coverage", Verdict.NOT_RUN, f"no measured line changed; {whole}", lines=left_out)
    passed = tally.percent >= DEMANDED
    changed = "changed line" if tally.all == 1 else "changed lines and branches"
    reason = f"{tally.percent:.0f} % of {tally.all} {changed}; {whole}"
    verdict = Verdict.PASSED if passed else Verdict.FAILED
    return Result("coverage", verdict, reason, lines=[*tally.missed, *left_out])


def _count(setting: Setting, report: dict[str, Any], changed: dict[Path, set[int] | None]) -> Tally:
    measured = {(setting.folder / name).resolve(): data for name, data in report["files"].items()}
    tally = Tally()
    for path, lines in sorted(changed.items()):
        module = setting.overview.sources.modules.get(path)
        if module is None or is_test(module) or setting.overview.is_migration(path):
            continue
        data = measured.get(path.resolve())
        if data is None:
            tally.unmeasured.append(path.relative_to(setting.folder).as_posix())
            continue
        _add(tally, path.relative_to(setting.folder).as_posix(), data, _statements(module.tree, lines))
    return tally


def _statements(tree: ast.Module, lines: set[int] | None) -> set[int] | None:
    """Changed lines as coverage counts them: a statement over several lines counts where it begins."""
    if lines is None:
        return None
    begins: dict[int, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt | ast.ExceptHandler):
            body = getattr(node, "body", None) or getattr(node, "cases", None)
            first = body[0] if body else None
            last = getattr(first, "lineno", None) or getattr(getattr(first, "pattern", None), "lineno", None)
            end = last - 1 if last else node.end_lineno or node.lineno
            begins |= dict.fromkeys(range(node.lineno, max(end, node.lineno) + 1), node.lineno)
    return {begins.get(line, line) for line in lines}


def _add(tally: Tally, path: str, data: dict[str, Any], lines: set[int] | None) -> None:
    def counted(numbers: Iterable[int]) -> list[int]:
        return [number for number in numbers if lines is None or number in lines]

    missed = counted(data["missing_lines"])
    met = counted(data["executed_lines"])
    partly = counted(start for start, _ in data.get("missing_branches", ()))
    fully = counted(start for start, _ in data.get("executed_branches", ()))
    tally.met += len(met) + len(fully)
    tally.all += len(met) + len(missed) + len(fully) + len(partly)
    if missed:
        tally.missed.append(f"{path}: no test runs {_ranges(missed)}")
    if branches := sorted(set(partly) - set(missed)):
        tally.missed.append(f"{path}: a branch is never taken at {_ranges(branches)}")


def _ranges(numbers: list[int]) -> str:
    """Line numbers with neighbours joined: `line 3`, `lines 5-7, 9`."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    shown = ", ".join(str(one[0]) if len(one) == 1 else f"{one[0]}-{one[-1]}" for one in found)
    return f"line{'s'[: len(numbers) > 1]} {shown}"
