"""What a gate is: a name, a verdict, the command that was run, and the lines that tell why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

MOST_LINES = 30
LONGEST_LINE = 300
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]")


class Verdict(StrEnum):
    """Only `failed` makes the whole fail, and only `passed` is evidence."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CONFIGURED = "not configured"
    NOT_RUN = "not run"


WORST_FIRST = (Verdict.FAILED, Verdict.NOT_RUN, Verdict.NOT_CONFIGURED, Verdict.PASSED)


@dataclass
class Result:
    """How one gate ended. `lines` are the telling ones: why it failed, or what is worth knowing although it did not."""

    gate: str
    verdict: Verdict
    reason: str = ""
    command: str = ""
    exit_code: int | None = None
    seconds: float = 0.0
    lines: list[str] = field(default_factory=list)


def together(gate: str, results: Sequence[Result]) -> Result:
    """One result for all the commands of a gate: the worst verdict, and what each of them said."""
    worst = min(results, key=lambda one: WORST_FIRST.index(one.verdict))
    commands = " && ".join(one.command for one in results if one.command)
    lines = [line for one in results for line in one.lines]
    seconds = sum(one.seconds for one in results)
    return Result(gate, worst.verdict, worst.reason, commands, worst.exit_code, seconds, lines)


def telling(lines: Sequence[str], most: int = MOST_LINES) -> list[str]:
    """So many lines of an output as a reader can bear, the first ones and the last ones, without control characters."""
    shown = [_CONTROL.sub("", line.rstrip())[:LONGEST_LINE] for line in lines]
    shown = [line for line in shown if line]
    if len(shown) <= most:
        return shown
    head = most * 2 // 3
    return [*shown[:head], f"... {len(shown) - most} more lines ...", *shown[head - most :]]
