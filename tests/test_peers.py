from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.peers import judge
from benchmarks.peers.adapters import ADAPTERS, PACKLINT, Adapter, Finding, parsed
from benchmarks.peers.ask import Answer, ask, keep, kept, recall
from benchmarks.peers.install import HERE, ROOT, pinned
from benchmarks.peers.page import END, page
from benchmarks.peers.run import Case, changed, sampled
from packlint.cli import main
from packlint.rules import RULES
from tests.planted.defects import DEFECTS
from tests.planted.plain import Defect

PAGE = (ROOT / "docs" / "peers.md").read_text("utf-8")
RESULTS: dict[str, Any] = json.loads((HERE / "results.json").read_text("utf-8"))
FILE = "agents/reviewer.md"
RULE = re.compile(r"[A-Z]{2}\d{3}")


def ours() -> list[tuple[str, str]]:
    """Capability and packlint's cell, row by row."""
    table = PAGE.split("| capability | packlint |")[1].split("\n\n")[0]
    rows = [line.split(" | ") for line in table.splitlines()[2:]]
    return [(row[0].removeprefix("| "), row[1]) for row in rows]


def evidence(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_page_is_what_the_results_render_to() -> None:
    assert page(PAGE, RESULTS) == PAGE


def test_a_page_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="markers"):
        page(PAGE.replace(END, ""), RESULTS)


def test_every_pinned_peer_is_in_the_results_at_its_version_or_with_a_reason() -> None:
    assert list(RESULTS["tools"]) == ["packlint", *(peer.name for peer in pinned())]
    for peer in pinned():
        tool = RESULTS["tools"][peer.name]
        assert tool.get("version") == peer.version or tool["reason"]


def test_every_peer_has_an_adapter_and_a_column() -> None:
    assert list(ADAPTERS) == [peer.name for peer in pinned()]
    head = next(line for line in PAGE.splitlines() if line.startswith("| capability"))
    assert [name.strip() for name in head.strip("|").split("|")][1:] == ["packlint", *ADAPTERS]


def test_every_yes_of_packlint_names_its_evidence() -> None:
    rows = [(capability, cell) for capability, cell in ours() if cell.startswith("yes")]
    assert len(rows) > 30
    assert [capability for capability, cell in rows if not evidence(cell)] == []


def test_every_rule_that_the_page_names_for_packlint_exists() -> None:
    named = {each for _, cell in ours() for each in evidence(cell) if RULE.fullmatch(each)}
    assert len(named) > 30
    assert named - set(RULES) == set()


def test_no_file_in_which_a_defect_is_planted_is_said_to_be_left_alone() -> None:
    places = {Path(defect.place(layout)[0]).name for defect in DEFECTS for layout in defect.layouts}
    alone = {capability for capability, cell in ours() if cell.startswith("no")}
    assert "CLAUDE.md" in alone
    assert alone & places == set()


