"""A hook waits for an event that does not exist.

What it checks: the event names in hooks/hooks.json, in plugin.json and in a project's settings. New clients add
events, so this is a warning; where one is near, it is named.

Evidence: measured; the list is that of the client's documentation, version 2.1.240.
Versions: 2.1.197, 2.1.328.

Bad (hooks/hooks.json):

    {"hooks": {"PostToolUsed": [{"hooks": [{"type": "command", "command": "ruff format ."}]}]}}

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good (hooks/hooks.json):

    {"hooks": {"PostToolUse": [{"hooks": [{"type": "command", "command": "ruff format ."}]}]}}

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
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.text.spelling import Spelling

CODE = "PL009"
NAME = "unknown-hook-event"
SEVERITY = Severity.WARNING
KINDS = (Kind.MANIFEST,)

_CONSEQUENCES = {
    manifests.SETTINGS: "its hooks never run",
    manifests.PLUGIN: "client 2.1.197 does not load the plugin, client 2.1.328 passes over this event without a word",
    manifests.HOOKS: "client 2.1.197 loads no hook of this file, client 2.1.328 passes over this event without a word",
}


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.HOOKS, manifests.PLUGIN, manifests.SETTINGS)
    if found is None:
        return
    known = schema.load("hooks")["properties"]["hooks"]["propertyNames"]["enum"]
    spelling, consequence = Spelling(known), _CONSEQUENCES[manifests.kind(file)]
    for event in manifests.events(file, found):
        if event.name in known:
            continue
        spot = found.spot(*event.path)
        meant = spelling.nearest(event.name)
        fix = None
        if meant:
            fix = Fix(f"write '{meant}'", (Edit(spot.key_start, spot.key_end, f'"{meant}"'),), safe=False)
        yield Finding(
            spot.key_start,
            spot.key_end,
            f"unknown event '{event.name}'" + (f"; did you mean '{meant}'?" if meant else ""),
            consequence,
            fix,
            Severity.ERROR if manifests.keeps_out(consequence, pack.client) else SEVERITY,
        )
