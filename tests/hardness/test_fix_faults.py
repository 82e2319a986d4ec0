"""`fix` where files may not be written, have several names, or do not fit on the disk: no file is harmed."""

from __future__ import annotations

import errno
import fcntl
import os
import resource
import stat
from pathlib import Path

import pytest

from packlint.cli import main
from packlint.discovery.layout import Layout
from tests.conftest import WritePack
from tests.hardness.calls import packlint, snapshot
from tests.hardness.shapes import AGENT, HEAD

_OLD = f"{HEAD}tools: read\n---\nYou review.\n"
_NEW = f"{HEAD}tools: Read\n---\nYou review.\n"


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_folder_that_may_not_be_written(write_pack: WritePack) -> None:
    root = write_pack({"agents/dev.md": _OLD, "patterns/index.md": "â‰¥ 90 %\n"})
    before = snapshot(root / "agents")
    (root / "agents").chmod(0o555)
    call = packlint("fix", cwd=root, unprivileged=True)
    (root / "agents").chmod(0o755)
    assert call.code == 2
    assert "packlint: cannot write agents/dev.md: Permission denied; it is as it was\n" in call.err
    assert call.out.startswith("fixed patterns/index.md\nagents/dev.md:4:8: TL002")
    assert snapshot(root / "agents") == before
    assert (root / "patterns/index.md").read_text() == "≥ 90 %\n"


def test_a_file_that_may_not_be_written(write_pack: WritePack) -> None:
    root = write_pack({"agents/dev.md": _OLD})
    (root / "agents/dev.md").chmod(0o444)
    before = snapshot(root)
    call = packlint("fix", cwd=root, unprivileged=True)
    assert call.code == 2
    assert "packlint: cannot write agents/dev.md: it is no file that may be written; it is as it was\n" in call.err
    assert snapshot(root) == before


def test_a_disk_without_room(write_pack: WritePack) -> None:
    root = write_pack({"agents/dev.md": _OLD, "agents/long.md": _OLD.replace("dev", "long") + "x" * 10_000})
    before = (root / "agents/long.md").read_bytes()
    call = packlint("fix", cwd=root, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000)))
    assert call.code == 2
    assert "packlint: cannot write agents/long.md: File too large; it is as it was\n" in call.err
    assert (root / "agents/long.md").read_bytes() == before
    assert (root / "agents/dev.md").read_text() == _NEW
    assert _names(root / "agents") == {"dev.md", "long.md"}


def test_a_link_stays_a_link(write_pack: WritePack) -> None:
    root = write_pack({"shared/dev.md": _OLD, "agents/.keep": ""}, Layout.PROJECT)
    (root / ".claude/agents/dev.md").symlink_to("../shared/dev.md")
    assert packlint("fix", cwd=root).code == 1
    assert (root / ".claude/agents/dev.md").readlink() == Path("../shared/dev.md")
    assert (root / ".claude/shared/dev.md").read_text() == _NEW


def test_other_names_of_a_file_keep_its_old_text(write_pack: WritePack, tmp_path: Path) -> None:
    root = write_pack({"agents/dev.md": _OLD})
    other = tmp_path / "other.md"
    os.link(root / "agents/dev.md", other)
    assert packlint("fix", cwd=root).code == 1
    assert (root / "agents/dev.md").read_text() == _NEW
    assert other.read_text() == _OLD


def test_mode_and_owner_are_kept(write_pack: WritePack) -> None:
    path = write_pack({"agents/dev.md": _OLD}) / "agents/dev.md"
    if os.geteuid() == 0:
        os.chown(path, 12_345, 12_345)
    path.chmod(0o750)
    before = path.stat()
    assert packlint("fix", cwd=path.parents[1]).code == 1
    after = path.stat()
    assert (after.st_uid, after.st_gid, stat.S_IMODE(after.st_mode)) == (before.st_uid, before.st_gid, 0o750)


def test_attributes_are_kept(write_pack: WritePack) -> None:
    """Lists of who may read a file are such attributes, too."""
    path = write_pack({"agents/dev.md": _OLD}) / "agents/dev.md"
    try:
        os.setxattr(path, "user.origin", b"here")
    except (AttributeError, OSError) as error:
        pytest.skip(f"this file system has no attributes: {error}")
    assert packlint("fix", cwd=path.parents[1]).code == 1
    assert os.getxattr(path, "user.origin") == b"here"


@pytest.mark.parametrize("call", ["listxattr", "setxattr"])
@pytest.mark.usefixtures("capsys")
def test_a_file_system_without_attributes(call: str, write_pack: WritePack, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    root = write_pack({"agents/dev.md": _OLD})
    monkeypatch.setattr(os, "listxattr", lambda _: ["user.origin"])
    monkeypatch.setattr(os, "getxattr", lambda *_: b"here")
    monkeypatch.setattr(os, call, refuse)
    main(["fix", str(root)])
    assert (root / "agents/dev.md").read_text() == _NEW


def test_a_name_as_long_as_can_be(write_pack: WritePack) -> None:
    name = "x" * (255 - len(".md")) + ".md"
    root = write_pack({f"agents/{name}": _OLD})
    assert packlint("fix", cwd=root).code == 1
    assert (root / "agents" / name).read_text() == _NEW


@pytest.mark.parametrize("arguments", [("fix",), ("baseline",)], ids=" ".join)
def test_what_a_killed_run_has_left_is_cleared_away(arguments: tuple[str, ...], write_pack: WritePack) -> None:
    root = write_pack({"agents/dev.md": AGENT})
    folder = root / "agents" if arguments == ("fix",) else root
    left, held, other = (folder / f".packlint-{name}.tmp" for name in ("left", "held", "folder"))
    left.write_text(_OLD)
    other.mkdir()
    with held.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)  # as the run does that is at work on it
        assert packlint(*arguments, cwd=root).code == 0
        assert not left.exists()
        assert held.exists()
    packlint(*arguments, cwd=root)
    assert not held.exists()
    assert other.is_dir()


def test_temporary_files_are_no_agents(write_pack: WritePack) -> None:
    root = write_pack({"agents/dev.md": AGENT, "agents/.packlint-left.tmp": _OLD}, Layout.PROJECT)
    call = packlint("check", "--no-cache", cwd=root)
    assert call.out.startswith("Read 1 agent,")
