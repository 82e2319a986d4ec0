"""What becomes of a run whose output nobody takes, or whom somebody stops."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import WritePack
from tests.hardness.calls import LIMIT_SECONDS, plain_environment, snapshot
from tests.hardness.shapes import AGENT, HEAD

_BROKEN = f"{HEAD}tools: read\n---\nYou review.\n"
# What is started in the background of a script inherits that Ctrl-C is ignored.
_HEEDING = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
"""
# Runs packlint and stops it as a terminal does, so many seconds after its start.
_STOPPED = f"""{_HEEDING}
import os, sys
from packlint.cli import main
signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
signal.setitimer(signal.ITIMER_REAL, float(sys.argv.pop(1)))
code = main()
signal.setitimer(signal.ITIMER_REAL, 0)
sys.exit(code)
"""
# Says when it begins to wait for its input.
_WAITING = f"""{_HEEDING}
import sys
from packlint.cli import main
class Stdin:
    class buffer:
        def read(size, read=sys.stdin.buffer.read):
            print("ready", flush=True)
            return read(size)
sys.stdin = Stdin
sys.exit(main())
"""
_VIEWS = [
    ("check", "--no-cache"),
    ("check",),
    *(("check", "--no-cache", "--format", style) for style in ("json", "sarif", "github", "junit")),
    ("inspect",),
    ("inspect", "--format", "mermaid"),
    ("fix", "--diff"),
    ("rules",),
    ("--help",),
    ("--version",),
]  # fmt: skip


def _pack(write_pack: WritePack, count: int, name: str = "pack") -> Path:
    return write_pack({f"agents/a{n}.md": _BROKEN.replace("dev", f"a{n}") for n in range(count)}, name=name)


@pytest.mark.parametrize("arguments", _VIEWS, ids=" ".join)
def test_a_reader_that_has_enough(arguments: tuple[str, ...], write_pack: WritePack) -> None:
    root = _pack(write_pack, 300)
    command = [sys.executable, "-m", "packlint", *arguments]
    with subprocess.Popen(
        command, cwd=root, env=plain_environment(root), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(LIMIT_SECONDS) in (0, 1)


@pytest.mark.parametrize("arguments", _VIEWS, ids=" ".join)
def test_a_full_disk_behind_stdout(arguments: tuple[str, ...], write_pack: WritePack) -> None:
    root = _pack(write_pack, 3)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "packlint", *arguments],
            cwd=root, env=plain_environment(root), stdout=full, stderr=subprocess.PIPE, timeout=LIMIT_SECONDS,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == b"packlint: cannot write the result: No space left on device\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "--no-cache"), 1),
        (("check", "gone"), 2),
        (("check", "--nonsense"), 2),
        (("expand", "agents/a0.md"), 2),
        (("expand", "commands/go.md"), 1),
        (("fix", "--diff"), 1),
        (("--version",), 0),
    ],
    ids=str,
)
def test_a_full_disk_behind_stderr(arguments: tuple[str, ...], code: int, write_pack: WritePack) -> None:
    root = _pack(write_pack, 3)
    (root / "commands").mkdir()
    (root / "commands/go.md").write_text("---\ndescription: Go\n---\n!`make it`\n")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "packlint", *arguments],
            cwd=root, env=plain_environment(root), stdout=subprocess.PIPE, stderr=full, timeout=LIMIT_SECONDS,
        )  # fmt: skip
    assert done.returncode == code
    assert b"Traceback" not in done.stdout


@pytest.mark.parametrize("closed", [(1,), (2,), (1, 2), (0, 1, 2)], ids=str)
@pytest.mark.parametrize("arguments", [("check", "--no-cache"), ("check",), ("fix",), ("check", "gone")], ids=" ".join)
def test_streams_that_are_closed(arguments: tuple[str, ...], closed: tuple[int, ...], write_pack: WritePack) -> None:
    root = _pack(write_pack, 3)

    def close() -> None:
        for descriptor in closed:
            os.close(descriptor)

    done = subprocess.run(
        [sys.executable, "-m", "packlint", *arguments],
        cwd=root, env=plain_environment(root), capture_output=True, timeout=LIMIT_SECONDS, preexec_fn=close,
    )  # fmt: skip
    assert done.returncode in (1, 2)
    assert b"Traceback" not in done.stdout + done.stderr
    assert b"internal error" not in done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [("check", "--no-cache"), ("check",), ("inspect",), ("fix",)], ids=" ".join)
def test_a_run_that_is_interrupted_is_quiet(arguments: tuple[str, ...], write_pack: WritePack) -> None:
    """Some of these end by themselves before they are stopped, others are stopped early, or with helpers at work."""
    codes = set()
    for step in range(16):
        root = _pack(write_pack, 400 if step > 8 else 40, name=f"pack{step}")
        before = snapshot(root)
        done = subprocess.run(
            [sys.executable, "-c", _STOPPED, str(0.001 + step * 0.02), *arguments],
            cwd=root, env=plain_environment(root), capture_output=True, timeout=LIMIT_SECONDS,
        )  # fmt: skip
        codes.add(done.returncode)
        assert done.returncode in (0, 1, 130)
        assert done.stderr == b""
        after = snapshot(root)
        assert after.keys() == before.keys()
        assert arguments == ("fix",) or after == before
    assert 130 in codes


def test_a_run_that_waits_for_its_input_can_be_interrupted(write_pack: WritePack) -> None:
    root = write_pack({"agents/dev.md": AGENT})
    command = [sys.executable, "-c", _WAITING, "check", "--stdin-filename", "agents/dev.md"]
    with subprocess.Popen(
        command,
        cwd=root,
        env=plain_environment(root),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(LIMIT_SECONDS) == 130
        assert process.stderr.read() == b""
