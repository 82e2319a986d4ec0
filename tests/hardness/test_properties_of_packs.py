"""What holds for every pack, whatever is in its files: of the loader, of fixes, of typed commands and of reports."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packlint import lint
from packlint.cli import main
from packlint.client import Client, client, clients
from packlint.config import Settings
from packlint.discover import discover
from packlint.discovery.layout import Layout
from packlint.frontmatter import read
from packlint.loading.loader import Role, load_agent, load_command
from packlint.mending import fixes, worth
from packlint.mending.patch import applied
from packlint.pack import Pack
from packlint.problem import Edit, Fix, Place, PlacedEdit, Problem, Severity
from packlint.prompts.expand import expand
from packlint.reporters import FORMATS, STATISTICS, Report, writer
from packlint.rules import RULES
from tests.hardness.calls import Call, check, steering
from tests.hardness.texts import anything, files, raw_files, steady

_PLACES = ("agents/dev.md", "commands/go.md", "patterns/index.md", "skills/help/SKILL.md")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plugin whose files each example writes anew."""
    root = tmp_path_factory.mktemp("pack")
    for place in (*_PLACES, "a.py"):
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text("# region: b\nx = 1\n# endregion: b\n" if place == "a.py" else "")
    return root


def _fill(folder: Path, raw: bytes) -> None:
    for place in _PLACES:
        (folder / place).write_bytes(raw)


def _packs(folder: Path, layout: Layout = Layout.PLUGIN, seen: Client | None = None) -> list[Pack]:
    return [Pack(root, seen or client(), folder) for root in discover([folder], layout)]


@steady
@given(files, st.sampled_from(list(Layout)), st.sampled_from(["dev", "a b", "-x", "Ü", "skill", "SKILL", "x.y"]))
def test_every_file_becomes_something(text: str, layout: Layout, stem: str) -> None:
    for seen in clients():
        found = read(text, strips_bom=seen.does("strips_bom"), refuses_nul=seen.does("refuses_nul"))
        agent = load_agent(found, Role(layout, "shop", ("sub", f"{stem}.md")), seen)
        assert set(agent.tools.granted) <= seen.known_tools
        assert not set(agent.tools.granted) & {each.token for each in agent.tools.dropped}
        assert agent.loaded or (layout is Layout.PROJECT and agent.reason)
        assert not agent.degraded or (layout is Layout.PLUGIN and agent.reason and agent.description)
        assert agent.invoke.endswith(agent.name)
        body = text[found.body :]
        command = load_command(found, Role(layout, "shop", ("sub", f"{stem}.md")), body, seen)
        assert command.invoke.startswith("/")
        assert all(placeholder in body for placeholder in command.placeholders)
        assert (
            len(command.description.encode("utf-16-le", "surrogatepass")) // 2 <= seen.command_listing["max_characters"]
        )


def _worths(folder: Path) -> list[tuple[bool, ...]]:
    packs = [pack for seen in clients() for pack in _packs(folder, seen=seen)]
    return [worth.of(file, pack.client) for pack in packs for file in (*pack.agents, *pack.commands)]


@steady
@given(files, st.booleans())
def test_fixes_come_to_an_end_and_lose_nothing(folder: Path, text: str, unsafe: bool) -> None:
    _fill(folder, text.encode())
    before = _worths(folder)
    found = [problem for problem in lint.check(_packs(folder), Settings()) if problem.fix is not None]
    changes, left, _ = fixes.fix(lambda: _packs(folder), lint.check, Settings(), unsafe=unsafe, write=True)
    assert not any(change.refused for change in changes.values())
    assert bool(changes) == any(problem.fix is not None and (unsafe or problem.fix.safe) for problem in found)
    assert [problem for problem in left if problem.fix is not None and (unsafe or problem.fix.safe)] == []
    if not unsafe:
        assert all(
            all(new >= old for old, new in zip(*pair, strict=True))
            for pair in zip(before, _worths(folder), strict=True)
        )
    again, _, _ = fixes.fix(lambda: _packs(folder), lint.check, Settings(), unsafe=unsafe, write=True)
    assert again == {}


