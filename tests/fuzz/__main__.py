"""Fuzzes every target, one after the other: python -m tests.fuzz [--seconds N] [--target NAME] [--keep]

Inputs that reach new code are gathered in .fuzz/; with --keep a few small ones that reach all lines of it are
put into tests/fuzz/corpus, which `make test` replays. An input that fails is left in .fuzz/ and named.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from tests.fuzz.targets import TARGETS, text_of
from tests.hardness.parts import MARKDOWN_PARTS, YAML_PARTS
from tests.hardness.shapes import HEAD, SHAPES

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
GATHERED = HERE.parents[1] / ".fuzz"
_HANG_SECONDS = 60
_SMALL = 400
_SHOWN = re.compile(r"#\d+\s+DONE\s+cov: (?P<covered>\d+) ft: (?P<features>\d+) corp: (?P<kept>\S+)")
_RUNS = re.compile(r"stat::number_of_executed_units:\s+(\d+)")


def seeds(seconds: int) -> list[bytes]:
    """Texts to begin with: small ones of every nasty shape, and as many long ones as there is time for."""
    small = [HEAD.encode() + b"---\nYou review.\n"]
    small += [shape(60).encode("utf-8", "surrogatepass") for shape in SHAPES.values()]
    long = []
    for part in (*YAML_PARTS, *MARKDOWN_PARTS):
        piece = part.encode()
        long.append(b"\xff\xff" + piece + b"\xff")
        long.append(b"\xff" + HEAD.encode() + b"---\n\xff" + piece + b"\xff")
        long.append(b"\xff" + HEAD.encode() + b"when_to_use: \xff" + piece + b"\xff\n---\n")
    return small + long[:: max(1, 2 * len(long) // max(1, seconds))]


def dictionary() -> str:
    """The same pieces for the fuzzer to put in, in the form that libFuzzer reads."""
    parts = dict.fromkeys((*YAML_PARTS, *MARKDOWN_PARTS))
    return "".join('"' + "".join(f"\\x{byte:02x}" for byte in part.encode()) + '"\n' for part in parts)


def _fuzz(name: str, options: Sequence[str]) -> tuple[int, str]:
    folder = GATHERED / name
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.fuzz.run", name, str(folder), *options]
    done = subprocess.run(
        command, cwd=HERE.parents[1], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    return done.returncode, done.stdout


def _run(name: str, seconds: int) -> bool:
    """Fuzz one target; whether nothing failed."""
    folder = GATHERED / name
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(seconds)):
        (folder / f"seed-{number}").write_bytes(seed)
    for path in (CORPUS / name).glob("*"):
        (folder / path.name).write_bytes(path.read_bytes())
    (GATHERED / "dictionary").write_text(dictionary())
    options = [
        f"-max_total_time={seconds}",
        f"-timeout={_HANG_SECONDS}",
        "-rss_limit_mb=2048",
        f"-dict={GATHERED / 'dictionary'}",
    ]
    code, told = _fuzz(name, [*options, f"-artifact_prefix={GATHERED}/{name}-"])
    end, runs = _SHOWN.search(told), _RUNS.search(told)
    if code or end is None or runs is None:
        print(f"{name}: FAILED\n{told[-4_000:]}")
        return False
    print(f"{name}: {runs[1]} executions, {end['covered']} branches covered, {end['kept']} inputs kept", flush=True)
    return True


def _keep(name: str) -> None:
    """Put small inputs that together reach every line that all small ones reach into the repository.

    Those that once failed, whose names begin with `failed-`, stay.
    """
    folder = CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    known = {path.read_bytes() for place in (folder, GATHERED / name) for path in sorted(place.glob("*"))}
    small = sorted((data for data in known if len(data) <= _SMALL and len(text_of(data)) <= _SMALL), key=len)
    TARGETS[name](b"")  # what only the first run reaches is no merit of its input
    seen: set[tuple[str, int]] = set()
    kept = []
    for data in small:
        reached = _reached(name, data)
        if not reached <= seen:
            seen |= reached
            kept.append(data)
    for path in folder.iterdir():
        if not path.name.startswith("failed-"):
            path.unlink()
    for data in kept:
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    print(f"{name}: {len(kept)} of {len(small)} small inputs in {folder}", flush=True)


def _reached(name: str, data: bytes) -> set[tuple[str, int]]:
    """The lines of packlint that an input reaches."""
    lines: set[tuple[str, int]] = set()

    def inside(frame: FrameType, event: str, _: object) -> Any:
        if event == "line":
            lines.add((frame.f_code.co_filename, frame.f_lineno))
        return inside

    def entered(frame: FrameType, _: str, __: object) -> Any:
        return inside if frame.f_globals.get("__name__", "").startswith("packlint.") else None

    sys.settrace(entered)
    try:
        TARGETS[name](data)
    finally:
        sys.settrace(None)
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description="Fuzz packlint, guided by what its code covers.")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--target", action="append", choices=TARGETS, help="one of them; all without it")
    parser.add_argument("--keep", action="store_true", help="put what was found into the repository's corpus")
    options = parser.parse_args()
    names = options.target or list(TARGETS)
    if options.keep:
        for name in names:
            _keep(name)
        return 0
    failed = [name for name in names if not _run(name, options.seconds)]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
