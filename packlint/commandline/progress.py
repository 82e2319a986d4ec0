"""Tells a person at a terminal that a long run is still at work."""

from __future__ import annotations

import sys
import time

_QUIET_SECONDS = 1.0
_BETWEEN_SECONDS = 0.2
_ERASED = "\r" + " " * 24 + "\r"


class Progress:
    """Says how much was read, once a run has lasted a second, in one line that goes when it is done."""

    def __init__(self) -> None:
        self._files = 0
        self._is_shown = False
        self._next = time.monotonic() + _QUIET_SECONDS

    def __call__(self, files: int) -> None:
        self._files += files
        if time.monotonic() > self._next:
            self._next = time.monotonic() + _BETWEEN_SECONDS
            self._is_shown = True
            print(f"\r{self._files} files read", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Take the line away."""
        if self._is_shown:
            print(_ERASED, end="", file=sys.stderr, flush=True)
            self._is_shown = False


def progress() -> Progress | None:
    """What tells how a run gets on; None where nobody watches."""
    return Progress() if sys.stderr.isatty() else None
