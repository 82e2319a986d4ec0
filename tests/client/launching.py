"""Starts every agent that a client lists once, and keeps what it sends for each."""

from __future__ import annotations

import re
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packlint.discovery.layout import Layout
from tests.client.driver import drive
from tests.client.scripted_api import Call, Request, Turn
from tests.client.staging import ALIASES, CONTROL, Sample, sent_as, stage

# 2.1.328 refuses the 21st subagent that runs at the same time, those in the background included;
# the driver raises that limit, and small groups keep the client quick.
_AT_ONCE = 20
_PATIENCE = 5.0
_AFTER_NAME = re.compile(r"(?: \([^)\n]*\))?(: |\n|\Z)")
STARTED = "launched successfully"
_CALL = "toolu_probe_"
_PROMPT = re.compile(r"PROBE-(\d+) go")
_LISTING = "Available agent types for the Agent tool:\n"

# The session's model. It is of no family that an alias names (the client resolves such an alias to the
# session's own model), so that what an agent inherits can be told from what it asks for.
MAIN_MODEL = "probe-model"


@dataclass
class Roll:
    """What one run showed of each agent in `names`.

    `listing` maps it to its description and the tools the listing claims; `sent` to its first
    request, `refused` to the reason of the refusal.
    """

    names: list[str] = field(default_factory=list)
    listing: dict[str, tuple[str, str]] = field(default_factory=dict)
    sent: dict[str, Request] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def model(self, request: Request) -> str:
        """`inherit`, the alias whose model was sent, or the text that was sent as it stands."""
        controls = {name.rpartition(f"{CONTROL}-")[2]: sent for name, sent in self.sent.items() if CONTROL in name}
        aliases = {controls[alias].model: alias for alias in ALIASES}
        return "inherit" if request.model == MAIN_MODEL else aliases.get(request.model, sent_as(request.model))


def launch_all(
    client: Path, samples: Sequence[Sample], layout: Layout, *, background: bool = False, arguments: Sequence[str] = ()
) -> Roll:
    """Stages samples, starts one client there and launches every agent it lists."""
    with tempfile.TemporaryDirectory(prefix="client-stage-") as folder:
        staged = stage(samples, layout, Path(folder))
        launcher = _Launcher(background)
        drive(
            client,
            ["begin"],
            launcher.answer,
            staged.cwd,
            plugin=staged.plugin,
            arguments=["--model", MAIN_MODEL, *arguments],
            on_init=launcher.know,
        )
    return launcher.roll


class _Launcher:
    """The scripted model: the main thread launches group after group, each agent says "ok"."""

    def __init__(self, background: bool) -> None:
        self.roll = Roll()
        self._background = background
        self._known = threading.Event()
        self._arrived = threading.Condition()
        self._calls: list[str] = []

    def know(self, init: dict[str, Any]) -> None:
        self.roll.names = list(init["agents"])
        self._known.set()

    def answer(self, request: Request) -> Turn:
        probe = next((int(found[1]) for text in request.texts if (found := _PROMPT.fullmatch(text.strip()))), None)
        if probe is not None:
            with self._arrived:
                self.roll.sent.setdefault(self._calls[probe], request)
                self._arrived.notify_all()
            return "ok"
        if not request.body.get("tools"):
            return "a title"
        return self._main(request)

    def _main(self, request: Request) -> Turn:
        self._known.wait(_PATIENCE)
        if not self.roll.listing:
            self.roll.listing = read_listing(request, self.roll.names)
        deadline = time.monotonic() + _PATIENCE
        for identity, result in request.tool_results.items():
            self._note(self._calls[int(identity.removeprefix(_CALL))], result, deadline)
        group = range(len(self._calls), min(len(self._calls) + _AT_ONCE, len(self.roll.names)))
        self._calls += [self.roll.names[number] for number in group]
        return [self._launch(number) for number in group] or "done"

    def _launch(self, number: int) -> Call:
        arguments: dict[str, Any] = {"description": f"probe {number}", "prompt": f"PROBE-{number} go"}
        arguments |= {"subagent_type": self._calls[number], "run_in_background": self._background}
        return Call("Agent", arguments, f"{_CALL}{number}")

    def _note(self, name: str, result: str, deadline: float) -> None:
        """An agent in the background is waited for; one that sent nothing was refused."""
        with self._arrived:
            if STARTED in result:
                self._arrived.wait_for(lambda: name in self.roll.sent, max(0.0, deadline - time.monotonic()))
            if name not in self.roll.sent:
                self.roll.refused[name] = result


def read_listing(request: Request, names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The agents in the listing that the model gets: name -> (description, tools it claims)."""
    text = next((text.partition(_LISTING)[2] for text in request.texts if _LISTING in text), "")
    listing: dict[str, tuple[str, str]] = {}
    for name, entry in entries(text, names, ")\n", ")\n\n").items():
        description, _, tools = (entry or "").rpartition(" (Tools: ")
        listing[name] = description, tools.removesuffix(")")
    return listing


def entries(text: str, names: Sequence[str], closing: str, ending: str) -> dict[str, str | None]:
    """The entries of a listing `- name: text`, by name; None for a name without text.

    A name may be followed by another in parentheses. Texts may hold anything, even lines that look
    like entries: an entry ends where `closing` is followed by the line of another known name, and
    the last one at `ending`.
    """
    found: dict[str, str | None] = {}
    left = {name for name in names if f"- {name}" in text}
    position = 0
    while True:
        name = _name_at(text, position, left)
        if name is None:
            return found
        left.discard(name)
        after = _AFTER_NAME.match(text, position + len(f"- {name}"))
        start = after.end() if after else position
        end = _end_of(text, start - 1, left, closing, ending)
        found[name] = text[start:end] if after and after[1] == ": " else None
        position = end + 1


def _name_at(text: str, position: int, names: set[str]) -> str | None:
    if not text.startswith("- ", position):
        return None
    line = text[position + 2 : text.find("\n", position) + 1 or None]
    at = [name for name in names if line.startswith(name) and _AFTER_NAME.match(line, len(name))]
    return max(at, key=len, default=None)


def _end_of(text: str, start: int, names: set[str], closing: str, ending: str) -> int:
    """Where an entry that starts at `start` stops, before the line break."""
    position = start
    while (position := text.find(f"{closing}- ", position)) >= 0:
        position += len(closing)
        if _name_at(text, position, names) is not None:
            return position - 1
    end = text.find(ending, start)
    return len(text) if end < 0 else end + len(ending.rstrip("\n"))
