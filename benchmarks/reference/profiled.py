from __future__ import annotations

import json
import signal
import time
from collections import Counter
from types import FrameType
from typing import Any

from app.asgi import app as service

from benchmarks.reference.layers import Stack, shares

INTERVAL = 0.001


class Sampler:
    """Notes what Python is doing each time that the process has used a little more CPU time.

    A deterministic profiler would charge every call of a function and so make layers of small functions look slow.
    Waiting costs no CPU time and is not sampled.
    """

    def __init__(self) -> None:
        self._stacks: Counter[Stack] = Counter()
        self._cpu = self._wall = 0.0

    def start(self) -> None:
        self._stacks.clear()
        signal.signal(signal.SIGPROF, self._sample)
        signal.siginterrupt(signal.SIGPROF, False)
        self._cpu, self._wall = time.process_time(), time.perf_counter()
        signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)

    def stop(self) -> dict[str, Any]:
        signal.setitimer(signal.ITIMER_PROF, 0)
        cpu, wall = time.process_time() - self._cpu, time.perf_counter() - self._wall
        return {
            "cpu_seconds": cpu,
            "wall_seconds": wall,
            "samples": self._stacks.total(),
            "shares": shares(self._stacks),
        }

    def _sample(self, _: int, frame: FrameType | None) -> None:
        stack = []
        while frame is not None:
            stack.append((frame.f_code.co_filename, frame.f_code.co_name))
            frame = frame.f_back
        self._stacks[tuple(stack)] += 1


sampler = Sampler()


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope.get("path") == "/profile/start":
        sampler.start()
        await answer(send, {})
    elif scope.get("path") == "/profile/stop":
        await answer(send, sampler.stop())
    else:
        await service(scope, receive, send)


async def answer(send: Any, content: dict[str, Any]) -> None:
    body = json.dumps(content).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
