"""Spreads work over the processor's cores, where there is enough of it to pay."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, TypeVar

    Item = TypeVar("Item")
    Result = TypeVar("Result")

# Fewer files than this are done before a second process has begun.
_ENOUGH = 300
# Neighbours go to the same process: files of one folder are alike, and folders differ.
_BLOCK = 16


def cores() -> int:
    """How many processes can run at the same time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processes(items: int, jobs: int | None = None) -> int:
    """How many processes share so many items: those asked for, else as many as pay; never more than get some."""
    if not hasattr(os, "fork"):
        return 1
    count = jobs or (min(cores(), 8) if items >= _ENOUGH else 1)
    return min(count, -(-items // _BLOCK) or 1)


def spread(
    items: Sequence[Item],
    work: Callable[[Item], Result],
    jobs: int | None = None,
    *,
    begin: Callable[[], None] = lambda: None,
    end: Callable[[], Any] = lambda: None,
    join: Callable[[Any], None] = lambda _: None,
) -> Iterator[Result]:
    """The results of `work` on each item, in order.

    Args:
        items: what there is to do.
        work: does one; what it changes in the process is lost where another process does it.
        jobs: how many processes; by the number of items where None.
        begin: is called in each further process before its first item.
        end: is called in each further process after its last, and gives what `join` gets in this one.
        join: takes what the end of another process gave.
    """
    count = processes(len(items), jobs)
    if count <= 1:
        yield from map(work, items)
        return
    shares = [[index for index in range(len(items)) if index // _BLOCK % count == each] for each in range(count)]
    helpers: list[_Helper] = []
    results: dict[int, Result] = {}
    try:
        helpers += (_Helper(share, items, work, begin, end) for share in shares[1:])
        for index in shares[0]:
            results[index] = work(items[index])
        for helper in helpers:
            answer = helper.answer()
            if answer is None:
                results.update((index, work(items[index])) for index in helper.share)
            else:
                results.update(zip(helper.share, answer[0], strict=True))
                join(answer[1])
    finally:
        for helper in helpers:
            helper.stop()
    for index in range(len(items)):
        yield results.pop(index)


class _Helper:
    """A further process at work on its share, and what it answers: nothing where the system lets none begin."""

    def __init__(
        self,
        share: list[int],
        items: Sequence[Item],
        work: Callable[[Item], Any],
        begin: Callable[[], None],
        end: Callable[[], Any],
    ) -> None:
        self.share = share
        self._reader = self._process = -1
        try:
            self._reader, writer = os.pipe()
        except OSError:
            return
        try:
            self._process = os.fork()
        except OSError:
            os.close(self._reader)
            os.close(writer)
            return
        if self._process == 0:
            status = 1
            try:
                os.close(self._reader)
                begin()
                _send(writer, ([work(items[index]) for index in share], end()))
                status = 0
            finally:
                # Neither buffers nor exit handlers of the first process are this one's to deal with.
                os._exit(status)
        os.close(writer)

    def answer(self) -> tuple[list[Any], Any] | None:
        """The results of the share and what the end gave; None where the process did not come to its end."""
        import pickle

        if self._process < 0:
            return None
        with os.fdopen(self._reader, "rb") as stream:
            self._reader = -1
            raw = stream.read()
        try:
            found: tuple[list[Any], Any] = pickle.loads(raw)  # noqa: S301 - from our own process
        except Exception:  # noqa: BLE001 - a process that was killed leaves whatever it had written
            return None
        return found

    def stop(self) -> None:
        """Wait for the process; one whose answer nobody reads any more is ended."""
        if self._process < 0:
            return
        if self._reader >= 0:
            os.close(self._reader)
            self._reader = -1
            from signal import SIGKILL

            os.kill(self._process, SIGKILL)
        try:
            os.waitpid(self._process, 0)
        except ChildProcessError:
            return


def _send(writer: int, answer: object) -> None:
    import pickle

    with os.fdopen(writer, "wb") as stream:
        pickle.dump(answer, stream, pickle.HIGHEST_PROTOCOL)
