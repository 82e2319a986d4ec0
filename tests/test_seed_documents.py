"""The five requirement documents, exactly as they were written, judged as a pack of both layouts.

Their text is not part of this repository; PACKLINT_SEEDS names the folder that has it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
import yaml

from packlint import lint
from packlint.cli import main
from packlint.client import client
from packlint.config import Settings
from packlint.discover import discover
from packlint.discovery.layout import Layout
from packlint.pack import Pack
from packlint.problem import Problem, Severity

FOLDER = os.environ.get("PACKLINT_SEEDS")
pytestmark = pytest.mark.skipif(not FOLDER, reason="PACKLINT_SEEDS does not name the folder of the seed documents")

PLACES = {
    "000": "agents/feature-developer.md",
    "001": "agents/fastapi-backend-feature.md",
    "002": "agents/backend-developer.md",
    "003": "commands/implement.md",
    "004": "agents/python-fastapi-expert.md",
}


@pytest.fixture(params=list(Layout))
def pack(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    base = tmp_path / ".claude" if request.param is Layout.PROJECT else tmp_path
    for seed, place in PLACES.items():
        [source] = Path(FOLDER or "").glob(f"{seed}*")
        target = base / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
        target.chmod(0o640)
    if request.param is Layout.PLUGIN:
        (tmp_path / ".claude-plugin").mkdir()
        (tmp_path / ".claude-plugin/plugin.json").write_text('{"name": "seeds"}')
    return base


def problems(pack: Path, version: str | None = None) -> list[Problem]:
    packs = [Pack(root, client(version), pack) for root in discover([pack])]
    return lint.check(packs, Settings(client=version))


def places(found: list[Problem], code: str) -> list[str]:
    return [f"{each.path}:{each.place.line}:{each.place.column}" for each in found if each.code == code]


def test_the_broken_yaml_is_placed_and_said_to_be_recovered(pack: Path) -> None:
    [problem] = [each for each in problems(pack) if each.code == "FM006"]
    assert (problem.path, problem.place.line, problem.place.column) == (PLACES["001"], 3, 142)
    assert problem.severity is Severity.WARNING
    assert "'description'" in problem.message
    assert "clients 2.1.197 and 2.1.328 quote the value and load the file" in problem.consequence
    assert "`claude plugin validate` 2.1.197 and strict YAML parsers reject it" in problem.consequence


def test_all_mojibake_is_found_with_its_right_characters(pack: Path) -> None:
    found = [each for each in problems(pack) if each.code == "TX001"]
    assert [(each.path, each.place.line, each.edits[0].text) for each in found] == [
        (PLACES["001"], 22, "≥"),
        (PLACES["004"], 10, "🧠"),
        (PLACES["004"], 19, "🐍"),
        (PLACES["004"], 27, "🧭"),
        (PLACES["004"], 36, "⚡"),
        (PLACES["004"], 53, "🛠️"),
    ]


def test_missing_documents_and_the_withheld_tool_are_found(pack: Path) -> None:
    found = problems(pack)
    assert places(found, "RF001") == [f"{PLACES['002']}:28:5", f"{PLACES['002']}:29:5"]
    assert places(found, "TL013") == [f"{PLACES['002']}:34:1"]
    assert places(found, "TL009")[:1] == [f"{PLACES['002']}:4:33"]


@pytest.mark.parametrize("version", ["2.1.197", "2.1.328"])
def test_there_are_no_other_errors(pack: Path, version: str) -> None:
    assert {each.code for each in problems(pack, version) if each.severity is Severity.ERROR} == {"RF001"}


def test_fixing_changes_only_what_is_broken(pack: Path) -> None:
    before = {place: (pack / place).read_bytes() for place in PLACES.values()}
    main(["fix", str(pack)])
    after = {place: (pack / place).read_bytes() for place in PLACES.values()}
    changed = {
        place: [
            (old, new)
            for old, new in zip(before[place].split(b"\n"), after[place].split(b"\n"), strict=True)
            if old != new
        ]
        for place in PLACES.values()
    }
    assert {place: len(lines) for place, lines in changed.items() if lines} == {PLACES["001"]: 2, PLACES["004"]: 5}
    description = before[PLACES["001"]].split(b"\n")[2].decode().removeprefix("description: ")
    assert yaml.safe_load(after[PLACES["001"]].split(b"---\n")[1])["description"] == description
    assert {stat.S_IMODE((pack / place).stat().st_mode) for place in PLACES.values()} == {0o640}
    assert not {each.code for each in problems(pack)} & {"FM006", "TX001"}
    main(["fix", str(pack)])
    assert {place: (pack / place).read_bytes() for place in PLACES.values()} == after
