from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
import yaml

from packlint.cli import main
from packlint.discovery.layout import Layout
from packlint.files import replacing
from tests.conftest import FindProblems, WritePack

HEAD = "---\nname: reviewer\ndescription: Reviews changes. Use after an edit.\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(f"{HEAD}tools: Read, bash\n---\nB\n", f"{HEAD}tools: Read, Bash\n---\nB\n", id="a tool's case"),
        pytest.param(f"{HEAD}tools: Task\n---\nB\n", f"{HEAD}tools: Agent\n---\nB\n", id="a tool's old name"),
        pytest.param(
            f"{HEAD}tools: Task, Agent, Read, grep, Grep\n---\nB\n",
            f"{HEAD}tools: Agent, Read, Grep\n---\nB\n",
            id="tools that are listed under their right names as well",
        ),
        pytest.param(
            f"{HEAD}tools:\n  - KillShell\n  - KillBash\n  - Read\n---\nB\n",
            f"{HEAD}tools:\n  - TaskStop\n  - Read\n---\nB\n",
            id="two old names of one tool",
        ),
        pytest.param(
            f'{HEAD}tools: ["bash", "Read", "read"]\n---\nB\n',
            f'{HEAD}tools: ["Bash", "Read"]\n---\nB\n',
            id="a tool twice in quotes",
        ),
        pytest.param(f"{HEAD}---\nâ‰¥ 90\n", f"{HEAD}---\n≥ 90\n", id="mojibake"),
        pytest.param(f"\n\n{HEAD}---\nB\n", f"{HEAD}---\nB\n", id="blank lines before the frontmatter"),
        pytest.param(
            "---\nname: reviewer\ndescription: !now use it\n---\nB\n",
            '---\nname: reviewer\ndescription: "!now use it"\n---\nB\n',
            id="a tag that eats a word",
        ),
    ],
)
def test_fixes_change_what_they_must_and_nothing_else(
    before: str, after: str, newline: str, write_pack: WritePack
) -> None:
    root = write_pack({"agents/reviewer.md": before.replace("\n", newline)})
    path = root / "agents/reviewer.md"
    path.chmod(0o640)
    assert main(["fix", str(root)]) == 1
    assert path.read_bytes().decode() == after.replace("\n", newline)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert main(["fix", str(root)]) == 0
    assert path.read_bytes().decode() == after.replace("\n", newline)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_snippet_is_copied_in_as_its_block_stands(newline: str, write_pack: WritePack) -> None:
    around = f"{HEAD}---\nDo:\n\n   <!-- snippet: src/a.py#r -->\n   ```python\n%s   ```\n"
    root = write_pack(
        {
            "agents/reviewer.md": (around % "   old\n").replace("\n", newline),
            "src/a.py": "# region: r\nx = 1\n\ny = 2\n# endregion: r\n",
        }
    )
    main(["fix", str(root)])
    mended = (root / "agents/reviewer.md").read_bytes().decode()
    assert mended == (around % "   x = 1\n\n   y = 2\n").replace("\n", newline)


@pytest.mark.parametrize(
    "description",
    [
        'Use when: x. Say "hi" and \\n done',
        "path: C:\\new\\table",
        "@mention first",
        "[a] [b]: c",
        "it's: fine",
        "trailing: space ",
        "{curly} text: é 🧠",
    ],
)
def test_quoting_keeps_the_description_the_client_reads(
    description: str, write_pack: WritePack, problems_of: FindProblems
) -> None:
    text = f"---\nname: reviewer\ndescription: {description}\nmodel: haiku # fast\n---\nB\n"
    root = write_pack({"agents/reviewer.md": text}, Layout.PROJECT, "fixed")
    main(["fix", str(root)])
    fixed = (root / ".claude/agents/reviewer.md").read_text()
    strict = yaml.safe_load(fixed.split("---\n")[1])
    assert strict == {"name": "reviewer", "description": description, "model": "haiku"}
    assert not [each for each in problems_of({"agents/reviewer.md": fixed}) if each.code == "FM006"]


def test_a_file_that_is_not_utf8_is_left_as_it_is(write_pack: WritePack) -> None:
    raw = HEAD.encode() + b"tools: read\n---\ncaf\xe9\n"
    root = write_pack({"agents/reviewer.md": raw})
    assert main(["fix", str(root)]) == 1
    assert (root / "agents/reviewer.md").read_bytes() == raw


