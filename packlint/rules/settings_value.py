"""A value in a project's settings is not what the client expects.

What it checks: .claude/settings.json and settings.local.json against their JSON Schema
(`packlint/schemas/settings.json`). For one value of a wrong type, wherever it is, the client passes over the whole
file: what should be denied is not, no hook runs, and a session that nobody watches says nothing of it. Keys that are
not in the schema are not judged.

Evidence: measured, one file for each key.
Versions: 2.1.197, 2.1.328.

Bad in a project (settings.json):

    {"permissions": {"deny": "WebFetch"}, "includeCoAuthoredBy": "false"}

Bad in a project (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good in a project (settings.json):

    {"permissions": {"deny": ["WebFetch"]}, "includeCoAuthoredBy": false}

Good in a project (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.
"""

from __future__ import annotations

from packlint import schema
from packlint.discovery import manifests
from packlint.pack import File, Kind, Pack
from packlint.parsing.jsonplace import Json
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL016"
NAME = "settings-value"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

_OLDER = "client 2.1.197 passes over the whole file, permissions included"
_BOTH = "clients 2.1.197 and 2.1.328 pass over the whole file, permissions included"
# Lists that 2.1.328 does without where they are none, and of which it refuses an item.
_ITEMS = ("enabledMcpjsonServers", "disabledMcpjsonServers")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.SETTINGS)
    if found is None:
        return
    for fault in schema.faults(manifests.SETTINGS, found.value):
        is_item = fault.path[0] in _ITEMS and len(fault.path) > 1
        yield manifests.misfit(found, fault, _BOTH if is_item else fault.consequence)
    permissions = found.value.get("permissions")
    if isinstance(permissions, dict) and permissions.get("defaultMode") == "manual":
        yield _new(found, "permissions", "defaultMode")
    if isinstance(found.value.get("attribution"), bool):
        yield _new(found, "attribution")


def _new(found: Json, *path: str) -> Finding:
    """A value that only newer clients know."""
    spot = found.spot(*path)
    words = f"'{'.'.join(path)}' has a value that only newer clients know"
    return Finding(spot.start, spot.end, words, _OLDER, severity=Severity.WARNING)
