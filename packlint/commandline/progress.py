"""Tells a person at a terminal that a long run is still at work."""

from __future__ import annotations

import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def progress() -> Callable[[str], None] | None:
    """Says on a terminal how much was read, once a run has lasted a second; None where nobody watches."""
    if not sys.stderr.isatty():
        return None
    shown = time.monotonic() + 1.0
    files = 0

    def tell(_: str) -> None:
        nonlocal shown, files
        files += 1
        if time.monotonic() > shown:
            shown = time.monotonic() + 0.2
            print(f"\r{files} files read", end="\r", file=sys.stderr, flush=True)

    return tell
