"""A hooks file that the client cannot use.

What it checks: hooks/hooks.json has one key `hooks` at the top; below it each event holds a list of groups, each
group a list `hooks`, and each hook a `type` and, where it is a command, a `command`. Without `hooks` at the top
no hook of the file runs; what is wrong further down loses all of them in older clients, and itself in newer ones.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (hooks/hooks.json):

    {"PostToolUse": [{"matcher": "Edit", "hooks": [{"type": "command", "command": "ruff format ."}]}]}

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good (hooks/hooks.json):

    {"hooks": {"PostToolUse": [{"matcher": "Edit", "hooks": [{"type": "command", "command": "ruff format ."}]}]}}

Good (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.
"""

from __future__ import annotations

from collections.abc import Iterator

from packlint import manifests, schema
from packlint.jsonplace import Json, Path
from packlint.manifests import Event
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

CODE = "PL008"
NAME = "hooks-shape"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

_CONSEQUENCE = "client 2.1.197 loads no hook of this file, client 2.1.328 passes over this one without a word"


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.HOOKS)
    if found is None:
        return
    if "hooks" not in found.value and "modules" in found.value:
        return
    if not isinstance(found.value.get("hooks"), dict):
        words = "'hooks' must be a mapping" if "hooks" in found.value else "no 'hooks' at the top"
        yield _finding(found, ("hooks",), words, "clients 2.1.197 and 2.1.328 load no hook of this file")
        return
    for event in manifests.events(file, found):
        if event.name in schema.load("hooks")["properties"]["hooks"]["properties"]:
            yield from _event(found, event)


def _event(found: Json, event: Event) -> Iterator[Finding]:
    if not isinstance(event.value, list):
        yield _finding(found, event.path, f"'{event.name}' must be a list of groups")
        return
    for number, group in enumerate(event.value):
        if not isinstance(group, dict) or not isinstance(group.get("hooks"), list):
            yield _finding(found, (*event.path, number), "a group must have a list 'hooks'")
    for hook in manifests.hooks(event):
        kind = hook.value.get("type")
        if not isinstance(kind, str):
            yield _finding(found, hook.path, "a hook must have a 'type'")
        elif kind == "command" and not isinstance(hook.value.get("command"), str):
            yield _finding(found, hook.path, "a hook of type command must have a 'command'")


def _finding(found: Json, path: Path, message: str, consequence: str = _CONSEQUENCE) -> Finding:
    spot = found.spot(*path)
    missing = path not in found.spots
    return Finding(spot.start, spot.start + 1 if missing else spot.end, message, consequence)
