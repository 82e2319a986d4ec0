"""`toolkit install`: what a project gets, keeps and loses."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from packlint.parsing.markdown import Markdown
from toolkit import install
from toolkit.failure import ToolkitError
from toolkit.project_copy import installing, rewriting
from toolkit.project_copy.record import NAME

ROOT = Path(__file__).parents[2]
AGENT = ".claude/agents/backend-developer.md"
SETTINGS = ".claude/settings.json"
RECORD = ".claude/fastapi-pack.json"


def toolkit(*arguments: str, pack: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(pack / "toolkit"), "install", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file with its content, and every folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


def text_of(project: Path, name: str) -> str:
    return (project / name).read_text(encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a `.claude` of its own."""
    folder = tmp_path / "shop"
    (folder / ".claude/agents").mkdir(parents=True)
    (folder / ".claude/agents/own.md").write_text(
        "---\nname: own\ndescription: Tends the till. Use when prices change.\n---\nMine.\n"
    )
    (folder / SETTINGS).write_text('{"permissions": {"allow": ["Bash(ls:*)", "Read"]},\n\t"model": "opus"}\n')
    return folder


def installed(project: Path) -> Path:
    done = toolkit(str(project))
    assert (done.returncode, done.stderr) == (0, "")
    return project


def test_a_project_gets_everything_and_keeps_what_it_has(project: Path) -> None:
    before = tree(project)
    installed(project)
    after = tree(project)
    for folder in ("agents", "commands", "patterns", "styles", "skills", "toolkit"):
        shipped = {f".claude/{path.relative_to(ROOT)}" for path in (ROOT / folder).rglob("*") if path.is_file()}
        left_out = {name for name in shipped if "__pycache__" not in name} - after.keys()
        assert left_out == ({".claude/toolkit/project_copy/rewriting.py"} if folder == "toolkit" else set())
    changed = {name for name, content in before.items() if after[name] != content}
    assert changed == {SETTINGS}
    settings, old = json.loads(after[SETTINGS] or b""), json.loads(before[SETTINGS] or b"")
    assert {key: settings[key] for key in old} == old
    assert settings.keys() - old.keys() == {"hooks"}


def test_a_file_that_is_replaced_keeps_its_mode(project: Path) -> None:
    (project / SETTINGS).chmod(0o600)
    installed(project)
    assert (project / SETTINGS).stat().st_mode & 0o777 == 0o600


def test_nothing_of_the_plugin_is_left_in_the_texts(project: Path) -> None:
    installed(project)
    files = [path for path in (project / ".claude").rglob("*") if path.is_file()]
    assert {".md", ".json", ".py"} <= {path.suffix for path in files}
    for path in files:
        assert b"CLAUDE_PLUGIN_ROOT" not in path.read_bytes(), path
        if path.suffix in {".md", ".json"} and path.name != "fastapi-pack.json":
            text = path.read_text(encoding="utf-8")
            for word in ("CLAUDE_PLUGIN_ROOT", "fastapi-pack:", "<!-- snippet"):
                assert word not in text, f"{word} in {path}"


def fences(text: str) -> list[tuple[str, int, bool]]:
    """The code blocks of a document: language, number of lines, whether each is closed."""
    return [
        (each.info, text.count("\n", each.content_start, each.content_end), each.closed)
        for each in Markdown(text).fences
    ]


def test_every_text_of_the_copy_has_the_code_blocks_of_its_source(project: Path) -> None:
    installed(project)
    copies = sorted((project / ".claude").rglob("*.md"))
    sources = [path for path in copies if (ROOT / path.relative_to(project / ".claude")).is_file()]
    assert len(sources) == len(copies) - 1, "all but the project's own agent"
    for path in sources:
        source = text_of(ROOT, str(path.relative_to(project / ".claude")))
        copy = path.read_text(encoding="utf-8")
        assert fences(copy) == fences(source), path
        assert copy.count("```") == source.count("```"), path


def test_install_and_uninstall_count_alike(project: Path) -> None:
    put, taken = toolkit(str(project)), toolkit(str(project), "--uninstall")
    counts = [re.findall(r"(\d+) files", done.stdout) for done in (put, taken)]
    assert counts[0] == counts[1] != []
    assert all("and its hooks" in done.stdout for done in (put, taken))


def test_hooks_call_the_copy_and_know_the_bare_names(project: Path) -> None:
    installed(project)
    hooks = json.loads(text_of(project, SETTINGS))["hooks"]
    [stop] = hooks["SubagentStop"]
    assert stop["matcher"] == "^(backend-developer|fastapi-backend-feature|feature-developer)$"
    for groups in hooks.values():
        for group in groups:
            [hook] = group["hooks"]
            _, quoted, script = hook["command"].partition('"${CLAUDE_PROJECT_DIR}/')
            assert quoted
            assert (project / script.rstrip('"')).is_file()


