"""What `verify` found, as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit import markdown
from toolkit.gates.base_revision import Base
from toolkit.gates.gate import Result, Verdict
from toolkit.project.environment import Environment
from toolkit.project.overview import Overview


def table(results: list[Result]) -> Iterator[str]:
    """A Markdown table, and below it the telling lines of each gate that has some."""
    yield markdown.table(("gate", "verdict", "command", "exit code", "time"), map(_row, results))
    for one in results:
        if one.lines:
            yield ""
            yield f"{one.gate}: {one.verdict}"
            yield from (f"    {line}" for line in one.lines)


def _row(one: Result) -> tuple[str, ...]:
    verdict = f"{one.verdict}: {one.reason}" if one.reason.strip() else str(one.verdict)
    code = "" if one.exit_code is None else str(one.exit_code)
    time = f"{one.seconds:.1f} s" if one.command and one.seconds else ""
    return one.gate, verdict, markdown.code(one.command), code, time


def conclusion(results: list[Result]) -> str:
    """One line: which gates failed, and how many proved something."""
    failed = [one.gate for one in results if one.verdict == Verdict.FAILED]
    passed = sum(one.verdict == Verdict.PASSED for one in results)
    others = [one.gate for one in results if one.verdict in (Verdict.NOT_CONFIGURED, Verdict.NOT_RUN)]
    begin = f"failed: {', '.join(failed)}" if failed else "nothing failed"
    end = f"; no evidence: {', '.join(others)}" if others else ""
    return f"{begin}; {passed} of {len(results)} gate{'' if len(results) == 1 else 's'} passed{end}"


def header(overview: Overview, environment: Environment, base: Base) -> Iterator[str]:
    """What was judged, with which Python, against which revision."""
    yield f"project: {overview.folder}"
    if overview.unread:
        yield f"unread: {overview.unread}"
    yield f"python: {environment.python} ({environment.source})"
    yield f"base: {base.commit[:12]} ({base.how})" if base.commit else f"base: none ({base.missing})"


def write(path: Path, folder: Path, environment: Environment, base: Base, results: list[Result]) -> None:
    """Write all of it as JSON."""
    data: dict[str, Any] = {
        "version": 1,
        "project": str(folder),
        "python": {"path": str(environment.python), "source": environment.source},
        "base": {"commit": base.commit, "how": base.how} if base.commit else None,
        "failed": any(one.verdict == Verdict.FAILED for one in results),
        "gates": [
            {
                "gate": one.gate,
                "verdict": str(one.verdict),
                "reason": one.reason.strip(),
                "command": one.command,
                "exit_code": one.exit_code,
                "seconds": round(one.seconds, 3),
                "lines": one.lines,
            }
            for one in results
        ],
    }
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
