"""Time grows with the size of a file and no faster, whatever is in it."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import pytest

from packlint.cli import main
from tests.conftest import WritePack
from tests.hardness.shapes import AGENT, HEAD, SHAPES, Shape

_OF_PLUGIN = ("agents/dev.md", "commands/go.md", "skills/git/SKILL.md", "patterns/index.md")
# What differs in a project is how the head of a file is read.
_OF_PROJECT = (".claude/agents/dev.md", ".claude/skills/git/SKILL.md")
_SIZE = 8_000
# Twice the text may take this many times as long: 2 and much room for a busy machine, where 4 is quadratic.
_RATIO = 3.2
# Less than this, in seconds, says nothing.
_NOISE = 0.03
_ATTEMPTS = 12


def _seconds(root: Path, text: str) -> float:
    """Processor time of a check of one text as agent, command, skill and document."""
    for place in _places(text):
        (root / place).write_bytes(text.encode("utf-8", "surrogatepass"))
    gc.collect()
    start = time.process_time()
    code = main(["check", "--no-cache", str(root)])
    spent = time.process_time() - start
    assert code in (0, 1)
    return spent


def _places(text: str) -> tuple[str, ...]:
    return _OF_PLUGIN if text.startswith(f"{HEAD}---\n") else (*_OF_PLUGIN, *_OF_PROJECT)


def _measured(root: Path, once: str, twice: str) -> tuple[float, float]:
    """The least processor time that a text and one twice as long took, looked at until their ratio is good."""
    short = long = float("inf")
    for _ in range(_ATTEMPTS):
        long = min(long, _seconds(root, twice))
        if long <= _RATIO * _NOISE:
            break
        short = min(short, _seconds(root, once))
        if long <= _RATIO * max(short, _NOISE):
            break
    return max(short, _NOISE), long


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.usefixtures("capsys")
def test_twice_the_text_takes_twice_the_time(shape: Shape, write_pack: WritePack) -> None:
    root = write_pack({**dict.fromkeys(_places(shape(_SIZE)), AGENT), "a.py": ""})
    found = []
    for size in (_SIZE, 2 * _SIZE):  # what is quadratic is so at each doubling, where a limit is met at one
        short, long = _measured(root, shape(size), shape(2 * size))
        if long <= _RATIO * short:
            return
        found.append(f"{short:.3f} s for {size} characters, {long:.3f} s for {2 * size}")
    pytest.fail("; ".join(found))
