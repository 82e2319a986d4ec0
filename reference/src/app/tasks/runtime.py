from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from functools import lru_cache
from typing import Any, TypeVar

from celery.signals import worker_process_shutdown

from app.core.config import Settings, get_settings
from app.resources import Resources, open_resources

ResultT = TypeVar("ResultT")


# region: worker-runtime
class WorkerRuntime:
    """One event loop and one set of connections for the life of a worker process.

    A connection belongs to the loop that opened it: with `asyncio.run` for each task
    the pool would hold those of closed loops.
    """

    def __init__(self, settings: Settings) -> None:
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self.resources: Resources = self.run(
            self._stack.enter_async_context(open_resources(settings))
        )

    def run(self, coroutine: Coroutine[Any, Any, ResultT]) -> ResultT:
        """Run a coroutine to its end; a soft limit, which strikes the loop, cancels it.

        Left alone, it would go on beside the next task, with its locks.
        """
        try:
            return self._runner.run(coroutine)
        except BaseException:
            self._runner.run(_cancel_others())
            raise

    # endregion: worker-runtime

    def close(self) -> None:
        """Close the connections, then the loop."""
        self.run(self._stack.aclose())
        self._runner.close()


@lru_cache(maxsize=1)
def worker_runtime() -> WorkerRuntime:
    """Open the runtime on first use, that is after the fork and never before it."""
    return WorkerRuntime(get_settings())


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@worker_process_shutdown.connect
def close_worker_runtime(**_: object) -> None:
    """Close what this process has opened, if it has."""
    if worker_runtime.cache_info().currsize:
        worker_runtime().close()
        worker_runtime.cache_clear()
