"""Whatever is wrong with the cache, a run gives what it gives without one, and touches nothing else."""

from __future__ import annotations

import marshal
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from packlint.cache import memory, witness
from packlint.cli import main
from tests.conftest import WritePack
from tests.hardness.calls import LIMIT_SECONDS, packlint, plain_environment, snapshot
from tests.hardness.shapes import AGENT, HEAD

_BROKEN = f"{HEAD}tools: read\n---\nYou review.\n"
_PROCESSES = 8


def _entries(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("*") if path.is_file()]


def _no_file_may_be_written() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _replaced(cache: Path, put: Callable[[Path], None]) -> None:
    for path in _entries(cache):
        path.unlink()
        put(path)


def _moved(cache: Path) -> Path:
    """The cache's folder, which is elsewhere now."""
    (cache / "packlint").rename(cache / "old")
    return cache / "packlint"


def _rewritten(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def rewrite(cache: Path) -> None:
        for path in _entries(cache):
            path.write_bytes(change(path.read_bytes()))

    return rewrite


def _whole(entry: Any) -> Callable[[bytes], bytes]:
    """What changes an entry to one that is whole, and not what packlint would write."""
    raw = marshal.dumps(entry)
    return lambda _: witness.digest(raw) + raw


def _somebody_elses(cache: Path) -> None:
    for path in _entries(cache):
        said = path.read_bytes()[16:].replace(b"TL002", b"XX999")
        path.write_bytes(witness.digest(said) + said)
        if os.geteuid() == 0:
            os.chown(path, 12_345, -1)
        else:
            path.unlink()  # only root may give files away


def _allowed(name: str, mode: int) -> Callable[[Path], None]:
    def allow(cache: Path) -> None:
        for path in (cache / name).rglob("*") if name.endswith("/") else [cache / name]:
            path.chmod(mode)

    return allow


_NOTHING: tuple[dict[str, str], ...] = ({}, {}, {}, {})
# What is done to a cache that holds the result of the same call.
FAULTS: dict[str, Callable[[Path], None]] = {
    "entries cut off": _rewritten(lambda raw: raw[:20]),
    "entries of one byte": _rewritten(lambda raw: raw[:1]),
    "empty entries": _rewritten(lambda _: b""),
    "one bit turned": _rewritten(lambda raw: raw[:-1] + bytes([raw[-1] ^ 1])),
    "entries of noise": _rewritten(lambda _: bytes(range(256)) * 400),
    "entries of somebody else": _somebody_elses,
    "entries that say nothing": _rewritten(_whole(None)),
    "entries that saw nothing": _rewritten(_whole((0, 1, 2, _NOTHING))),
    "entries with a code of their own": _rewritten(_whole((3, "x", "", _NOTHING))),
    "entries with other things than were seen": _rewritten(_whole((0, "x", "", ([], 1, "", None)))),
    "entries with other things than files came to": _rewritten(_whole(({}, _NOTHING, set(), 3))),
    "folders instead of entries": lambda cache: _replaced(cache, Path.mkdir),
    "pipes instead of entries": lambda cache: _replaced(cache, os.mkfifo),
    "links to nothing instead of entries": lambda cache: _replaced(cache, lambda path: path.symlink_to("gone")),
    "links to a device instead of entries": lambda cache: _replaced(cache, lambda path: path.symlink_to("/dev/zero")),
    "entries that may not be read": _allowed("packlint/", 0),
    "a folder that may not be written": _allowed("packlint", 0o555),
    "a folder that may not be looked at": _allowed("packlint", 0),
    "no such folder, and none may be made": lambda cache: _moved(cache).parent.chmod(0o555),
    "a file instead of the folder": lambda cache: _moved(cache).touch(),
    "a pipe instead of the folder": lambda cache: os.mkfifo(_moved(cache)),
    "a link to itself instead of the folder": lambda cache: _moved(cache).symlink_to("packlint"),
    "nothing": lambda _: None,
}


@pytest.mark.parametrize("disk_is_full", [False, True], ids=["room on the disk", "a full disk"])
@pytest.mark.parametrize("is_changed", [False, True], ids=["the same pack", "another pack"])
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_faulty_cache_changes_no_result(
    fault: Callable[[Path], None], is_changed: bool, disk_is_full: bool, write_pack: WritePack, tmp_path: Path
) -> None:
    root = write_pack({"agents/dev.md": _BROKEN, "commands/go.md": AGENT})
    cache = tmp_path / "cache"
    packlint("check", cwd=root)
    assert _entries(cache)
    fault(cache)
    if is_changed:
        (root / "agents/dev.md").write_text(AGENT)
    expected = packlint("check", "--no-cache", cwd=root)
    before = snapshot(tmp_path, leave_out=["cache"])
    limit = _no_file_may_be_written if disk_is_full else None
    try:
        for _ in range(2):
            assert packlint("check", cwd=root, unprivileged=True, before=limit) == expected
    finally:
        for path in (cache, cache / "packlint"):
            if path.is_dir():
                path.chmod(0o700)
    assert snapshot(tmp_path, leave_out=["cache"]) == before


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param({"XDG_CACHE_HOME": "/dev/null"}, id="a device for a cache folder"),
        pytest.param({"XDG_CACHE_HOME": "/proc"}, id="a folder of the kernel"),
        pytest.param({"XDG_CACHE_HOME": "relative"}, id="a relative folder, which counts as none"),
        pytest.param({"XDG_CACHE_HOME": "", "HOME": ""}, id="neither cache nor home"),
        pytest.param({"XDG_CACHE_HOME": "/" + "x/" * 3_000}, id="a path too long"),
        pytest.param({"XDG_CACHE_HOME": "", "HOME": "/nowhere"}, id="a home that is not there"),
    ],
)
def test_a_cache_folder_that_cannot_be(environment: dict[str, str], write_pack: WritePack, tmp_path: Path) -> None:
    root = write_pack({"agents/dev.md": _BROKEN})
    expected = packlint("check", "--no-cache", cwd=root)
    before = snapshot(tmp_path, leave_out=["home"])
    assert packlint("check", cwd=root, environment=environment, unprivileged=True) == expected
    assert snapshot(tmp_path, leave_out=["home"]) == before


