"""The comparison in docs/seeds.md: the cases of the table, each with a region that is there."""

from __future__ import annotations

import re
import tomllib

import pytest

from .documents import ROOT, text_of

CASES: list[dict[str, str]] = tomllib.loads(text_of("reference/comparison/cases.toml"))["case"]
REGIONS = sorted({case["region"] for case in CASES})


def test_the_page_lists_exactly_the_cases() -> None:
    [table] = re.findall(r"<!-- comparison -->\n(.*?)<!-- /comparison -->", text_of("docs/seeds.md"), re.DOTALL)
    listed = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines() if line][2:]
    expected = [[case["block"], case["tried"], f"`{case['region']}`"] for case in CASES]
    assert [[row[0], row[1], row[3]] for row in listed] == expected, "run `make seeds-comparison`"
    assert all(seed != ours for _, _, seed, _, ours in listed)


@pytest.mark.parametrize("region", REGIONS)
def test_the_region_exists(region: str) -> None:
    path, name = region.split("#")
    assert (ROOT / "reference" / path).is_file()
    assert f"# region: {name}\n" in text_of(f"reference/{path}")


def test_each_block_of_the_glue_is_tried() -> None:
    glue = "".join(path.read_text() for path in (ROOT / "reference/comparison/glue").rglob("*.in"))
    assembled = set(re.findall(r"^# block (\d{3}-\d{2})", glue, re.MULTILINE))
    tried = {block for case in CASES for block in case["block"].split(", ")}
    assert assembled == tried
