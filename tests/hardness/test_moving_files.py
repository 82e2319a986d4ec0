"""Files that somebody else replaces, changes and removes while packlint reads or writes them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from packlint import lint
from packlint.cli import main
from packlint.files import replacing
from packlint.problem import Problem
from tests.conftest import WritePack
from tests.hardness.calls import packlint
from tests.hardness.shapes import AGENT, HEAD

_BROKEN = f"{HEAD}tools: read\n---\nYou review.\n"
_FIXED = f"{HEAD}tools: Read\n---\nYou review.\n"
_RUNS = 8

# Puts one thing after the other in the place of a file, as fast as it can, until its stdin is closed.
_MOVER = """
import os, select, shutil, sys
path, kinds = sys.argv[1], sys.argv[2:]
text = open(path, "rb").read()
def plain(new): open(new, "wb").write(text)
makers = {
    "file": plain,
    "other": lambda new: open(new, "wb").write(b"---\\nname: [\\n---\\n" * 50),
    "large": lambda new: open(new, "wb").write(text * 3000),
    "nothing": lambda new: None,
    "pipe": os.mkfifo,
    "folder": os.mkdir,
    "link": lambda new: os.symlink("/dev/zero", new),
    "loop": lambda new: os.symlink(os.path.basename(path), new),
}
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0)[0]:
    for kind in kinds:
        new = path + ".new"
        makers[kind](new)
        if os.path.isdir(path) and not os.path.islink(path): os.rmdir(path)
        elif kind in ("nothing", "folder") and os.path.lexists(path): os.unlink(path)
        if kind != "nothing": os.rename(new, path)
if os.path.isdir(path) and not os.path.islink(path): os.rmdir(path)
elif os.path.lexists(path): os.unlink(path)
plain(path)
"""


@contextmanager
def _moving(path: Path, *kinds: str) -> Iterator[None]:
    command = [sys.executable, "-c", _MOVER, str(path), *kinds]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as mover:
        assert mover.stdin is not None
        assert mover.stdout is not None
        mover.stdout.readline()
        try:
            yield
        finally:
            mover.stdin.close()
    assert mover.returncode == 0


@pytest.mark.parametrize(
    "kinds",
    [
        ("file", "other"),
        ("file", "large"),
        ("file", "nothing"),
        ("file", "pipe"),
        ("file", "folder"),
        ("file", "link", "loop", "other"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("place", ["agents/dev.md", "patterns/index.md", ".claude-plugin/plugin.json"])
def test_a_file_that_is_swapped_while_it_is_read(place: str, kinds: tuple[str, ...], write_pack: WritePack) -> None:
    files = {"agents/dev.md": AGENT + "Read `patterns/index.md`.", "agents/other.md": AGENT, "patterns/index.md": AGENT}
    root = write_pack(files)
    with _moving(root / place, *kinds):
        for _ in range(_RUNS):
            packlint("check", "--no-cache", cwd=root)


@pytest.mark.parametrize(
    "kinds", [("file", "other"), ("file", "nothing"), ("file", "folder"), ("file", "link")], ids=" ".join
)
def test_a_file_that_is_swapped_while_it_is_mended(kinds: tuple[str, ...], write_pack: WritePack) -> None:
    root = write_pack({"agents/dev.md": _BROKEN, "agents/other.md": _BROKEN.replace("dev", "other")})
    with _moving(root / "agents/dev.md", *kinds):
        for _ in range(_RUNS):
            packlint("fix", cwd=root)
            assert {path.name for path in (root / "agents").iterdir()} <= {"dev.md", "dev.md.new", "other.md"}
    assert (root / "agents/other.md").read_text() == _FIXED.replace("dev", "other")


def test_a_newer_text_is_not_overwritten(write_pack: WritePack) -> None:
    path = write_pack({"agents/dev.md": _BROKEN}) / "agents/dev.md"
    with pytest.raises(replacing.ChangedError, match="changed meanwhile"):
        replacing.replace_file(str(path), _FIXED, AGENT.encode())
    assert path.read_text() == _BROKEN
    assert os.listdir(path.parent) == ["dev.md"]


def test_a_text_that_is_edited_while_fixes_are_worked_out(write_pack: WritePack) -> None:
    root = write_pack({"agents/dev.md": _BROKEN, "agents/other.md": _BROKEN.replace("dev", "other")})
    path = root / "agents/dev.md"
    code = (
        "import os, sys; from packlint import cli; from packlint.mending import fixes\n"
        "write = fixes._put_in_place\n"
        f"def edit_first(changes): open({str(path)!r}, 'a').write('More.'); return write(changes)\n"
        "fixes._put_in_place = edit_first\n"
        "sys.exit(cli.main(['fix', '.']))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "packlint: cannot write agents/dev.md: it was changed meanwhile; it is as it was\n"
    assert done.stdout.startswith("fixed agents/other.md\nagents/dev.md:4:8: TL002")
    assert path.read_text() == _BROKEN + "More."
    assert (root / "agents/other.md").read_text() == _FIXED.replace("dev", "other")


@pytest.mark.usefixtures("capsys")
def test_a_file_that_has_become_shorter_before_it_is_compared_with_a_baseline(
    write_pack: WritePack, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_pack({"agents/dev.md": _BROKEN})
    monkeypatch.chdir(root)
    assert main(["baseline"]) == 0
    check = lint.check

    def shorten(*given: Any) -> list[Problem]:
        found = check(*given)
        (root / "agents/long.md").write_text("x")
        return found

    monkeypatch.setattr(lint, "check", shorten)
    # Too much to be kept in memory until then.
    (root / "agents/long.md").write_text(f"{HEAD}---\n{'x' * 500_000}\n[a](b.md)\n")
    assert main(["check", "--no-cache"]) == 1
