"""A value in plugin.json is not what the client expects.

What it checks: plugin.json against its JSON Schema (`packlint/schemas/plugin.json`), commands, servers and options
that are written in it included. Some values of a wrong type keep the whole plugin from loading; others only older
clients and `claude plugin validate` refuse: a warning for newer ones.

Evidence: measured, one plugin for each.
Versions: named in each message.

Bad (.claude-plugin/plugin.json):

    {"name": "shop", "version": 1}

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good (.claude-plugin/plugin.json):

    {"name": "shop", "version": "1.0.0"}

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
from packlint.problem import Finding, Severity

CODE = "PL002"
NAME = "manifest-value"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.PLUGIN)
    if found is None:
        return
    if "name" not in found.value:
        spot = found.spot()
        yield Finding(
            spot.start, spot.start + 1, "'name' is missing", "clients 2.1.197 and 2.1.328 do not load the plugin"
        )
    for fault in schema.faults("plugin", found.value):
        is_lost = manifests.keeps_out(fault.consequence, pack.client)
        yield manifests.misfit(found, fault, fault.consequence, SEVERITY if is_lost else Severity(fault.severity))
