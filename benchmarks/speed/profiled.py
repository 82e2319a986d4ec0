"""Where packlint's time goes: `python -m benchmarks.speed.profiled`, in the environment that has packlint."""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

from benchmarks.speed.corpus import FOLDERS, PLUGIN, SEED, write

_IMPORT = re.compile(r"import time: +(\d+) \| +(\d+) \| ( *)(\S+)")


def main() -> None:
    """Profile `packlint check` in one process, by file and by function, or its imports.

    The profiler makes small functions look slower than they are; only the shares are of use. Options after `--` are
    packlint's.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.profiled", description=main.__doc__)
    parser.add_argument("--agents", type=int, default=1000, metavar="N", help="size of the generated pack")
    parser.add_argument("--layout", choices=FOLDERS, default=PLUGIN)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--pack", type=Path, metavar="DIR", help="profile this folder instead of a generated pack")
    parser.add_argument("--imports", action="store_true", help="list what is imported instead, and how long it takes")
    parser.add_argument("--top", type=int, default=30, metavar="N", help="length of the lists")
    parser.add_argument("rest", nargs="*", metavar="OPTION", help="options for packlint check, after --")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="speed-") as folder:
        pack = given.pack or Path(folder, "pack")
        if given.pack is None:
            write(given.agents, given.layout, pack, given.seed)
        arguments = ["check", *given.rest, str(pack)]
        if given.imports:
            show_imports(imports(arguments), given.top)
        else:
            show_functions(profile(arguments), given.top)


def profile(arguments: list[str]) -> pstats.Stats:
    """The profile of one run of packlint, its output thrown away; start-up is not in it."""
    from packlint.cli import main as packlint

    profiler = cProfile.Profile()
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        code = profiler.runcall(packlint, arguments)
    print(f"packlint {' '.join(arguments)}: exit code {code}")
    return pstats.Stats(profiler)


def by_file(stats: pstats.Stats) -> Counter[str]:
    """Own seconds by source file; what C code takes is charged to the file that calls it."""
    seconds: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, callers) in stats.stats.items():  # type: ignore[attr-defined]
        if file != "~":
            seconds[_short(file)] += own
        for (caller, _, _), (_, _, charged, _) in callers.items():
            if file == "~":
                seconds[_short(caller)] += charged
    return seconds


def show_functions(stats: pstats.Stats, top: int) -> None:
    total = stats.total_tt  # type: ignore[attr-defined]
    print(f"\n{total:.2f} s under the profiler\n\n  share  seconds  file, with the C functions that it calls")
    for file, seconds in by_file(stats).most_common(top):
        print(f"{seconds / total:7.1%} {seconds:8.3f}  {file}")
    for order in ("tottime", "cumulative"):
        stats.sort_stats(order).print_stats(top)


def imports(arguments: list[str]) -> list[tuple[int, int, str]]:
    """Own and total microseconds of every module that a run imports, as `python -X importtime` measures them."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "packlint", *arguments], capture_output=True, text=True, check=False
    )
    print(f"packlint {' '.join(arguments)}: exit code {done.returncode}")
    found = _IMPORT.findall(done.stderr)
    return [(int(own), int(total), f"{indent}{name}") for own, total, indent, name in found]


def show_imports(modules: list[tuple[int, int, str]], top: int) -> None:
    print(f"{len(modules)} modules, {sum(own for own, _, _ in modules) / 1000:.1f} ms")
    orders: dict[str, Callable[[tuple[int, int, str]], int]] = {
        "own": lambda module: -module[0],
        "with what they import": lambda module: -module[1],
    }
    for title, order in orders.items():
        print(f"\n{title}:\n  own ms  total ms  module")
        for own, total, name in sorted(modules, key=order)[:top]:
            print(f"{own / 1000:8.2f} {total / 1000:9.2f}  {name.strip()}")


def _short(file: str) -> str:
    """The last two parts of a path, enough to know a module by."""
    return "/".join(Path(file).parts[-2:])


if __name__ == "__main__":
    main()
