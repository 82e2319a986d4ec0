"""Calls of packlint's command line in a process of its own, and what must be true of each of them."""

from __future__ import annotations

import ctypes
import os
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# What hangs takes longer, and a busy machine does not: how time grows is for test_growth.py to say.
LIMIT_SECONDS = 30.0
NO_CACHE = ("--no-cache",)
# What a report may hold of these: line ends and indentation.
_HARMLESS = "\n\t"
_STEERING = ("Cc", "Cs", "Zl", "Zp")
_BIDIRECTIONAL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# From linux/prctl.h and linux/capability.h.
_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2
_NOBODY = 65_534


@dataclass(frozen=True)
class Call:
    """How a call ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str


def packlint(
    *arguments: str | Path | bytes,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    given: bytes = b"",
    unprivileged: bool = False,
    before: Callable[[], None] | None = None,
) -> Call:
    """Run packlint in `cwd`; fails where it takes too long, or ends or writes as it never should.

    Args:
        arguments: those of the command line.
        cwd: the folder to run in; cache and home are beside it.
        environment: put over the plain one.
        given: what stdin holds.
        unprivileged: permissions count, also where root runs the tests.
        before: done in the new process before packlint starts.
    """
    done = subprocess.run(
        [sys.executable, "-m", "packlint", *arguments],
        cwd=cwd,
        env={**plain_environment(cwd), **(environment or {})},
        input=given,
        capture_output=True,
        timeout=LIMIT_SECONDS,
        preexec_fn=before or (give_up_privileges if unprivileged else None),
    )
    call = Call(done.returncode, done.stdout.decode(), done.stderr.decode())
    check(call)
    return call


def plain_environment(cwd: Path) -> dict[str, str]:
    """An environment in which nothing of this one counts, and everything that may be written is beside `cwd`."""
    beside = cwd.parent
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONUTF8": "1",
        "HOME": str(beside / "home"),
        "XDG_CACHE_HOME": str(beside / "cache"),
    }


def check(call: Call) -> None:
    """A documented exit code, a message, no traceback, and nothing that steers a terminal."""
    assert call.code in (0, 1, 2), call
    assert "Traceback" not in call.out + call.err, call
    assert "internal error" not in call.err, call
    assert call.out or call.err, call
    assert call.code != 2 or call.err.startswith(("packlint: ", "usage: packlint ")), call
    assert not steering(call.out), steering(call.out)
    assert not steering(call.err), steering(call.err)


def steering(text: str) -> set[str]:
    """The characters of a text that move a terminal's cursor, turn its order around or are no characters at all."""
    return {
        char
        for char in set(text.replace("\r\n", "\n"))
        if char not in _HARMLESS and (unicodedata.category(char) in _STEERING or char in _BIDIRECTIONAL)
    }


def give_up_privileges() -> None:
    """Let permissions count for this process and what it starts: root reads and writes whatever it likes."""
    if os.name != "posix" or os.geteuid() != 0:
        return
    prctl = getattr(ctypes.CDLL(None, use_errno=True), "prctl", None)
    dropped = prctl is not None and all(
        prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) == 0 for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH)
    )
    if not dropped:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)


def snapshot(top: Path, leave_out: Sequence[str] = ()) -> dict[str, tuple[int, int, bytes | str]]:
    """Everything below a folder by its path: mode, links to it, and content of files or target of links."""
    found: dict[str, tuple[int, int, bytes | str]] = {}
    for folder, names, files in os.walk(top):
        names[:] = [name for name in names if name not in leave_out]
        for name in (*names, *files):
            path = os.path.join(folder, name)
            state = os.lstat(path)
            content: bytes | str = ""
            if stat.S_ISLNK(state.st_mode):
                content = str(Path(path).readlink())
            elif stat.S_ISREG(state.st_mode):
                content = Path(path).read_bytes()
            found[os.path.relpath(path, top)] = (state.st_mode, state.st_nlink, content)
    return found