@pytest.mark.parametrize(
    "words", sorted({each for _, cell in ours() for each in evidence(cell) if each.startswith("packlint ")})
)
def test_every_command_that_the_page_names_for_packlint_exists(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, command, *options = words.split()
    assert main([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"packlint {command} " in shown
    for option in options:
        assert option in shown


def finding(message: str = "bad", path: str = FILE, level: str = "error", rule: str = "X1") -> Finding:
    return Finding(path, level, rule, message)


@pytest.mark.parametrize(
    ("found", "base", "expected"),
    [
        pytest.param([finding()], [], "caught", id="a new error in the file is a catch"),
        pytest.param([finding(level="warning")], [], "caught", id="so is a warning"),
        pytest.param([finding(level="info")], [], "advised", id="info is advice"),
        pytest.param([finding()], [finding()], "missed", id="what is said of the base pack, too, is no catch"),
        pytest.param([finding(), finding()], [finding()], "caught", id="unless it is said once more"),
        pytest.param([finding("26 of 50")], [finding("19 of 50")], "missed", id="a number that changed is not new"),
        pytest.param([finding(path="commands/ship.md")], [], "missed", id="another file is not the one concerned"),
        pytest.param([finding(path="agents")], [], "caught", id="the folder around the file counts"),
        pytest.param([finding(path="agent")], [], "missed", id="a folder is not the beginning of a name"),
        pytest.param([finding(path="")], [], "caught", id="a finding without a file counts"),
    ],
)
def test_verdict(found: list[Finding], base: list[Finding], expected: str) -> None:
    assert judge.verdict(Answer(tuple(found)), Answer(tuple(base)), {FILE}) == expected


def test_a_crash_is_no_miss() -> None:
    assert judge.verdict(Answer(crash="exit code 9"), Answer(), {FILE}) == "crashed"


def test_a_catch_in_words_that_fit_a_valid_pack_is_general() -> None:
    said = judge.serious_words([Answer((finding("unknown key 'tools'", path="agents/other.md"),))])
    general, exact = finding("unknown key 'tools'"), finding("unknown tool 'Foo'")
    assert judge.unspecific(Answer((general,)), Answer(), {FILE}, said)
    assert not judge.unspecific(Answer((general, exact)), Answer(), {FILE}, said)
    assert not judge.unspecific(Answer(()), Answer(), {FILE}, said)


def test_json_is_found_behind_progress_messages() -> None:
    assert parsed('checking...\n{"a": 1}\n') == {"a": 1}
    with pytest.raises(ValueError, match="no JSON"):
        parsed("Traceback")


def test_the_official_validator_is_asked_about_both_manifests(tmp_path: Path) -> None:
    folder = tmp_path / ".claude-plugin"
    folder.mkdir()
    (folder / "plugin.json").write_text("{}", "utf-8")
    ask = ADAPTERS["claude plugin validate"].arguments
    assert [each[-1] for each in ask(tmp_path)] == ["."]
    (folder / "marketplace.json").write_text("{}", "utf-8")
    assert [each[-1] for each in ask(tmp_path)] == [".", ".claude-plugin/plugin.json"]


def test_the_official_validator_is_asked_about_the_parts_of_a_plain_folder(tmp_path: Path) -> None:
    for name in ("agents", "docs", "skills"):
        (tmp_path / name).mkdir()
    ask = ADAPTERS["claude plugin validate"].arguments
    assert [each[-1] for each in ask(tmp_path)] == ["agents", "skills"]
    (tmp_path / ".claude").mkdir()
    assert [each[-1] for each in ask(tmp_path)] == ["."]


def test_a_defect_concerns_all_files_it_changes_and_the_place_it_declares() -> None:
    added = Defect("added", {"agents/writer.md": "¦text"})
    assert changed(added, "project") == {".claude/agents/writer.md"}
    linked = Defect("linked", {"commands/ship.md": None}, links={"agents/a.md": "../a.md"}, at="hooks/hooks.json")
    assert changed(linked, "plugin") == {"commands/ship.md", "agents/a.md", "hooks/hooks.json"}


def test_a_sample_takes_even_steps_and_leaves_no_rule_out() -> None:
    def case(name: str, code: str) -> Case:
        return Defect(name, {}, code=code), "plugin"

    listed = [case("a", "X1"), case("b", "X2"), case("c", "X1"), case("d", "X1"), case("e", "X3"), case("f", "X2")]
    assert sampled(listed, 1) == listed
    assert [each.id for each, _ in sampled(listed, 2)] == ["a", "b", "c", "e"]
    assert [each.id for each, _ in sampled(listed, 6)] == ["a", "b", "e"]


def test_an_answer_is_kept_and_recalled(tmp_path: Path) -> None:
    place = kept(tmp_path, ["agnix", "1.0", "plugin"])
    assert recall(place) is None
    answer = Answer((finding(),))
    keep(place, answer)
    assert recall(place) == answer
    assert kept(tmp_path, ["agnix", "1.1", "plugin"]) != place


SCRIPT = """
import json, os, sys
sys.stdout.write(json.dumps({"problems": [
    {"path": os.getcwd() + "/agents/a.md", "severity": "error", "code": "X1", "message": sorted(os.environ)[0]}
]}) if sys.argv[1] == "answer" else "Traceback")
sys.exit(7 if sys.argv[1] == "crash" else 1)
"""


@pytest.mark.parametrize(
    ("does", "crash"),
    [
        pytest.param("answer", None, id="findings with exit code 1 are an answer"),
        pytest.param("crash", "exit code 7", id="an exit code that is no answer is a crash"),
        pytest.param("babble", "the output is not its JSON", id="output that is not JSON is a crash"),
    ],
)
def test_a_run_is_an_answer_or_a_crash(does: str, crash: str | None, tmp_path: Path) -> None:
    pack = tmp_path / "shop"
    pack.mkdir()
    adapter = Adapter(lambda _: [["-c", SCRIPT, does]], PACKLINT.read)
    answer = ask(adapter, [sys.executable], pack, tmp_path)
    assert answer.crash == crash
    assert [found.path for found in answer.findings] == ([] if crash else ["agents/a.md"])
