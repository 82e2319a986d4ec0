from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from packlint.cli import main
from packlint.discovery.layout import Layout
from packlint.files.filesystem import MAX_BYTES
from tests.conftest import WritePack

GOOD = "---\nname: {}\ndescription: Reviews Python changes. Use after an edit.\ntools: Read\n---\n"
REVIEWER = GOOD.format("reviewer")
BROKEN = REVIEWER.replace("Read", "Read, bash")


@pytest.fixture
def pack(write_pack: WritePack, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plugin; the current folder."""
    root = write_pack(
        {
            "agents/reviewer.md": REVIEWER + "Read `${CLAUDE_PLUGIN_ROOT}/patterns/new.md`.\n",
            "commands/go.md": "---\ndescription: Go\n---\nRead `patterns/old.md`. $ARGUMENTS\n",
            "patterns/old.md": "# Old\n",
        }
    )
    monkeypatch.chdir(root)
    return root


def judge(
    text: str | bytes, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *more: str
) -> tuple[int, list[str]]:
    """The exit code, and path, line and code of each finding."""
    raw = text.encode() if isinstance(text, str) else text
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), "utf-8"))
    code = main(["check", "--stdin-filename", name, "--format", "json", *more])
    captured = capsys.readouterr()
    assert captured.err == ""
    problems = json.loads(captured.out)["problems"]
    return code, [f"{each['path']}:{each['line']} {each['code']}" for each in problems]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        pytest.param("agents/reviewer.md", BROKEN, ["agents/reviewer.md:4 TL002"], id="an agent that is there"),
        pytest.param("agents/reviewer.md", REVIEWER, [], id="what is on disk does not count"),
        pytest.param("./agents/../agents/reviewer.md", BROKEN, ["agents/reviewer.md:4 TL002"], id="a winding path"),
        pytest.param("agents/new.md", BROKEN.replace("reviewer", "new"), ["agents/new.md:4 TL002"], id="a new agent"),
        pytest.param("agents/a/new.md", BROKEN, ["agents/a/new.md:4 TL002"], id="a new folder"),
        pytest.param("commands/stop.md", "---\ndescription: S\nallowed-tools: read\n---\n$ARGUMENTS\n",
                     ["commands/stop.md:3 TL002"], id="a new command"),
        pytest.param("skills/git/SKILL.md", "---\ndescription: S\nallowed-tools: read\n---\n",
                     ["skills/git/SKILL.md:3 TL002"], id="a new skill"),
        pytest.param("skills/SKILL/git.md", "# No skill\n", ["skills/SKILL/git.md:1 RF009"], id="no skill"),
        pytest.param("patterns/old.md", "Read [x](gone.md).\n", ["patterns/old.md:1 RF001"], id="a document"),
        pytest.param("patterns/new.md", "# New\n", [], id="a new document that an agent reads"),
        pytest.param("patterns/odd.md", "# Odd\n", ["patterns/odd.md:1 RF009"], id="a new document that nobody reads"),
    ],
)  # fmt: skip
def test_the_text_is_judged_where_it_would_stand(
    name: str,
    text: str,
    expected: list[str],
    pack: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = sorted((path, path.is_file() and path.read_bytes()) for path in pack.rglob("*"))
    code, found = judge(text, name, monkeypatch, capsys, "--select", "TL002,RF001,RF009")
    assert found == expected
    assert code == int(any("TL002" in each or "RF001" in each for each in found))
    assert sorted((path, path.is_file() and path.read_bytes()) for path in pack.rglob("*")) == before


def test_a_file_of_no_pack_is_judged_as_it_is_on_disk(
    pack: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An editor hands over whatever is open, and most Markdown of a project is nobody's document."""
    (pack / "notes").mkdir()
    (pack / "notes/ideas.md").write_text("# Ideas\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"# Ideas\nRead [x](gone.md).\n"), "utf-8"))
    assert main(["check", "--stdin-filename", "notes/ideas.md"]) == 0
    judged = capsys.readouterr()
    assert main(["check", "notes/ideas.md"]) == 0
    assert judged == capsys.readouterr()
    assert judged.err.startswith("packlint: notes/ideas.md is no agent, command, skill, document or manifest of a pack")


@pytest.mark.usefixtures("pack")
def test_the_other_files_of_the_pack_count(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(REVIEWER, "agents/reviewer.md", monkeypatch, capsys, "--select", "NM")[1] == []
    _, found = judge(REVIEWER, "agents/second.md", monkeypatch, capsys, "--select", "NM")
    assert "agents/second.md:2 NM003" in found
    _, found = judge(REVIEWER, "agents/first.md", monkeypatch, capsys, "--select", "NM")
    assert "agents/first.md:2 NM003" in found
    _, found = judge(GOOD.format("second") + "Ask `reviewr` agent.\n", "agents/second.md", monkeypatch, capsys)
    assert "agents/second.md:6 RF010" in found


def test_the_folder_decides_on_the_layout(
    write_pack: WritePack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_pack({"agents/x.md": GOOD.format("x")}, Layout.PROJECT)
    monkeypatch.chdir(root)
    hooked = GOOD.format("y").replace("tools: Read", "permissionMode: plan")
    assert judge(hooked, ".claude/agents/y.md", monkeypatch, capsys, "--select", "FM")[1] == []
    assert judge(hooked, ".claude/agents/y.md", monkeypatch, capsys, "--select", "FM", "--layout", "plugin")[1] != []


@pytest.mark.parametrize("name", ["agents/first.md", ".claude/agents/first.md", ".claude/commands/a/first.md"])
def test_the_first_file_of_a_pack(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = GOOD.format("first").replace("tools: Read", "tools: read\nallowed-tools: read")
    assert f"{name}:{5 if 'commands' in name else 4} TL002" in judge(text, name, monkeypatch, capsys)[1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("pack")
@pytest.mark.parametrize(
    ("raw", "code"),
    [
        pytest.param(b"", "FM001", id="nothing at all"),
        pytest.param(b"\xff\xfe\x00---", "TX002", id="not UTF-8"),
        pytest.param(b"x" * (MAX_BYTES + 1), "FM000", id="too much"),
    ],
)
def test_any_bytes_are_judged(
    raw: bytes, code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"agents/reviewer.md:1 {code}" in judge(raw, "agents/reviewer.md", monkeypatch, capsys)[1]


@pytest.mark.usefixtures("pack")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["--stdin-filename", "agents/x.md", "agents"], "leave the paths out", id="paths beside it"),
        pytest.param(["--stdin-filename", ".claude-plugin/plugin.json"], "a .md file", id="no Markdown"),
        pytest.param(["--stdin-filename", "agents"], "a .md file", id="a folder"),
        pytest.param(["--stdin-filename", "/nowhere/x.md"], "is in no pack", id="outside of any pack"),
    ],
)
def test_what_cannot_be_judged_is_a_usage_error(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.usefixtures("pack")
def test_a_closed_stdin_is_a_usage_error(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["check", "--stdin-filename", "agents/reviewer.md"]) == 2
    assert capsys.readouterr().err == "packlint: --stdin-filename judges the text on stdin, which is closed\n"
