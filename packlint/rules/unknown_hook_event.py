"""A hook waits for an event that does not exist.

What it checks: the event names in hooks/hooks.json, in plugin.json and in a project's settings. New clients add
events, so this is a warning; where one is near, it is named. Below a name that is no event newer clients still look for
hooks of `PreToolUse` and `PermissionRequest`, and load nothing around what they cannot load of these: an error.

Evidence: measured.
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

from packlint.client import clients
from packlint.discovery import guards, manifests
from packlint.pack import File, Kind, Pack
from packlint.parsing.jsonplace import Spot
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.text.spelling import Spelling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from packlint.client import Client

CODE = "PL009"
NAME = "unknown-hook-event"
SEVERITY = Severity.WARNING
KINDS = (Kind.MANIFEST,)

_OLDER = {
    manifests.HOOKS: "client 2.1.197 loads no hook of this file",
    manifests.PLUGIN: "client 2.1.197 does not load the plugin",
    manifests.SETTINGS: "in client 2.1.197 its hooks never run",
}
_NEWER = "client 2.1.328 passes over this event without a word"
_GUARDED = {
    manifests.HOOKS: f"{_OLDER[manifests.HOOKS]}, client 2.1.328 does not load the plugin",
    manifests.PLUGIN: "clients 2.1.197 and 2.1.328 do not load the plugin",
    manifests.SETTINGS: "client 2.1.328 passes over the whole file, permissions included",
}


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.HOOKS, manifests.PLUGIN, manifests.SETTINGS)
    if found is None:
        return
    kind, known = manifests.kind(file), guards.hook_events()
    older, newer = clients()[0].hook_events, guards.known_events(pack.client)
    spelling = Spelling(known)
    events = list(manifests.events(file, found))
    # A key that is there twice would lose what stands below the first.
    present = {(*event.path[:-1], event.name) for event in events}
    for event in events:
        if event.name in older:
            continue
        spot = found.spot(*event.path)
        words, consequence, severity = f"'{event.name}' is an event of newer clients", _OLDER[kind], None
        if event.name not in known:
            words = f"unknown event '{event.name}'{spelling.hint(event.name)}"
        meant = spelling.nearest(event.name) if event.name not in known else None
        if event.name not in newer:
            consequence, severity = _lost(kind, event, pack.client)
        yield Finding(
            spot.key_start,
            spot.key_end,
            words,
            consequence,
            _fix(meant, spot) if meant and (*event.path[:-1], meant) not in present else None,
            Severity.ERROR if manifests.keeps_out(consequence, pack.client) else severity,
        )


def _lost(kind: str, event: manifests.Event, client: Client) -> tuple[str, Severity | None]:
    """What the clients do about an event that neither knows."""
    if guards.Search(client).finds(event.value, groups=not isinstance(event.value, list)):
        return _GUARDED[kind], Severity.ERROR
    return "its hooks never run" if kind == manifests.SETTINGS else f"{_OLDER[kind]}, {_NEWER}", None


def _fix(meant: str, spot: Spot) -> Fix:
    return Fix(f"write '{meant}'", (Edit(spot.key_start, spot.key_end, f'"{meant}"'),), safe=False)