@pytest.mark.parametrize("version", ["2.1.197", "2.1.328"])
def test_packlint_finds_nothing_in_the_copy(project: Path, version: str) -> None:
    installed(project)
    command = [sys.executable, str(ROOT / "validate.py"), "--strict", "--client", version, str(project)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "5 agents" in done.stdout
    assert "0 errors, 0 warnings" in done.stdout


def test_a_second_run_changes_nothing(project: Path) -> None:
    installed(project)
    before, times = tree(project), {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    done = toolkit(str(project))
    assert done.returncode == 0
    assert "nothing to change" in done.stdout
    assert tree(project) == before
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == times


def test_uninstall_leaves_what_was_there_to_the_byte(project: Path) -> None:
    before = tree(project)
    installed(project)
    done = toolkit("--uninstall", str(project))
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(project) == before


def test_uninstall_leaves_nothing_where_nothing_was(tmp_path: Path) -> None:
    installed(tmp_path)
    assert toolkit(str(tmp_path), "--uninstall").returncode == 0
    assert tree(tmp_path) == {}


def test_the_copy_can_take_itself_out(project: Path) -> None:
    before = tree(project)
    installed(project)
    done = toolkit("--uninstall", str(project), pack=project / ".claude")
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(project) == before


def test_the_copy_is_no_pack_to_install_from(project: Path, tmp_path: Path) -> None:
    installed(project)
    other = tmp_path / "other"
    other.mkdir()
    done = toolkit(str(other), pack=project / ".claude")
    assert done.returncode == 2
    assert "run install from the pack" in done.stderr
    assert tree(other) == {}


def test_a_changed_file_is_kept_and_named(project: Path) -> None:
    installed(project)
    (project / AGENT).write_text("mine now\n")
    done = toolkit(str(project))
    assert done.returncode == 1
    assert f"kept {project / AGENT}" in done.stdout
    assert text_of(project, AGENT) == "mine now\n"


def test_force_overwrites_a_changed_file(project: Path) -> None:
    before = tree(installed(project))
    (project / AGENT).write_text("mine now\n")
    assert toolkit(str(project), "--force").returncode == 0
    assert tree(project) == before


def test_a_file_of_the_users_own_is_kept_and_survives_uninstall(project: Path) -> None:
    (project / AGENT).write_text("mine from the start\n")
    before = tree(project)
    assert toolkit(str(project)).returncode == 1
    assert text_of(project, AGENT) == "mine from the start\n"
    assert toolkit("--uninstall", str(project)).returncode == 0
    assert tree(project) == before


def test_uninstall_keeps_and_names_what_the_user_changed(project: Path) -> None:
    before = tree(project)
    installed(project)
    (project / AGENT).write_text("mine now\n")
    done = toolkit("--uninstall", str(project))
    assert done.returncode == 1
    assert f"kept {project / AGENT}" in done.stdout
    assert tree(project) == before | {AGENT: b"mine now\n"}


def test_what_an_uninstall_kept_is_in_the_way_of_no_later_one(tmp_path: Path) -> None:
    project = tmp_path / "shop"
    project.mkdir()
    installed(project)
    (project / AGENT).write_text("mine\n")
    assert toolkit(str(project), "--uninstall").returncode == 1
    assert [path for path in tree(project) if (project / path).is_file()] == [AGENT]
    assert toolkit(str(project), "--force").returncode == 0
    assert toolkit(str(project), "--uninstall").returncode == 0
    assert tree(project) == {}


def test_a_folder_that_was_empty_before_is_left_empty(tmp_path: Path) -> None:
    (tmp_path / ".claude/agents").mkdir(parents=True)
    installed(tmp_path)
    toolkit(str(tmp_path), "--uninstall")
    assert tree(tmp_path).keys() == {".claude", ".claude/agents"}


def test_a_deleted_file_comes_back(project: Path) -> None:
    before = tree(installed(project))
    (project / AGENT).unlink()
    done = toolkit(str(project))
    assert done.returncode == 0
    assert ": 1 file written, 0 removed\n" in done.stdout
    assert tree(project) == before


def test_hooks_taken_out_by_the_user_stay_out(project: Path) -> None:
    installed(project)
    settings = json.loads(text_of(project, SETTINGS))
    del settings["hooks"]["SubagentStop"]
    (project / SETTINGS).write_text(json.dumps(settings))
    done = toolkit(str(project))
    assert done.returncode == 1
    assert f"kept {project / SETTINGS}" in done.stdout
    assert json.loads(text_of(project, SETTINGS)) == settings
    assert toolkit(str(project), "--force").returncode == 0
    assert set(json.loads(text_of(project, SETTINGS))["hooks"]) == {"PostToolUse", "SubagentStop"}


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The pack's next version: one agent more, one page less, another page and a hook changed."""
    pack = tmp_path / "newer"
    for folder in ("agents", "commands", "patterns", "styles", "skills", "toolkit", "hooks", ".claude-plugin"):
        shutil.copytree(ROOT / folder, pack / folder, ignore=shutil.ignore_patterns("__pycache__"))
    manifest = json.loads(text_of(pack, ".claude-plugin/plugin.json")) | {"version": "9.9.9"}
    (pack / ".claude-plugin/plugin.json").write_text(json.dumps(manifest))
    (pack / "agents/another.md").write_text("---\nname: another\ndescription: more\n---\nMore.\n")
    (pack / "patterns/cli.md").unlink()
    (pack / "patterns/auth.md").write_text("# Auth\n")
    hooks = text_of(pack, "hooks/hooks.json").replace('"timeout": 60', '"timeout": 61')
    (pack / "hooks/hooks.json").write_text(hooks)
    return pack


def test_a_newer_pack_renews_the_copy(project: Path, newer: Path) -> None:
    before = tree(project)
    installed(project)
    done = toolkit(str(project), pack=newer)
    assert (done.returncode, done.stderr) == (0, "")
    assert (project / ".claude/agents/another.md").is_file()
    assert not (project / ".claude/patterns/cli.md").exists()
    assert text_of(project, ".claude/patterns/auth.md") == "# Auth\n"
    [after_edit] = json.loads(text_of(project, SETTINGS))["hooks"]["PostToolUse"]
    assert after_edit["hooks"][0]["timeout"] == 61
    assert toolkit("--uninstall", str(project), pack=newer).returncode == 0
    assert tree(project) == before


def test_a_newer_pack_keeps_what_the_user_changed(project: Path, newer: Path) -> None:
    installed(project)
    for name in ("cli", "auth"):
        (project / f".claude/patterns/{name}.md").write_text("mine now\n")
    done = toolkit(str(project), pack=newer)
    assert done.returncode == 1
    for name in ("cli", "auth"):
        assert text_of(project, f".claude/patterns/{name}.md") == "mine now\n"
        assert f"kept {project / f'.claude/patterns/{name}.md'}" in done.stdout


class Stopped(BaseException):
    """The process was ended from outside."""


@pytest.mark.parametrize("update", [False, True], ids=["first install", "update"])
def test_a_stop_at_any_point_can_be_mended_or_undone(
    update: bool, tmp_path: Path, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = tmp_path / "clean"
    base = clean / ".claude"
    clean.mkdir()
    (clean / "kept.txt").write_text("x")
    untouched = tree(clean)
    installing.install(newer, base, force=False)
    finished, moves = tree(clean), _count_moves(newer, tmp_path / "counted", monkeypatch, update)
    installing.uninstall(base)
    assert moves > (4 if update else sum(content is not None for content in finished.values()) - 2)
    for stop_after in {*range(0, moves, max(1, moves // 12)), moves - 1}:
        for undo in (False, True):
            if update:
                installing.install(ROOT, base, force=False)
            with monkeypatch.context() as patch:
                patch.setattr(os, "replace", _stopping(stop_after))
                with pytest.raises(Stopped):
                    installing.install(newer, base, force=False)
            _assert_every_file_is_whole(clean, newer)
            if not undo:
                assert installing.install(newer, base, force=False).kept == []
                assert tree(clean) == finished
            if (base / NAME).exists():
                assert installing.uninstall(base).kept == []
            assert tree(clean) == untouched


_KILLED = """
import os, pathlib, signal, sys
from toolkit.project_copy import installing
left, move = int(sys.argv[1]), os.replace
def replace(source, target):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    move(source, target)
os.replace = replace
installing.install(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), force=False)
"""


@pytest.mark.parametrize("after", [0, 1, 2, 30])
def test_a_killed_run_is_finished_by_the_next(after: int, project: Path, newer: Path) -> None:
    before = tree(project)
    base = project / ".claude"
    done = subprocess.run([sys.executable, "-c", _KILLED, str(after), str(newer), str(base)], cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    assert toolkit(str(project), pack=newer).returncode == 0
    assert (base / "agents/another.md").is_file()
    assert toolkit(str(project), "--uninstall", pack=newer).returncode == 0
    assert tree(project) == before


def _count_moves(pack: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, update: bool) -> int:
    count = 0

    def counting(source: str, target: str) -> None:
        nonlocal count
        count += 1
        real(source, target)

    real = os.replace
    if update:
        installing.install(ROOT, folder / ".claude", force=False)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", counting)
        installing.install(pack, folder / ".claude", force=False)
    return count


def _stopping(after: int) -> Callable[[str, str], None]:
    left, real = iter(range(after)), os.replace

    def replace(source: str, target: str) -> None:
        if next(left, None) is None:
            raise Stopped
        real(source, target)

    return replace


def _assert_every_file_is_whole(project: Path, newer: Path) -> None:
    whole = [rewriting.copied_files(pack) for pack in (ROOT, newer)]
    for path in (project / ".claude").rglob("*"):
        name = path.relative_to(project / ".claude").as_posix()
        if path.suffix == ".json":
            json.loads(path.read_bytes())
        elif path.is_file():
            assert path.read_bytes() in [files.get(name) for files in whole]


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        pytest.param(lambda _: None, "is not there", id="no such folder"),
        pytest.param(lambda at: at.write_text("x"), "is no folder", id="a file"),
        pytest.param(lambda at: _link(at, ".claude"), "is a symbolic link", id=".claude is a link"),
        pytest.param(lambda at: _link(at, ".claude/agents"), "is a symbolic link", id="a folder in it is a link"),
        pytest.param(lambda at: _write(at, ".claude", "x"), "is no folder", id=".claude is a file"),
        pytest.param(lambda at: _write(at, AGENT + "/x.md", "x"), "is a folder where a file belongs", id="a folder"),
        pytest.param(lambda at: _link(at, SETTINGS), "is a symbolic link", id="settings that are a link"),
        pytest.param(
            lambda at: _write(at, SETTINGS, "{'a': 1}"),
            ".claude/settings.json is no JSON",
            id="settings that are no JSON",
        ),
        pytest.param(lambda at: _write(at, SETTINGS, '{"hooks": [1]}'), "something else", id="hooks that are a list"),
        pytest.param(lambda at: _write(at, SETTINGS, "[]"), "something else", id="settings that are a list"),
        pytest.param(lambda at: _write(at, RECORD, "{}"), "no record", id="a record without a format"),
        pytest.param(
            lambda at: _write(at, RECORD, '{"format": 1, "files": {"../x": []}}'), "no path below", id="a way out"
        ),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    prepare: Callable[[Path], Any], words: str, tmp_path: Path
) -> None:
    folder = tmp_path / "shop"
    prepare(folder)
    before = tree(tmp_path)
    done = toolkit(str(folder))
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert tree(tmp_path) == before


def _write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text(text)


def _link(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True)
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    (folder / name).symlink_to(elsewhere)


@pytest.mark.parametrize("below", ["", "reference", "tests/pack"])
def test_the_pack_is_not_installed_into_itself(below: str) -> None:
    done = toolkit(str(ROOT / below))
    assert done.returncode == 2
    assert "is the pack itself" in done.stderr


def test_a_project_around_the_pack_is_no_pack(newer: Path) -> None:
    assert toolkit(str(newer.parent), pack=newer).returncode == 0


@pytest.mark.parametrize("locked", [".", ".claude"])
def test_a_folder_that_cannot_be_written_is_named(locked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / locked
    folder.mkdir(exist_ok=True)
    folder.chmod(0o555)
    if os.geteuid() == 0:  # whom no mode stops
        monkeypatch.setattr(os, "access", lambda path, _: Path(path) != folder)
    try:
        with pytest.raises(ToolkitError, match="cannot be written"):
            install.main([str(tmp_path)])
    finally:
        folder.chmod(0o755)
    assert tree(tmp_path).keys() <= {".claude"}


def test_uninstall_needs_an_install(project: Path) -> None:
    before = tree(project)
    done = toolkit("--uninstall", str(project))
    assert done.returncode == 2
    assert "nothing was installed" in done.stderr
    assert tree(project) == before


def test_the_projects_own_tools_find_nothing_in_the_copy(project: Path) -> None:
    """However strict, and at whatever width: the code of the toolkit is not the project's."""
    installed(project)
    (project / "pyproject.toml").write_text('[tool.ruff]\nline-length = 60\n[tool.ruff.lint]\nselect = ["ALL"]\n')
    (project / "own.py").write_text("import os\n")
    binaries = Path(sys.executable).parent
    formatted, checked, typed = (
        subprocess.run([binaries / each[0], *each[1:]], cwd=project, capture_output=True, text=True).stdout
        for each in (
            ["ruff", "format", "--check", "--no-cache", "."],
            ["ruff", "check", "--no-cache", "--output-format=concise", "."],
            ["mypy", "--strict", "--cache-dir", os.devnull, "."],
        )
    )
    assert "files already formatted" in formatted
    assert "would be" not in formatted
    assert {line.partition(":")[0] for line in checked.splitlines() if line.count(":") > 1} == {"own.py"}
    assert "in 1 source file" in typed
