"""Hooks that the client cannot use.

What it checks: hooks/hooks.json has one key `hooks` at the top; below it each event holds a list of groups, each
group a list `hooks`, and each hook a `type` with what that type needs, a `command` for one. Without `hooks` at the
top no hook of the file runs. What is wrong further down loses all of them in older clients, and itself in newer ones;
where the hooks are written in plugin.json, older clients lose the whole plugin. A project's settings are passed over
whole by older clients, permissions included.

Hooks of `PreToolUse`, `PermissionRequest` and, in 2.1.332, `PreSkillShellCommand` guard what may be done. Newer
clients load nothing that such a hook stands in and cannot be loaded: not the plugin, not the settings. That goes for
those beside `hooks`, too, as where somebody renamed the key to switch them off.

On `PreSkillShellCommand` a hook of type `prompt` or `agent` asks nobody and refuses every shell block.

Evidence: measured, five hundred manifests and settings.
Versions: 2.1.197, 2.1.328, 2.1.332.

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

from packlint import schema
from packlint.discovery import guards, manifests
from packlint.pack import File, Kind, Pack
from packlint.parsing import jsonplace
from packlint.parsing.jsonplace import Json, Keys
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from packlint.client import Client

CODE = "PL008"
NAME = "hooks-shape"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

_OLDER = {
    manifests.HOOKS: "client 2.1.197 loads no hook of this file",
    manifests.PLUGIN: "client 2.1.197 does not load the plugin",
    manifests.SETTINGS: "client 2.1.197 passes over the whole file, permissions included",
}
_NEWER = {
    manifests.HOOKS: "client 2.1.328 does not load the plugin",
    manifests.PLUGIN: "client 2.1.328 does not load the plugin",
    manifests.SETTINGS: "client 2.1.328 passes over the whole file, permissions included",
}
_BOTH = {
    manifests.HOOKS: f"{_OLDER[manifests.HOOKS]}, {_NEWER[manifests.HOOKS]}",
    manifests.PLUGIN: "clients 2.1.197 and 2.1.328 do not load the plugin",
    manifests.SETTINGS: "clients 2.1.197 and 2.1.328 pass over the whole file, permissions included",
}
_PASSED = "client 2.1.328 passes over this one without a word"
# Keys of a hook that the oldest client does not know.
_NEWER_KEYS = ("onFailure", "holdsTools")
# Keys that 2.1.328 does not look for hooks in.
_OTHERS = {
    manifests.HOOKS: (),
    manifests.PLUGIN: ("metadata", "mcpServers", "lspServers"),
    manifests.SETTINGS: (
        "mcpServers", "managedMcpServers", "lspServers", "pluginConfigs", "enabledPlugins", "extraKnownMarketplaces",
        "env", "skillOverrides", "modelSettings",
    ),
}  # fmt: skip


def check(file: File, pack: Pack) -> Iterator[Finding]:
    kind, known = manifests.kind(file), guards.known_events(pack.client)
    if kind == manifests.HOOKS and file.document.text.startswith("\ufeff"):
        return  # nothing of it is read
    found = manifests.read(file, manifests.HOOKS, manifests.PLUGIN, manifests.SETTINGS)
    if found is None:
        listed = jsonplace.read(file.document.text) if kind == manifests.HOOKS else None
        if listed is not None and guards.Search(pack.client).finds(listed.value, groups=True):
            yield Finding(0, 1, "hooks that guard tools stand in a list", _NEWER[kind])
        return
    outside = list(guards.Search(pack.client, _OTHERS[kind]).beside(found.value))
    if kind == manifests.HOOKS and found.value.get("hooks") is None and "modules" not in found.value:
        spot = found.spot()
        told = _BOTH[kind] if outside else "clients 2.1.197 and 2.1.328 load no hook of this file"
        yield Finding(spot.start, spot.start + 1, "no 'hooks' at the top", told)
        return
    for key in outside:
        spot = found.spot(key)
        words = f"hooks that guard tools stand in '{key}', outside of 'hooks'"
        yield Finding(spot.key_start, spot.key_end, words, _NEWER[kind])
    yield from _of_whole(found, kind, pack.client)
    if kind == manifests.PLUGIN and manifests.is_wrapped(found):
        return
    for event in manifests.events(file, found):
        if event.name in known:
            yield from _of_event(found, kind, event, pack.client)
            yield from manifests.unrun(found, event, pack.client)


def _of_event(found: Json, kind: str, event: manifests.Event, client: Client) -> Iterator[Finding]:
    """What does not fit in the groups of an event."""
    lost: dict[str | int | None, bool] = {}
    for fault in guards.misshapen(event.value, client):
        index = fault.path[0] if fault.path else None
        if index not in lost:
            lost[index] = _is_lost(event, index, client)
        named = schema.Fault((event.name, *fault.path), fault.is_key, fault.message)
        yield manifests.misfit(found, named, _told(kind, fault.path, lost[index]), around=event.path[:-1])


def _is_lost(event: manifests.Event, index: str | int | None, client: Client) -> bool:
    """Whether what does not fit in an event, or in one group of it, may guard tools."""
    part = event.value if index is None else event.value[index]
    is_guard = event.name in client.guarding_events and event.value is not None
    return is_guard or guards.Search(client).finds(part, groups=False)


def _of_whole(found: Json, kind: str, client: Client) -> Iterator[Finding]:
    """What is wrong with the mapping of events itself, or with what a file of hooks holds beside it."""
    top = found.value.get("hooks")
    spot = found.spot("hooks")
    groups: list[Keys] = [("hooks",)] if guards.is_group(top) else []
    if kind == manifests.PLUGIN and isinstance(top, list):
        groups = [("hooks", index) for index, each in enumerate(top) if guards.is_group(each)]
    for path in groups:
        spot = found.spot(*path)
        told = _NEWER[kind] if kind == manifests.SETTINGS else _BOTH[kind]
        yield Finding(spot.start, spot.end, "a group of hooks stands where their events should be named", told)
    if kind == manifests.PLUGIN:
        if manifests.is_wrapped(found):
            spot = found.spot("hooks", "hooks")
            is_guard = guards.Search(client).finds(top["hooks"], groups=True)
            told = _BOTH[kind] if is_guard else f"{_OLDER[kind]}, client 2.1.328 passes over them without a word"
            yield Finding(spot.key_start, spot.key_end, "'hooks' within 'hooks'; only a file of hooks needs it", told)
    elif "hooks" in found.value and not isinstance(top, dict):
        told = _BOTH[kind] if kind == manifests.HOOKS else "the client passes over it"
        if kind == manifests.SETTINGS and isinstance(top, list) and any(isinstance(each, dict) for each in top):
            told = _NEWER[kind]
        yield Finding(spot.start, spot.end, "'hooks' must be a mapping", told)
    elif kind == manifests.HOOKS and not isinstance(found.value.get("description", ""), str):
        spot = found.spot("description")
        told = _BOTH[kind] if guards.are_named(top, client) else "clients 2.1.197 and 2.1.328 load no hook of this file"
        yield Finding(spot.start, spot.end, "'description' must be a text", told)


def _told(kind: str, path: Keys, is_lost: bool) -> str:
    """What the clients do about a part of an event that does not fit; the path leads there from the event."""
    if path and path[-1] in _NEWER_KEYS:
        return _NEWER[kind] if is_lost else _PASSED
    if kind == manifests.SETTINGS and not path:
        return f"{_NEWER[kind]}, client 2.1.197 over this event alone" if is_lost else "the client passes over it"
    return _BOTH[kind] if is_lost else f"{_OLDER[kind]}, {_PASSED}"
