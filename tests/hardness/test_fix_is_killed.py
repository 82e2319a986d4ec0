"""`fix` killed at any moment: each file is as it was or as it should be, and the next run leaves nothing behind."""

from __future__ import annotations

import os
import select
import signal
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from packlint.cli import main
from packlint.files import replacing
from tests.conftest import WritePack
from tests.hardness.shapes import HEAD

# Text and mode of each file.
State = dict[str, tuple[str, int]]

_KILLED_BY_TIME = 200
_FILES = 12
_OLD = f"{HEAD}tools: read, bash, Task\n---\nâ‰¥ 90 % â€” \u200b\x0c\n" + "You review.\n" * 40
_MODES = (0o644, 0o600, 0o755, 0o444)


def _texts() -> dict[str, str]:
    """Files with something to mend, some of it only once something else is mended."""
    found = {}
    for number in range(_FILES):
        text = _OLD.replace("dev", f"a{number}")
        found[f"agents/a{number}.md"] = text.replace("tools: read", "description: !now use it\ntools: read", number % 2)
    found["patterns/index.md"] = "â‰¥ 90 %\n"
    found["hooks/hooks.json"] = (
        '{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "${CLAUDE_PLUGIN_ROOT}/x.sh"}]}]}}\n'
    )
    return found


def _write(root: Path) -> None:
    for number, (name, text) in enumerate(_texts().items()):
        path = root / name
        path.unlink(missing_ok=True)
        path.write_text(text)
        path.chmod(_MODES[number % len(_MODES)] | stat.S_IWUSR)


def _state(root: Path) -> State:
    return {name: ((root / name).read_text(), stat.S_IMODE((root / name).stat().st_mode)) for name in _texts()}


def _leftovers(root: Path) -> list[str]:
    return [path.name for path in root.rglob("*") if path.is_file() and str(path.relative_to(root)) not in _KNOWN]


_KNOWN = {*_texts(), ".claude-plugin/plugin.json", "x.sh"}


def _in_child(root: Path, prepare: Callable[[], object], limit: float | None) -> int:
    """Run `fix` in a process of its own, killed after `limit` seconds; gives how it ended."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the process ends
            prepare()
            main(["fix", str(root)])
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as ended:
        if not select.select([ended], [], [], limit)[0]:
            os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


@pytest.fixture
def states(write_pack: WritePack) -> tuple[Path, State, State]:
    """A pack, its state before and its state when everything is mended."""
    root = write_pack(_texts())
    (root / "x.sh").touch()
    _write(root)
    before = _state(root)
    assert main(["fix", str(root)]) == 1
    after = _state(root)
    assert all(before[name] != after[name] for name in before)
    assert main(["fix", str(root)]) == 0
    return root, before, after


def test_at_any_time(states: tuple[Path, State, State]) -> None:
    root, before, after = states
    _write(root)
    start = time.perf_counter()
    _in_child(root, lambda: None, None)
    whole = time.perf_counter() - start
    seen = set()
    for number in range(_KILLED_BY_TIME):
        _write(root)
        # Most of the time passes before anything is written: half of the kills come in the second half.
        share = number / _KILLED_BY_TIME
        _in_child(root, lambda: None, whole * (share if number % 2 else 0.5 + share / 2))
        now = _state(root)
        assert all(now[name] in (before[name], after[name]) for name in now)
        assert not [name for name in _leftovers(root) if name.endswith(".md")]
        seen.add(sum(now[name] == after[name] for name in now))
    assert main(["fix", str(root)]) in (0, 1)
    assert _state(root) == after
    assert _leftovers(root) == []
    assert len(seen) > 2  # some were killed between two files


def test_at_every_step(states: tuple[Path, State, State]) -> None:
    """The process kills itself before the n-th look at or change of the disk, until it comes to its end."""
    root, before, after = states

    def killing(step: int) -> Callable[[], None]:
        def prepare() -> None:
            left = [step]

            def watch(event: str, _: object) -> None:
                if event.startswith(("open", "os.", "tempfile.")):
                    left[0] -= 1
                    if left[0] == 0:
                        os.kill(os.getpid(), signal.SIGKILL)

            put = replacing.replace_file

            def watched(*arguments: object) -> None:
                if left[0] == step:
                    sys.addaudithook(watch)
                put(*arguments)  # type: ignore[arg-type]

            replacing.replace_file = watched  # type: ignore[assignment]

        return prepare

    step = 1
    while True:
        _write(root)
        status = _in_child(root, killing(step), None)
        now = _state(root)
        assert all(now[name] in (before[name], after[name]) for name in now), step
        assert not [name for name in _leftovers(root) if name.endswith(".md")]
        if not os.WIFSIGNALED(status):
            break
        step += 1
    assert now == after
    assert step > 4 * _FILES
    assert _leftovers(root) == []
