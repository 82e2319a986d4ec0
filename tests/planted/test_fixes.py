"""Each fix of a planted defect silences its rule, and the client then sees the same or more."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from packlint.client import clients
from packlint.mending.patch import applied
from packlint.problem import Problem
from tests.planted.checking import check, read
from tests.planted.defects import DEFECTS
from tests.planted.plain import Defect

# The codes whose fix is known to come, so that a fix that is lost is seen.
FIXABLE = {
    "CM002", "CM003", "CM006", "CM008", "CM014", "FM002", "FM006", "FM009", "FM010", "FM011", "FM013", "FM014", "NM001",
    "PL009", "PL010", "PL021", "RF002", "RF005", "RF007", "RF012", "RF013", "RF014", "SN003", "TL001", "TL002", "TL003",
    "TL004", "TL011", "TL012", "TL015", "TL016", "TX001", "TX003", "TX004", "TX005", "TX006",
}  # fmt: skip
# An agent whose list of tools did nothing has all; a fix that makes the list count leaves those listed.
LIMITING = {"FM014"}
CASES = [pytest.param(defect, layout, id=f"{defect.id}, {layout}") for defect in DEFECTS for layout in defect.layouts]


@dataclass(frozen=True)
class Seen:
    """What one client makes of one agent, command or skill; `tools` are those that it gets or grants."""

    loaded: bool
    whole: bool
    tools: frozenset[str]
    description: int


def _seen(root: Path) -> dict[tuple[str, str], Seen]:
    found = {}
    for version in (each.version for each in clients()):
        for pack in read(root, version):
            for file in pack.agents:
                agent = file.agent(pack.client)
                tools = frozenset(agent.tools.granted) | ({"*"} if agent.tools.all else set())
                found[version, file.shown] = Seen(
                    agent.loaded, agent.loaded and not agent.degraded, tools, len(agent.description)
                )
            for file in (*pack.commands, *pack.skills):
                command = file.command(pack.client)
                tools = frozenset(command.allowed_tools) & pack.client.known_tools
                is_there = command.loaded and id(file) not in pack.hidden
                found[version, file.shown] = Seen(
                    is_there, not command.hidden_from_model, tools, len(command.description)
                )
    return found


def _mend(root: Path, problem: Problem) -> None:
    assert problem.fix is not None
    path = root / problem.path
    path.write_bytes(applied(path.read_bytes().decode(), problem.fix.edits).encode())


@pytest.mark.parametrize(("defect", "layout"), CASES)
def test_a_fix_silences_its_rule_and_the_client_sees_no_less(defect: Defect, layout: str, tmp_path: Path) -> None:
    problems = [each for each in check(defect.write(tmp_path / "found", layout)) if each.fix]
    for number, problem in enumerate(problems):
        root = defect.write(tmp_path / str(number), layout)
        before = _seen(root)
        limits = problem.code in LIMITING or _line(root, problem).startswith("disallowedTools")
        _mend(root, problem)
        left = check(root)
        assert not [each for each in left if (each.code, each.path, each.place) == _at(problem)], problem.message
        assert problem.code != defect.code or problem.code not in {each.code for each in left}
        for key, seen in _seen(root).items():
            _compare(before[key], seen, limits)


def _line(root: Path, problem: Problem) -> str:
    return (root / problem.path).read_bytes().decode().split("\n")[problem.place.line - 1]


def _at(problem: Problem) -> tuple[str, str, object]:
    return problem.code, problem.path, problem.place


def _compare(before: Seen, after: Seen, limits: bool) -> None:
    assert after.loaded >= before.loaded
    assert after.whole >= before.whole
    assert not before.whole or after.description >= before.description
    if before.whole and not limits:
        assert after.tools >= before.tools or "*" in after.tools


def test_every_fixable_rule_has_a_planted_defect_with_a_fix(tmp_path: Path) -> None:
    fixed = set()
    for number, defect in enumerate(DEFECTS):
        if defect.code in FIXABLE:
            found = check(defect.write(tmp_path / str(number), defect.layouts[0]))
            fixed |= {each.code for each in found if each.fix and each.code == defect.code}
    assert fixed == FIXABLE
