"""Trees in which names do not lead to plain files: pipes, devices, sockets, loops, ways out, and what may not be read."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from packlint.discovery.layout import Layout
from tests.conftest import WritePack
from tests.hardness.calls import packlint, snapshot
from tests.hardness.shapes import AGENT

Make = Callable[[Path], None]

READER = AGENT.replace(
    "You review.", "Read `patterns/odd.md`, [this](patterns/odd.md#x) and `${CLAUDE_PLUGIN_ROOT}/patterns/odd.md`."
)


def _socket(path: Path) -> None:
    with contextlib.chdir(path.parent), socket.socket(socket.AF_UNIX) as opened:
        opened.bind(path.name)  # by its name alone, for a socket's path must be short


def _link_to_a_pipe(path: Path) -> None:
    os.mkfifo(path.with_suffix(".pipe"))
    path.symlink_to(path.with_suffix(".pipe").name)


ODD_FILES: dict[str, Make] = {
    "a pipe": os.mkfifo,
    "a socket": _socket,
    "a link to a device that never ends": lambda path: path.symlink_to("/dev/zero"),
    "a link to a device that is always empty": lambda path: path.symlink_to("/dev/null"),
    "a link to a device that is always full": lambda path: path.symlink_to("/dev/full"),
    "a link to standard input": lambda path: path.symlink_to("/dev/stdin"),
    "a link to the process itself": lambda path: path.symlink_to("/proc/self/mem"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to nothing": lambda path: path.symlink_to("gone.md"),
    "a link to a folder": lambda path: path.symlink_to("/dev"),
    "a link to a pipe": _link_to_a_pipe,
    "a folder": Path.mkdir,
}  # fmt: skip

PLACES = {
    "agents/odd.md": Layout.PLUGIN,
    "commands/odd.md": Layout.PLUGIN,
    "patterns/odd.md": Layout.PLUGIN,
    "skills/odd/SKILL.md": Layout.PLUGIN,
    ".claude-plugin/plugin.json": Layout.PLUGIN,
    ".claude-plugin/marketplace.json": Layout.PLUGIN,
    "hooks/hooks.json": Layout.PLUGIN,
    "pyproject.toml": Layout.PLUGIN,
    ".packlint-baseline.json": Layout.PLUGIN,
    ".git": Layout.PLUGIN,
    ".claude/agents/odd.md": Layout.PROJECT,
    ".claude/settings.json": Layout.PROJECT,
    ".claude/agents": Layout.PROJECT,
}


def _tree(root: Path, layout: Layout) -> None:
    base = root if layout is Layout.PLUGIN else root / ".claude"
    for name in ("agents/dev.md", "commands/go.md"):
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text(READER)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("make", ODD_FILES.values(), ids=ODD_FILES)
def test_what_is_no_file_is_never_waited_for(make: Make, place: str, tmp_path: Path) -> None:
    root = tmp_path / "pack"
    _tree(root, PLACES[place])
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.name == "agents":
        path.rename(path.with_name("others"))
    make(path)
    packlint("check", "--no-cache", ".", cwd=root)


@pytest.mark.parametrize("arguments", [("inspect",), ("inspect", "--format", "json"), ("fix",), ("baseline",)], ids=str)
@pytest.mark.parametrize("make", ODD_FILES.values(), ids=ODD_FILES)
def test_no_subcommand_waits(make: Make, arguments: tuple[str, ...], tmp_path: Path) -> None:
    root = tmp_path / "pack"
    _tree(root, Layout.PLUGIN)
    for place in ("agents/odd.md", "commands/odd.md", "patterns/odd.md"):
        (root / place).parent.mkdir(exist_ok=True)
        make(root / place)
    packlint(*arguments, cwd=root)


@pytest.mark.parametrize("option", ["PATH", "--config", "--baseline", "expand"])
@pytest.mark.parametrize("make", ODD_FILES.values(), ids=ODD_FILES)
def test_a_path_that_is_no_file_is_refused(make: Make, option: str, tmp_path: Path) -> None:
    root = tmp_path / "pack"
    _tree(root, Layout.PLUGIN)
    odd = root / "commands" / "odd.md"
    make(odd)
    arguments: tuple[str | Path, ...] = ("check", option, odd, root)
    if option in ("PATH", "expand"):
        arguments = ("check", odd) if option == "PATH" else ("expand", odd)
    call = packlint(*arguments, cwd=root)
    assert call.code in ((0, 1, 2) if option == "PATH" else (2,)), call


def _replaced(path: Path, target: str) -> None:
    path.rename(path.with_name("old"))
    path.symlink_to(target)


def _in_each_other(base: Path) -> None:
    (base / "agents/a").symlink_to("../commands")
    (base / "commands/b").symlink_to("../agents")


def _a_hundred(base: Path, target: str) -> None:
    for number in range(100):
        (base / f"agents/l{number}").symlink_to(target.format(number + 1))


LOOPS: dict[str, tuple[Layout, Make]] = {
    "a folder in itself": (Layout.PROJECT, lambda base: (base / "agents/loop").symlink_to("..")),
    "two folders in each other": (Layout.PROJECT, _in_each_other),
    "a hundred links to one folder": (Layout.PROJECT, lambda base: _a_hundred(base, "../agents")),
    "a hundred links, each to the next": (Layout.PROJECT, lambda base: _a_hundred(base, "l{}")),
    "the folder itself a loop": (Layout.PROJECT, lambda base: _replaced(base / "agents", "agents")),
    "everything": (Layout.PROJECT, lambda base: (base / "agents/all").symlink_to("/")),
    "everything for commands": (Layout.PROJECT, lambda base: (base / "commands/all").symlink_to("/")),
    "what the kernel shows": (Layout.PROJECT, lambda base: (base / "agents/all").symlink_to("/proc")),
    "devices": (Layout.PROJECT, lambda base: (base / "agents/all").symlink_to("/dev")),
    "a plugin's folder of everything": (Layout.PLUGIN, lambda base: _replaced(base / "agents", "/")),
    "a plugin's folder in itself": (Layout.PLUGIN, lambda base: (base / "agents/loop").symlink_to("..")),
    "skills everywhere": (Layout.PLUGIN, lambda base: (base / "skills").symlink_to("/")),
    "documents everywhere": (Layout.PLUGIN, lambda base: (base / "patterns").symlink_to("/")),
}


@pytest.mark.parametrize(("layout", "make"), LOOPS.values(), ids=LOOPS)
def test_links_end_somewhere(layout: Layout, make: Make, tmp_path: Path) -> None:
    root = tmp_path / "pack"
    _tree(root, layout)
    make(root if layout is Layout.PLUGIN else root / ".claude")
    before = snapshot(root)
    packlint("check", "--no-cache", ".", cwd=root)
    packlint("inspect", cwd=root)
    assert snapshot(root) == before


def test_a_file_that_a_link_leads_to_is_not_mended_outside_the_pack(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(AGENT.replace("---\nYou", "tools: read\n---\nYou"))
    root = tmp_path / "pack"
    _tree(root, Layout.PROJECT)
    (root / ".claude/agents/odd.md").symlink_to(outside)
    (root / ".claude/agents/dev.md").write_text(AGENT + "[x](../../../outside.md)")
    before = outside.read_bytes()
    call = packlint("fix", ".", cwd=root)
    assert outside.read_bytes() == before
    assert "packlint: .claude/agents/odd.md is left as it is: it leads out of the pack\n" in call.err


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("agents/odd.md", "agents/odd.md:1:1: FM000 cannot be read: Permission denied"),
        ("agents/more", "agents/more:1:1: FM000 cannot be read: Permission denied"),
        ("agents", "Permission denied"),
        ("commands", "Permission denied"),
    ],
)
def test_what_may_not_be_read_is_reported(path: str, words: str, layout: Layout, write_pack: WritePack) -> None:
    root = write_pack({"agents/odd.md": AGENT, "agents/more/x.md": AGENT, "commands/go.md": AGENT}, layout)
    place = (root if layout is Layout.PLUGIN else root / ".claude") / path
    mode = place.stat().st_mode
    place.chmod(0)
    try:
        call = packlint("check", "--no-cache", ".", cwd=root, unprivileged=True)
    finally:
        place.chmod(mode)
    assert call.code == 1
    assert words in call.out


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("path", ["agents", "agents/more", "commands"])
def test_a_folder_that_may_not_be_read_is_no_agent_and_no_command(
    path: str, layout: Layout, write_pack: WritePack
) -> None:
    files = {"agents/more/x.md": AGENT, "commands/more/go.md": AGENT, "skills/git/SKILL.md": AGENT}
    root = write_pack(files, layout)
    base = root if layout is Layout.PLUGIN else root / ".claude"
    before = json.loads(packlint("inspect", "--format", "json", cwd=root).out)["packs"][0]
    place = base / path
    mode = place.stat().st_mode
    place.chmod(0)
    try:
        call = packlint("inspect", "--format", "json", cwd=root, unprivileged=True)
        checked = packlint("check", "--no-cache", cwd=root, unprivileged=True)
    finally:
        place.chmod(mode)
    [found] = json.loads(call.out)["packs"]
    kinds = {"agents", "commands", "skills"}
    hidden = {path.partition("/")[0]}
    assert {kind: found[kind] for kind in hidden} == {kind: [] for kind in hidden}
    assert {kind: found[kind] for kind in kinds - hidden} == {kind: before[kind] for kind in kinds - hidden}
    shown = place.relative_to(root)
    assert found["errors"] == [f"{shown}: Permission denied"]
    told = "FM000 cannot be read: Permission denied: the client gets nothing from this folder"
    assert f"{shown}:1:1: {told}" in checked.out


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o111], ids=oct)
@pytest.mark.parametrize(
    "path", [".", "patterns", "patterns/odd.md", ".claude-plugin", ".claude-plugin/plugin.json", "pyproject.toml", "hooks"]
)  # fmt: skip
def test_permissions_are_never_a_defect(path: str, mode: int, write_pack: WritePack) -> None:
    files = {
        "agents/dev.md": READER,
        "patterns/odd.md": AGENT,
        "pyproject.toml": "[tool.packlint]\n",
        "hooks/hooks.json": "{}",
    }
    root = write_pack(files)
    place = root / path
    before = place.stat().st_mode
    place.chmod(mode)
    try:
        packlint("check", "--no-cache", root, cwd=root.parent, unprivileged=True)
        packlint("fix", root, cwd=root.parent, unprivileged=True)
    finally:
        place.chmod(before)


def test_20_000_files_in_one_folder(write_pack: WritePack) -> None:
    root = write_pack({"agents/dev.md": AGENT, "patterns/index.md": READER * 20})
    for folder in ("agents", "patterns", "."):
        for number in range(20_000 if folder != "patterns" else 500):
            (root / folder / f"f{number}.txt").touch()
    assert packlint("check", "--no-cache", ".", cwd=root).code == 1


def test_folders_1_900_deep(tmp_path: Path) -> None:
    root = tmp_path / "pack"
    _tree(root, Layout.PLUGIN)
    for top in ("agents", "skills", "patterns", ".", "Agents"):
        folder = root / top
        folder.mkdir(exist_ok=True)
        here = os.open(folder, os.O_RDONLY)
        for _ in range(1_900):
            os.mkdir("d", dir_fd=here)
            below = os.open("d", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        os.close(os.open("deep.md", os.O_WRONLY | os.O_CREAT, 0o644, dir_fd=here))
        os.close(here)
    try:
        packlint("check", "--no-cache", ".", cwd=root)
        packlint("inspect", cwd=root)
    finally:
        # Too deep for shutil.rmtree, by which pytest clears away what earlier sessions left.
        subprocess.run(["rm", "-rf", root], check=True)


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "pack" / "gone"
    gone.mkdir(parents=True)
    call = packlint("check", ".", cwd=gone, before=gone.rmdir)
    assert call.code == 2