def test_unsafe_fixes_are_applied_only_when_asked(write_pack: WritePack) -> None:
    text = f"{HEAD}allowed-tools: Read\n---\nB\n"
    root = write_pack({"agents/reviewer.md": text})
    main(["fix", str(root)])
    assert (root / "agents/reviewer.md").read_text() == text
    main(["fix", "--unsafe", str(root)])
    assert (root / "agents/reviewer.md").read_text() == text.replace("allowed-tools", "tools")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("Read, Grpe, Grep", "Read, Grep", id="misspelt beside the right one"),
        pytest.param("Reed, Raed, Edit", "Read, Edit", id="misspelt twice"),
        pytest.param("MultiEdit, Edit", "Edit", id="gone beside what took its place"),
        pytest.param("Bash(git:*), Bash(gh:*), Read", "Bash, Read", id="patterns that restrict nothing"),
        pytest.param(
            "\n  - Task(Explore)\n  - Agent(Explore) # both\n  - Edit",
            "\n  - Agent # both\n  - Edit",
            id="an old name with a pattern",
        ),
        pytest.param("['Reed', \"Read\"]", "['Reed', \"Read\"]", id="quotes that would be left open"),
        pytest.param(
            "\n  - Read\n  - Reed # why", "\n  - Read\n  - Reed # why", id="a comment that would lose its item"
        ),
    ],
)
def test_no_fix_puts_a_tool_into_a_list_twice(before: str, after: str, write_pack: WritePack) -> None:
    root = write_pack({"agents/reviewer.md": f"{HEAD}tools: {before}\n---\nB\n"})
    main(["fix", "--unsafe", str(root)])
    assert (root / "agents/reviewer.md").read_text("utf-8") == f"{HEAD}tools: {after}\n---\nB\n"


@pytest.mark.parametrize("before", ["\ufeff", "\n"])
def test_a_fix_that_leaves_no_tool_is_unsafe(write_pack: WritePack, before: str) -> None:
    text = f"{before}{HEAD}tools:\n---\nB\n"
    root = write_pack({"agents/reviewer.md": text})
    main(["fix", str(root)])
    assert (root / "agents/reviewer.md").read_text() == text
    main(["fix", "--unsafe", str(root)])
    assert (root / "agents/reviewer.md").read_text() == text.removeprefix(before)


def test_diff_shows_and_writes_nothing(write_pack: WritePack, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"{HEAD}tools: read\n---\nB"
    root = write_pack({"agents/reviewer.md": text})
    assert main(["fix", "--diff", str(root)]) == 1
    out = capsys.readouterr().out
    assert "-tools: read\n+tools: Read\n" in out
    assert (root / "agents/reviewer.md").read_text() == text


def test_diff_says_on_stderr_what_is_left(write_pack: WritePack, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_pack({"agents/reviewer.md": f"{HEAD}tools: 3\n---\nB\n"})
    assert main(["fix", "--diff", str(root)]) == 1
    shown = capsys.readouterr()
    assert main(["fix", str(root)]) == 1
    assert shown.out == ""
    assert shown.err == capsys.readouterr().out
    assert "FM012" in shown.err


def test_diff_says_nothing_where_nothing_is_left(write_pack: WritePack, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_pack({"agents/reviewer.md": f"{HEAD}tools: read\n---\nB\n"})
    assert main(["fix", "--diff", "--ignore", "DS", str(root)]) == 1
    shown = capsys.readouterr()
    assert "+tools: Read" in shown.out
    assert shown.err == ""


def test_a_file_reached_by_two_names_is_mended_once(write_pack: WritePack) -> None:
    root = write_pack({"agents/reviewer.md": f"{HEAD}---\nâ‰¥ 90 â‰¥\n"})
    (root / ".claude").mkdir()
    (root / ".claude/agents").symlink_to("../agents")
    main(["fix", str(root)])
    assert (root / "agents/reviewer.md").read_text() == f"{HEAD}---\n≥ 90 ≥\n"
    assert (root / ".claude/agents").is_symlink()


def test_a_failed_write_leaves_the_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "agent.md"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        replacing.replace_file(str(path), "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
