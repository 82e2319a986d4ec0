"""docs/seeds.md: every row points at something real, and no line of a seed is left out."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from .documents import PROMPTS, ROOT, named_tests, prompt, sections, text_of
from .test_demands import DEMANDS

TABLE = "docs/seeds.md"
SEEDS = ("000", "001", "002", "003", "004")
FOLDER = "PACKLINT_SEEDS"


class Row(NamedTuple):
    """One demand."""

    seed: str
    lines: str
    demand: str
    met: str
    proof: str


def rows(text: str) -> list[Row]:
    demands = text.partition("<!-- comparison -->")[0]
    table = [line for line in demands.splitlines() if line.startswith("|")]
    return [Row(*(cell.strip() for cell in line.strip("|").split(" | "))) for line in table[2:]]


ROWS = rows(text_of(TABLE))
EACH_ROW = pytest.mark.parametrize("row", ROWS, ids=[f"{row.seed}:{row.lines}" for row in ROWS])


def span(lines: str) -> range:
    first, _, last = lines.partition("-")
    return range(int(first), int(last or first) + 1)


def places(row: Row) -> list[tuple[str, str]]:
    return re.findall(r"`([\w./-]+)` \(([^)]+)\)", row.met)


def uncovered(text: str, covered: set[int]) -> list[int]:
    """The lines that say something and that no row covers."""
    return [number for number, line in enumerate(text.splitlines(), 1) if line.strip() and number not in covered]


def test_the_table_is_there() -> None:
    assert {row.seed for row in ROWS} == set(SEEDS)


@EACH_ROW
def test_row_names_lines_and_says_something(row: Row) -> None:
    assert 0 < len(span(row.lines)) <= 31, "one demand, not a chapter"
    assert span(row.lines).start >= 1
    assert len(row.demand.split()) >= 2


@EACH_ROW
def test_row_is_met_by_a_heading_that_exists(row: Row) -> None:
    assert len(places(row)) == len(row.met.split("; "))
    for path, heading in places(row):
        if heading in {"frontmatter", "opening"}:
            assert path in PROMPTS
        else:
            text = prompt(path).body if path in PROMPTS else text_of(path)
            assert heading in sections(text)


@EACH_ROW
def test_row_is_proved_by_a_test_that_exists(row: Row) -> None:
    assert row.proof
    for proof in row.proof.split("; "):
        match = re.fullmatch(
            r"`((?:tests/pack|tests/toolkit|reference/tests)/[\w/]+\.py)::(test_\w+)(?:\[([\w-]+)\])?`", proof
        )
        assert match, proof
        assert (ROOT / match[1]).is_file()
        assert match[2] in named_tests(match[1])
        if match[3]:
            path, heading, _ = DEMANDS[match[3]]
            assert (path, heading) in places(row)


def test_every_written_demand_belongs_to_a_row() -> None:
    cited = set(re.findall(r"test_demand\[([\w-]+)\]", text_of(TABLE)))
    assert cited == set(DEMANDS)


def test_a_line_that_no_row_covers_is_found() -> None:
    assert uncovered("one\n\n  \nfour\nfive\n", {1, 5}) == [4]
    assert list(span("3-5")) == [3, 4, 5]
    assert list(span("7")) == [7]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_line_of_the_seed_is_covered(seed: str) -> None:
    folder = os.environ.get(FOLDER)
    if not folder:
        pytest.skip(f"{FOLDER} does not name the folder of the seed documents")
    [path] = Path(folder).glob(f"{seed}*")
    text = path.read_text(encoding="utf-8")
    covered = {number for row in ROWS if row.seed == seed for number in span(row.lines)}
    assert uncovered(text, covered) == []
    assert max(covered) <= len(text.splitlines())
