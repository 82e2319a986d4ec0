"""Hooks that the client cannot use.

What it checks: hooks/hooks.json has one key `hooks` at the top; below it each event holds a list of groups, each
group a list `hooks`, and each hook a `type` with what that type needs, a `command` for one. Without `hooks` at the
top no hook of the file runs. What is wrong further down loses all of them in older clients, and itself in newer ones;
where the hooks are written in plugin.json, older clients lose the whole plugin.

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

from packlint import schema
from packlint.discovery import manifests
from packlint.pack import File, Kind, Pack
from packlint.parsing.jsonplace import Json
from packlint.problem import Finding, Severity

CODE = "PL008"
NAME = "hooks-shape"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

_PASSED = "client 2.1.328 passes over this one without a word"
_OLDER = {
    manifests.HOOKS: "client 2.1.197 loads no hook of this file",
    manifests.PLUGIN: "client 2.1.197 does not load the plugin",
}


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.HOOKS, manifests.PLUGIN)
    if found is None:
        return
    kind = manifests.kind(file)
    if kind == manifests.HOOKS and not isinstance(found.value.get("hooks"), dict):
        if "hooks" in found.value or "modules" not in found.value:
            yield _no_hooks(found)
        return
    known = schema.load("hooks")["properties"]["hooks"]["propertyNames"]["enum"]
    for event in manifests.events(file, found):
        for fault in schema.faults_of("hooks", "groups", event.value) if event.name in known else ():
            named = schema.Fault((event.name, *fault.path), fault.is_key, fault.message)
            yield manifests.misfit(found, named, f"{_OLDER[kind]}, {_PASSED}", around=event.path[:-1])
    if kind == manifests.PLUGIN and manifests.is_wrapped(found):
        spot = found.spot("hooks", "hooks")
        words = "'hooks' within 'hooks'; only a file of hooks needs it"
        yield Finding(spot.key_start, spot.key_end, words, _OLDER[kind], severity=Severity.WARNING)


def _no_hooks(found: Json) -> Finding:
    spot = found.spot("hooks")
    words = "'hooks' must be a mapping" if "hooks" in found.value else "no 'hooks' at the top"
    end = spot.end if "hooks" in found.value else spot.start + 1
    return Finding(spot.start, end, words, "clients 2.1.197 and 2.1.328 load no hook of this file")