@steady
@given(files)
def test_a_fix_silences_its_finding(folder: Path, text: str) -> None:
    _fill(folder, text.encode())
    for problem in lint.check(_packs(folder), Settings())[:12]:
        if problem.fix is None or not problem.fix.safe:
            continue
        path = folder / problem.path
        path.write_bytes(applied(text, problem.fix.edits).encode())
        left = lint.check(_packs(folder), Settings(select=(problem.code,)))
        assert not [each for each in left if _finding(each) == _finding(problem)], problem
        path.write_bytes(text.encode())


def _finding(problem: Problem) -> tuple[str, str, int, int, str]:
    return problem.path, problem.code, problem.place.line, problem.place.column, problem.message


@steady
@given(files, anything, st.sampled_from(list(Layout)))
def test_every_command_expands_to_a_prompt(folder: Path, text: str, typed: str, layout: Layout) -> None:
    _fill(folder, text.encode())
    for seen in clients():
        for pack in _packs(folder, layout, seen):
            for file in pack.commands:
                found = expand(file, pack, typed, folder, seen)
                assert isinstance(found.prompt, str)
                assert found.sent == (not found.stops)
                lines = [
                    *(note.line for note in (*found.stops, *found.unknown)),
                    *(block.line for block in found.blocks),
                ]
                assert all(1 <= line <= text.count("\n") + 1 for line in lines)


@steady
@given(raw_files, st.sampled_from(["text", "json", "sarif", "github", "junit"]))
def test_any_bytes_are_checked(folder: Path, capsys: pytest.CaptureFixture[str], raw: bytes, style: str) -> None:
    _fill(folder, raw)
    code = main(["check", "--no-cache", "--format", style, str(folder)])
    check(Call(code, *capsys.readouterr()))
    assert code in (0, 1)


_numbers = st.integers(1, 10**6)
_places = st.builds(Place, _numbers, _numbers, _numbers, _numbers)
_texts = st.text(max_size=20)
_fixes = st.one_of(st.none(), st.builds(Fix, _texts, st.just((Edit(0, 1, "x"),)), st.booleans()))
_problems = st.builds(
    Problem,
    _texts.filter(bool),
    _places,
    st.sampled_from(sorted(RULES)),
    st.sampled_from(["some-rule"]),
    st.sampled_from(list(Severity)),
    _texts,
    _texts,
    _fixes,
    st.lists(st.builds(PlacedEdit, _places, _texts), max_size=2).map(tuple),
)


@steady
@given(st.lists(_problems, max_size=4), st.booleans())
def test_every_report_is_well_formed(problems: Sequence[Problem], strict: bool) -> None:
    report = Report(problems, [], client(), strict=strict)
    written = {
        style: "".join(f"{line}\n" for line in writer(place)(report))
        for style, place in FORMATS.items()
        if style != "sarif"
    }
    written |= {f"counted {style}": "\n".join(writer(place)(report)) for style, place in STATISTICS.items()}
    assert not {style: steering(text) for style, text in written.items() if steering(text)}
    assert [each["message"] for each in json.loads(written["json"])["problems"]] == [each.message for each in problems]
    suites = ElementTree.fromstring(written["junit"])  # noqa: S314 - our own
    cases = suites.findall("testsuite/testcase")
    assert len(cases) == len({problem.path for problem in problems})
    lines = written["github"].splitlines()
    assert len(lines) == len(problems) + 1
    assert all(
        re.fullmatch(r"::(error|warning|notice) title=[^,]*,file=[^,]*,line=\d+,.*::.*", line) for line in lines[:-1]
    )
    assert len(written["text"].splitlines()) == 1 + len(problems) + sum(problem.fix is not None for problem in problems)