@pytest.mark.parametrize(
    "arguments", [("check",), ("inspect",), ("expand", "commands/go.md"), ("fix", "--diff"), ("rules",)]
)
def test_nothing_is_written_outside_the_cache(
    arguments: tuple[str, ...], write_pack: WritePack, tmp_path: Path
) -> None:
    root = write_pack({"agents/dev.md": _BROKEN, "commands/go.md": AGENT})
    before = snapshot(tmp_path)
    packlint(*arguments, cwd=root)
    after = snapshot(tmp_path)
    assert {path: after[path] for path in before} == before
    assert {path.partition("/")[0] for path in after.keys() - before.keys()} <= {"cache"}


def test_runs_at_the_same_time_agree(write_pack: WritePack, tmp_path: Path) -> None:
    root = write_pack({f"agents/a{n}.md": _BROKEN.replace("dev", f"a{n}") for n in range(50)})
    expected = packlint("check", "--no-cache", cwd=root).out.encode()
    command = [sys.executable, "-m", "packlint", "check"]
    for _ in range(2):
        runs = [
            subprocess.Popen(command, cwd=root, env=plain_environment(root), stdout=subprocess.PIPE)
            for _ in range(_PROCESSES)
        ]
        for run in runs:
            assert run.communicate(timeout=4 * LIMIT_SECONDS)[0] == expected
    assert all("." not in path.name for path in _entries(tmp_path / "cache"))


@pytest.mark.usefixtures("capsys")
def test_what_a_file_came_to_is_passed_over_where_it_is_nothing_of_the_kind(
    write_pack: WritePack, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_pack({"agents/dev.md": _BROKEN, "agents/other.md": _BROKEN.replace("dev", "other")})
    monkeypatch.chdir(root)
    assert main(["check"]) == 1
    [place] = [path for path in _entries(Path(os.environ["XDG_CACHE_HOME"])) if path.name.endswith("-files")]
    own, rest, shared, judged = marshal.loads(place.read_bytes()[16:])  # noqa: S302 - our own
    for odd in (1, b"?", marshal.dumps(1), marshal.dumps((1, 2, 3, 4))):
        raw = marshal.dumps((own, rest, shared, dict.fromkeys(judged, odd)))
        place.write_bytes(witness.digest(raw) + raw)
        place.with_name(place.name.removesuffix("-files")).unlink()
        assert main(["check"]) == 1


@pytest.mark.usefixtures("capsys")
def test_only_entries_make_room_for_others(write_pack: WritePack, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_pack({"agents/dev.md": _BROKEN})
    folder = Path(os.environ["XDG_CACHE_HOME"], "packlint")
    folder.mkdir(parents=True)
    others = ["notes.txt", "__init__.py", "0" * 31, "0" * 32 + "x", "-" * 32]
    for name in others:
        (folder / name).touch()
    monkeypatch.setattr(memory, "_MOST_ENTRIES", 1)
    for code in ("TL", "RF", "FM"):
        main(["check", "--select", code, str(root)])
    left = {path.name for path in folder.iterdir()}
    assert left >= set(others)
    assert len(left) == len(others) + 1
