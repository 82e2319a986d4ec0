"""A result is given again only where nothing it depends on has changed, and the cache never changes a result."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from packlint.cache import memory, witness
from packlint.cli import main
from packlint.commandline import subcommands

AGENT = "---\nname: dev\ndescription: Writes code. Use for new code.\ntools: Red\n---\nRead `patterns/x.md`.\n"


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plugin with two findings, and the current folder in it."""
    root = tmp_path / "pack"
    for path, text in (
        (".claude-plugin/plugin.json", '{"name": "shop", "version": "1.0.0"}'),
        ("agents/dev.md", AGENT),
        ("patterns/x.md", "# X\n"),
        ("commands/go.md", "---\ndescription: Goes\n---\nGo\n"),
        ("pyproject.toml", "[project]\n"),
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    (root / ".git").mkdir()
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Grows by one each time that a check is really carried out."""
    counted: list[None] = []
    carry_out = subcommands.run

    def count(*given: object) -> int:
        counted.append(None)
        return carry_out(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(subcommands, "run", count)
    return counted


@pytest.mark.usefixtures("pack")
def test_an_unchanged_pack_is_not_checked_again(runs: list[None], capsys: pytest.CaptureFixture[str]) -> None:
    first = main(["."]), *capsys.readouterr()
    second = main(["."]), *capsys.readouterr()
    assert first == second
    assert first[0] == 1
    assert "TL001" in first[1]
    assert len(runs) == 1
    assert main([".", "--no-cache"]) == 1
    assert (capsys.readouterr().out, len(runs)) == (first[1], 2)


def write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)


def rewrite(place: Path, text: str) -> None:
    """A text of the same length, with the time of change put back."""
    before = place.stat()
    place.write_text(text)
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))


def put_link(place: Path, target: str) -> None:
    place.rename(place.parent / target)
    place.symlink_to(target)


def put_pipe(place: Path, _: str) -> None:
    place.unlink()
    os.mkfifo(place)


def remove(place: Path, _: str) -> None:
    place.unlink()


def rename(place: Path, name: str) -> None:
    place.rename(place.parent / name)


Change = tuple[Callable[[Path, str], None], str, str]
CHANGES: dict[str, Change] = {
    "a file of the same length and time": (rewrite, "agents/dev.md", AGENT.replace("Red", "Rad")),
    "a document is gone": (remove, "patterns/x.md", ""),
    "a document is renamed": (rename, "patterns/x.md", "X.md"),
    "an agent more": (write, "agents/more.md", AGENT.replace("dev", "more")),
    "an agent in a new folder": (write, "agents/sub/a.md", "x"),
    "an agent becomes a link": (put_link, "agents/dev.md", "a.txt"),
    "an agent becomes a pipe": (put_pipe, "agents/dev.md", ""),
    "the manifest": (write, ".claude-plugin/plugin.json", "{"),
    "hooks where there were none": (write, "hooks/hooks.json", "{}"),
    "a project beside the plugin": (write, ".claude/agents/z.md", "x"),
    "the configuration": (write, "pyproject.toml", "[tool.packlint]\nignore = ['TL']\n"),
    "a baseline": (write, ".packlint-baseline.json", '{"version": 1, "findings": []}'),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_noticed(change: str, pack: Path, runs: list[None], capsys: pytest.CaptureFixture[str]) -> None:
    main(["."])
    capsys.readouterr()
    do, path, text = CHANGES[change]
    do(pack / path, text)
    code = main(["."])
    seen = capsys.readouterr()
    assert len(runs) == 2
    assert code == main([".", "--no-cache"])
    assert seen == capsys.readouterr()


def test_what_is_asked_and_from_where_counts(pack: Path, runs: list[None], monkeypatch: pytest.MonkeyPatch) -> None:
    calls: tuple[list[str], ...] = (
        ["."],
        [".", "--strict"],
        ["agents"],
        [".", "--format", "json"],
        [".", "--select", "TL"],
    )
    for arguments in calls:
        main(arguments)
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["."])
    monkeypatch.chdir(pack / "agents")
    main([".."])
    assert len(runs) == len(calls) + 2
    main([".."])
    assert len(runs) == len(calls) + 2


def entry() -> Path:
    """The one that holds the result of the whole run."""
    [found] = [each for each in entry_folder().iterdir() if "-" not in each.name]
    return found


def entry_of_files() -> Path:
    return entry().with_name(f"{entry().name}-files")


@pytest.mark.usefixtures("pack")
@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda raw: raw[:100], id="cut off"),
        pytest.param(lambda raw: raw[:40] + b"\0" + raw[41:], id="one byte"),
        pytest.param(lambda _: witness.digest(b"\xe9nonsense") + b"\xe9nonsense", id="whole and no entry"),
        pytest.param(lambda _: witness.digest(b"i\x01\0\0\0") + b"i\x01\0\0\0", id="a number"),
    ],
)
def test_a_damaged_entry_is_passed_over(
    damage: Callable[[bytes], bytes], runs: list[None], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["."])
    first = capsys.readouterr()
    entry().write_bytes(damage(entry().read_bytes()))
    entry_of_files().write_bytes(damage(entry_of_files().read_bytes()))
    main(["."])
    assert (capsys.readouterr(), len(runs)) == (first, 2)


@pytest.mark.usefixtures("pack")
def test_a_cache_that_cannot_be_written_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = main([".", "--no-cache"]), *capsys.readouterr()
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", Path("/proc/nowhere"), Path("/dev/null")):
        monkeypatch.setenv("XDG_CACHE_HOME", str(place))
        assert (main(["."]), *capsys.readouterr()) == expected


def test_what_could_not_be_read_is_not_remembered(pack: Path, runs: list[None]) -> None:
    os.mkfifo(pack / "agents/pipe.md")
    main(["."])
    main(["."])
    assert len(runs) == 2


@pytest.mark.usefixtures("pack")
def test_old_entries_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_MOST_ENTRIES", 3)
    for code in ("TL", "RF", "FM", "NM", "CD"):
        main([".", "--select", code])
    assert len(list(entry_folder().iterdir())) == 3


def entry_folder() -> Path:
    return Path(os.environ["XDG_CACHE_HOME"], "packlint")


@pytest.mark.usefixtures("pack")
def test_stamps_are_renewed_once_they_can_be_trusted(monkeypatch: pytest.MonkeyPatch, runs: list[None]) -> None:
    main(["."])
    fresh = entry().read_bytes()
    monkeypatch.setattr(witness, "_UNSETTLED_NS", -(10**18))
    main(["."])
    renewed = entry().read_bytes()
    assert renewed != fresh
    monkeypatch.setattr(witness, "_digest_of_file", None)
    main(["."])
    assert (entry().read_bytes(), len(runs)) == (renewed, 1)


@pytest.mark.usefixtures("pack")
def test_runs_at_the_same_time_get_the_same_and_leave_whole_entries() -> None:
    command = [sys.executable, "-m", "packlint", "."]
    environment = {**os.environ, "PYTHONPATH": str(Path(memory.__file__).parent.parent)}
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) for _ in range(6)]
    outputs = {each.communicate(timeout=120)[0] for each in started}
    assert len(outputs) == 1
    assert [each.name for each in entry_folder().iterdir() if "." in each.name] == []
    raw = entry().read_bytes()
    assert witness.digest(raw[16:]) == raw[:16]
