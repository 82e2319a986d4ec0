"""Asks the project's own Python about its code: runs a script of `inside/` and reads its answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from toolkit.running.command import Runner

INSIDE = Path(__file__).parents[1] / "inside"
MOST_LINES = 8


def ask(runner: Runner, script: str, request: dict[str, Any], cwd: Path) -> dict[str, Any]:
    """Run a script with a request.

    Args:
        runner: how commands of the project are run.
        script: the script's name.
        request: what it reads.
        cwd: the folder it runs in.

    Returns:
        What it wrote: `found`, or `failure` with message, lines and whether the surroundings of the code are at fault;
        and `placeholders`, the settings that had no value. A variable without value is filled in at the second try.
    """
    first = _once(runner, script, {**request, "environment": False}, cwd)
    if "failure" not in first:
        return first
    second = _once(runner, script, {**request, "environment": True}, cwd)
    return first if "failure" in second else second


def _once(runner: Runner, script: str, request: dict[str, Any], cwd: Path) -> dict[str, Any]:
    result = runner.scratch / "answer.json"
    result.unlink(missing_ok=True)
    done = runner.run(runner.python(str(INSIDE / f"{script}.py"), str(result), json.dumps(request)), cwd=cwd)
    try:
        answer: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        lines = done.lines[-MOST_LINES:]
        return {"failure": {"message": f"no answer, exit code {done.code}", "lines": lines, "surroundings": False}}
    return answer
