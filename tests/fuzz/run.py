"""Fuzzes one target with atheris: python -m tests.fuzz.run TARGET FOLDER [options of libFuzzer]

FOLDER is where inputs that reach new code are kept.
"""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["packlint"]):
    import packlint

    for found in pkgutil.walk_packages(packlint.__path__, "packlint."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
from tests.fuzz.targets import MAX_LENGTH, TARGETS

# Of processor time. Watched by the fuzzer a text takes some five times as long as otherwise.
_SECONDS, _SECONDS_WATCHED = 1.0, 1.0


class SlowError(Exception):
    """The text takes too long."""


def main() -> None:
    name, folder, *options = sys.argv[1:]
    target = TARGETS[name]

    def once(data: bytes) -> None:
        start = time.process_time()
        target(data)
        if time.process_time() - start > _SECONDS_WATCHED:
            _measure(name, data, Path(folder))

    atheris.Setup([sys.argv[0], f"-max_len={MAX_LENGTH}", "-print_final_stats=1", *options, folder], once)
    atheris.Fuzz()


def _measure(name: str, data: bytes, folder: Path) -> None:
    """Fail where the text takes too long without the fuzzer, too."""
    path = folder.with_name(f"{folder.name}.slow")
    path.write_bytes(data)
    done = subprocess.run([sys.executable, "-m", "tests.fuzz.replay", name, str(path)], capture_output=True, text=True)
    if done.returncode or float(done.stdout) > _SECONDS:
        raise SlowError(done.stdout + done.stderr)


if __name__ == "__main__":
    main()
