from __future__ import annotations

import json
from pathlib import Path

import pytest

from packlint.cli import main
from tests.conftest import WritePack

NAME = ".packlint-baseline.json"
HEAD = "---\nname: reviewer\ndescription: Reviews Python changes. Use after an edit.\ntools: {}\n---\n"
BROKEN = HEAD.format("Read, bash") + "You review.\n"
GOOD = BROKEN.replace("bash", "Bash")
GONE = "Read `patterns/gone.md`.\n"


@pytest.fixture
def pack(write_pack: WritePack, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one finding; the current folder."""
    root = write_pack({"agents/reviewer.md": BROKEN, "patterns/x.md": "# X\n"})
    (root / ".git").mkdir()
    monkeypatch.chdir(root)
    return root


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    """The exit code, the codes found, and what stderr says."""
    capsys.readouterr()
    code = main(["check", "--format", "json", "--ignore", "RF009", *arguments])
    captured = capsys.readouterr()
    return code, [each["code"] for each in json.loads(captured.out)["problems"]] if captured.out else [], captured.err


def record(*arguments: str) -> int:
    return main(["baseline", "--ignore", "RF009", *arguments])


def test_recorded_findings_are_held_back_and_new_ones_reported(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(capsys) == (1, ["TL002"], "")
    assert record() == 0
    assert capsys.readouterr().out == f"1 finding recorded in {NAME}\n"
    assert check(capsys) == (0, [], "")
    (pack / "agents/reviewer.md").write_text(BROKEN + GONE)
    assert check(capsys) == (1, ["RF001"], "")


def test_the_summary_owns_up_to_what_is_held_back(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record() == 0
    capsys.readouterr()
    assert main(["check", "--ignore", "RF009", str(pack)]) == 0
    assert capsys.readouterr().out.endswith(": 0 errors, 0 warnings, 0 info; 1 more in the baseline.\n")


def test_the_file_is_sorted_stable_and_knows_no_line_numbers(pack: Path) -> None:
    (pack / "agents/reviewer.md").write_text(BROKEN + GONE + GONE)
    assert record() == 0
    text = (pack / NAME).read_text()
    recorded = json.loads(text)
    assert recorded["version"] == 1
    assert [{**each, "content": ""} for each in recorded["findings"]] == [
        {"path": "agents/reviewer.md", "code": "RF001", "content": "", "count": 2},
        {"path": "agents/reviewer.md", "code": "TL002", "content": "", "count": 1},
    ]
    (pack / "agents/reviewer.md").write_text(BROKEN + "\nMore.\n\n" + GONE + "\n  " + GONE)
    assert record() == 0
    assert (pack / NAME).read_text() == text
    assert [path.name for path in pack.iterdir() if path.name.startswith(".pack")] == [NAME]


def test_line_numbers_in_a_message_do_not_count(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twice = GOOD.replace("name: reviewer\n", "name: reviewer\nname: reviewer\n")
    (pack / "agents/reviewer.md").write_text(twice)
    assert "FM008" in check(capsys)[1]
    assert record() == 0
    (pack / "agents/reviewer.md").write_text(twice.replace("---\n", "---\n# moved\n", 1))
    assert check(capsys) == (0, [], "")


def test_the_file_has_the_mode_of_any_new_file(pack: Path) -> None:
    assert record() == 0
    (pack / "other").touch()
    assert (pack / NAME).stat().st_mode == (pack / "other").stat().st_mode
    (pack / NAME).chmod(0o600)
    (pack / "agents/reviewer.md").write_text(GOOD)
    assert record() == 0
    assert (pack / NAME).stat().st_mode & 0o777 == 0o600


def test_one_more_of_the_same_is_new(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pack / "agents/reviewer.md").write_text(GOOD + GONE)
    assert record() == 0
    (pack / "agents/reviewer.md").write_text(GOOD + GONE + GONE)
    assert check(capsys) == (1, ["RF001"], "")


def test_what_is_gone_is_pointed_out_until_it_is_recorded(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pack / "agents/reviewer.md").write_text(BROKEN + GONE + GONE)
    assert record() == 0
    (pack / "agents/reviewer.md").write_text(GOOD)
    words = "packlint: 3 findings of the baseline are gone; run `packlint baseline`\n"
    assert check(capsys) == (0, [], words)
    assert record() == 0
    assert check(capsys) == (0, [], "")
    assert json.loads((pack / NAME).read_text())["findings"] == []


def test_a_deleted_file_is_gone(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record() == 0
    (pack / "agents/other.md").write_text(GOOD.replace("reviewer", "other"))
    (pack / "agents/reviewer.md").unlink()
    assert check(capsys) == (0, [], "packlint: 1 finding of the baseline is gone; run `packlint baseline`\n")


@pytest.mark.parametrize(
    "narrowed",
    [
        pytest.param(["agents/other.md"], id="another file alone"),
        pytest.param(["--select", "NM"], id="other rules alone"),
    ],
)
def test_what_was_not_judged_is_neither_gone_nor_forgotten(
    narrowed: list[str], pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (pack / "agents/other.md").write_text(GOOD.replace("reviewer", "other"))
    assert record() == 0
    before = (pack / NAME).read_text()
    assert check(capsys, *narrowed) == (0, [], "")
    assert record(*narrowed) == 0
    assert (pack / NAME).read_text() == before


def test_a_rule_that_no_longer_exists_is_gone(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record() == 0
    (pack / NAME).write_text((pack / NAME).read_text().replace("TL002", "ZZ999"))
    assert check(capsys) == (1, ["TL002"], "packlint: 1 finding of the baseline is gone; run `packlint baseline`\n")


def test_it_is_found_from_every_folder(
    pack: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert record() == 0
    monkeypatch.chdir(pack / "agents")
    assert check(capsys) == (0, [], "")
    monkeypatch.chdir("/")
    assert check(capsys, str(pack)) == (0, [], "")
    assert record(str(pack)) == 0
    assert json.loads((pack / NAME).read_text())["findings"][0]["path"] == "agents/reviewer.md"


def test_it_does_not_reach_into_another_repository(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record() == 0
    (pack / NAME).rename(pack.parent / NAME)
    assert check(capsys) == (1, ["TL002"], "")


def test_a_new_one_is_written_at_the_top_of_the_project(
    pack: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pack / "agents")
    assert record() == 0
    assert capsys.readouterr().out == f"1 finding recorded in ../{NAME}\n"
    assert (pack / NAME).is_file()


def test_another_file_and_none_at_all(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record("--baseline", "known.json") == 0
    assert not (pack / NAME).exists()
    assert check(capsys) == (1, ["TL002"], "")
    assert check(capsys, "--baseline", "known.json") == (0, [], "")
    (pack / "known.json").rename(pack / NAME)
    assert check(capsys) == (0, [], "")
    assert check(capsys, "--no-baseline") == (1, ["TL002"], "")


def test_fix_mends_what_is_recorded_and_fails_for_nothing_else(pack: Path) -> None:
    (pack / "agents/reviewer.md").write_text(GOOD + GONE)
    assert record() == 0
    assert main(["fix", "--ignore", "RF009"]) == 0
    assert main(["fix", "--ignore", "RF009", "--no-baseline"]) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("{", "is not a baseline: ", id="not JSON"),
        pytest.param("[" * 100_000, "is not a baseline: ", id="nested beyond all measure"),
        pytest.param("\xff", "is not a baseline: ", id="not UTF-8"),
        pytest.param("[]", "is not a baseline; delete it", id="not an object"),
        pytest.param("{}", "is not a baseline; delete it", id="without a version"),
        pytest.param('{"version": true, "findings": []}', "is not a baseline; delete it", id="a version that is none"),
        pytest.param('{"version": 1}', "is not a baseline; delete it", id="without findings"),
        pytest.param('{"version": 1, "findings": [1]}', "is not a baseline; delete it", id="findings that are none"),
        pytest.param(
            '{"version": 1, "findings": [{"path": "a", "code": "b", "content": "c", "count": 0}]}',
            "is not a baseline; delete it",
            id="a finding counted never",
        ),
        pytest.param('{"version": 2, "findings": []}', "is a baseline of version 2, this packlint reads", id="foreign"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_usage_error(
    text: str, words: str, pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (pack / NAME).write_bytes(text.encode("latin-1"))
    for call in (["check"], ["baseline"], ["fix"]):
        assert main(call) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith(f"packlint: {pack / NAME} {words}")
        assert "run `packlint baseline`" in captured.err
    assert (pack / NAME).read_bytes() == text.encode("latin-1")


@pytest.mark.parametrize(
    "text", ["", "[project]\n", '{"version": 3}', '{"version": 1, "findings": 3}', '{"version": 2, "findings": []}']
)
def test_nobody_is_told_to_delete_what_may_be_another_programs_file(
    text: str, pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (pack / "pyproject.toml").write_text(text)
    for call in ("check", "baseline", "fix"):
        code, words = main([call, "--baseline", "pyproject.toml", str(pack)]), capsys.readouterr().err
        assert code == 2
        assert "pyproject.toml is " in words
        assert "give another path with --baseline" in words
        assert "delete" not in words
    assert (pack / "pyproject.toml").read_text() == text


def test_nobody_is_told_to_delete_what_cannot_be_read(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pack / NAME).mkdir()
    assert main(["check", "--baseline", NAME, str(pack)]) == 2
    words = capsys.readouterr().err
    assert f"{NAME} cannot be read: " in words
    assert "delete" not in words


def test_a_missing_file_that_was_asked_for_is_a_usage_error(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, words = check(capsys, "--baseline", "no.json", str(pack))
    assert (code, words) == (2, "packlint: no.json does not exist; run `packlint baseline` to write one\n")


def test_a_folder_that_cannot_be_written_leaves_nothing(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record("--baseline", "no/such/folder.json", str(pack)) == 2
    assert capsys.readouterr().err == "packlint: cannot write no/such/folder.json: No such file or directory\n"
