"""Gives one input to one target without a fuzzer, and says how many seconds it took: TARGET FILE"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.fuzz.targets import TARGETS


def main() -> None:
    name, path = sys.argv[1:]
    data = Path(path).read_bytes()
    TARGETS[name](b"")  # loads what is loaded when first used
    start = time.process_time()
    TARGETS[name](data)
    print(f"{time.process_time() - start:.3f}")


if __name__ == "__main__":
    main()
