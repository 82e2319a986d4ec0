"""Every planted defect is reported by its code, at its place, once, and by no other code."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from packlint.problem import Severity
from packlint.rules import RULES
from tests.planted.checking import check
from tests.planted.defects import DEFECTS
from tests.planted.plain import BOTH, PLUGIN, PROJECT, Defect

CASES = [pytest.param(defect, layout, id=f"{defect.id}, {layout}") for defect in DEFECTS for layout in defect.layouts]
# Rules about what a plugin alone has, or a project alone.
ONE_LAYOUT = {"TL016", "FM015", "NM004", "RF006", "RF007", "RF011", "RF013", "RF014", "SC002"}


@pytest.mark.parametrize(("defect", "layout"), CASES)
def test_a_defect_is_found_at_its_place_and_once(defect: Defect, layout: str, tmp_path: Path) -> None:
    found = check(defect.write(tmp_path / "pack", layout))
    named = [(each.path, each.place.line, each.place.column) for each in found if each.code == defect.code]
    assert named == [defect.place(layout)]
    others = {each.code for each in found if each.severity is not Severity.INFO} - {defect.code}
    assert others == set(defect.also)


@pytest.mark.parametrize("layout", BOTH)
def test_the_base_pack_has_no_defect(layout: str, tmp_path: Path) -> None:
    assert check(Defect("the base pack", {}).write(tmp_path, layout)) == []


def test_every_rule_is_planted_in_each_layout_where_it_applies() -> None:
    planted = Counter((defect.code, layout) for defect in DEFECTS for layout in defect.layouts)
    for code in RULES:
        one = code in ONE_LAYOUT or code.startswith("PL")
        assert planted[code, PLUGIN] + planted[code, PROJECT], f"{code} is not planted"
        assert one or (planted[code, PLUGIN] and planted[code, PROJECT]), f"{code} is planted in one layout only"


def test_the_table_is_as_large_as_it_should_be_and_names_each_defect_once() -> None:
    assert len(DEFECTS) >= 120
    assert len({defect.id for defect in DEFECTS}) == len(DEFECTS)
