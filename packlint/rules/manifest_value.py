"""A value in plugin.json is not what the client expects.

What it checks: plugin.json against its JSON Schema (`packlint/schemas/plugin.json`). Some values of a wrong
type keep the whole plugin from loading; others only older clients and `claude plugin validate` refuse.

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

from packlint import manifests, schema
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
    for misfit in schema.misfits("plugin", found.value, file.layout.value):
        spot = found.spot(misfit.key)
        yield Finding(
            spot.start,
            spot.end,
            f"'{misfit.key}' must be {misfit.message}" + _lacking(misfit.key, found.value[misfit.key]),
            misfit.consequence,
            severity=Severity(misfit.severity),
        )


def _lacking(key: str, value: object) -> str:
    return " with a 'name'" if key == "author" and isinstance(value, dict) else ""
