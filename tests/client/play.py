"""A scripted model with one part for each thread: what it does turn by turn, and what it was sent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

from tests.client.scripted_api import Call, Request, Turn

MAIN = "main"
_PATIENCE = 60.0

# One turn of a thread: a text, tool calls without identities, or what makes either of a request.
Step = str | list[tuple[str, dict[str, Any]]] | Callable[[Request], Any]


def use(tool: str, **arguments: Any) -> tuple[str, dict[str, Any]]:
    """One tool call of a step."""
    return tool, arguments


def start(agent: str, part: str, prompt: str = "Go on.", **more: Any) -> tuple[str, dict[str, Any]]:
    """Starts a subagent that plays `part`, in the foreground unless `run_in_background` says otherwise."""
    arguments = {"description": part, "prompt": f"{_sign(part)} {prompt}", "subagent_type": agent}
    return "Agent", arguments | {"run_in_background": False} | more


class Play:
    """Answers requests from the steps of their thread.

    `requests` holds what each thread was sent. A request that finds no step left, or a step that fails, is one of the
    `surprises`.
    """

    def __init__(self, steps: dict[str, Iterable[Step]]) -> None:
        self._steps = {part: list(each) for part, each in steps.items()}
        self._lock = threading.Condition()
        self._calls = 0
        self.requests: dict[str, list[Request]] = {part: [] for part in self._steps}
        self.surprises: list[str] = []

    @property
    def left(self) -> dict[str, int]:
        """How many steps of each part were never asked for."""
        return {part: len(steps) for part, steps in self._steps.items() if steps}

    def wait_for(self, parts: Iterable[str]) -> str:
        """Says something once these parts, which run in the background, have come to their last step."""
        waited_for = list(parts)
        with self._lock:
            if not self._lock.wait_for(lambda: not any(self._steps[part] for part in waited_for), _PATIENCE):
                self.surprises.append(f"{MAIN}: waited in vain for {waited_for}")
        return "I have waited."

    def __call__(self, request: Request) -> Turn:
        if not request.body.get("tools"):
            return "a title"
        part = next((part for part in self._steps if _sign(part) in request.opening), MAIN)
        with self._lock:
            self.requests[part].append(request)
            step = self._steps[part].pop(0) if self._steps[part] else None
            self._lock.notify_all()
        if step is None:
            self.surprises.append(f"{part}: no step is left")
            return "Nothing more to do."
        try:
            turn = step(request) if callable(step) else step
        except Exception as error:  # noqa: BLE001 - the test fails by it, and the client must not wait for an answer
            self.surprises.append(f"{part}: {error!r}")
            return "I am lost."
        return turn if isinstance(turn, str) else [self._call(*call) for call in turn]

    def _call(self, tool: str, arguments: dict[str, Any]) -> Call:
        with self._lock:
            self._calls += 1
            return Call(tool, arguments, f"toolu_play_{self._calls}")


def _sign(part: str) -> str:
    return f"[part: {part}]"
