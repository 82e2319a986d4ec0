"""What a run writes: its result to stdout, words to the user to stderr."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from packlint.cache.memory import Memory


class WriteError(Exception):
    """Stdout cannot be written."""

    def __init__(self, reason: OSError) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Output:
    """Writes lines as they come.

    Args:
        memory: keeps what was written, for the next time; None where nobody wants to.
    """

    def __init__(self, memory: Memory | None = None) -> None:
        self.memory = memory
        self._written: list[str] = []
        self._told: list[str] = []

    def write(self, lines: Iterable[str]) -> None:
        """Write lines to stdout; what it cannot encode is written as escapes.

        Raises:
            WriteError: it cannot be written.
        """
        encoding = sys.stdout.encoding or "utf-8"
        for line in lines:
            text = line.encode(encoding, "backslashreplace").decode(encoding) + "\n"
            put(text, flush=False)
            if self.memory is not None:
                self._written.append(text)

    def tell(self, message: str) -> None:
        """Say something to the user, on stderr."""
        from packlint.commandline.terminal import printable

        text = f"packlint: {printable(message)}\n"
        say(text)
        self._told.append(text)

    def remark(self, lines: Iterable[str]) -> None:
        """Write lines to stderr, behind what stdout has so far.

        Raises:
            WriteError: stdout cannot be written.
        """
        put("", flush=True)
        for line in lines:
            say(f"{line}\n")
            self._told.append(f"{line}\n")

    def close(self, code: int) -> None:
        """Hand over what is still buffered, and remember the result.

        Raises:
            WriteError: it cannot be written.
        """
        put("", flush=True)
        if self.memory is not None:
            from packlint.cache.memory import Known

            self.memory.keep(Known(code, "".join(self._written), "".join(self._told)))


def say(text: str) -> None:
    """Write to stderr; where that cannot be written, the exit code says enough."""
    try:
        sys.stderr.write(text)
    except OSError:
        return


def put(text: str, *, flush: bool = True) -> None:
    """Write to stdout.

    Raises:
        WriteError: it cannot be written.
    """
    try:
        sys.stdout.write(text)
        if flush:
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError(error) from None
