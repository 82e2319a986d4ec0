from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from comparison.cases import Case
from comparison.probes import Finding

BLOCK = re.compile(r"(<!-- comparison -->\n).*?(<!-- /comparison -->\n)", re.DOTALL)
HEAD = """\
| seed block | tried | what happens | our region | what happens |
| --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A line, and whether the seed fails in it and our service does not."""

    text: str
    expected: bool


def rows(
    cases: Sequence[Case], found: Mapping[str, Sequence[Finding | None]]
) -> list[Row]:
    """Put the findings on the seeds beside those on the reference service."""
    result = []
    for number, case in enumerate(cases):
        seed, ours = found[case.seed][number], found["reference"][number]
        if seed is None or ours is None:
            message = f"{case.probe} was not tried"
            raise ValueError(message)
        cells = [case.block, case.tried, seed[1], f"`{case.region}`", ours[1]]
        result.append(Row(f"| {' | '.join(cells)} |", ours[0] and not seed[0]))
    return result


def write(page: Path, table: Sequence[Row]) -> None:
    """Write the table between its markers."""
    lines = HEAD + "".join(f"{row.text}\n" for row in table)
    source = page.read_text(encoding="utf-8")
    if len(BLOCK.findall(source)) != 1:
        message = f"{page} has no place for the table"
        raise ValueError(message)
    new = BLOCK.sub(lambda block: f"{block[1]}\n{lines}\n{block[2]}", source)
    page.write_text(new, encoding="utf-8")
