"""Settings of a plugin that do not count, or start a session as an agent that is not there.

What it checks: a plugin's settings.json, and `settings` in its plugin.json, which counts where that file says nothing
usable. Of all that a project's settings may hold the client heeds two keys there, `agent` and `subagentStatusLine`:
permissions, hooks and the model of a plugin's settings.json do nothing. `agent` is the name of the agent that the whole
session runs as, with or without the plugin before it; where there is none of this name, the session starts as any other
does, and the client says so in its debug log alone.

A bare name may be that of an agent which the project or the user has, so that an unknown one is a warning. Client
2.1.328 says that a plugin's `agent` will stop working in a later one.

Evidence: measured, thirty settings.
Versions: 2.1.197, 2.1.328.

Bad (.claude-plugin/plugin.json):

    {"name": "shop"}

Bad (settings.json):

    {"agent": "reviewr", "permissions": {"deny": ["WebFetch"]}}

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Good (.claude-plugin/plugin.json):

    {"name": "shop"}

Good (settings.json):

    {"agent": "reviewer"}

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint import schema
from packlint.discovery import manifests
from packlint.pack import File, Kind, Pack
from packlint.parsing.jsonplace import Json, Keys
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.text.spelling import Spelling, did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

CODE = "PL020"
NAME = "plugin-settings"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

_AGENT, _LINE = "agent", "subagentStatusLine"
_HEEDED = (_AGENT, _LINE)
_CLIENTS = "clients 2.1.197 and 2.1.328"
_STARTS_WITHOUT = f"{_CLIENTS} start the session as none, and say nothing"


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.OWN_SETTINGS, manifests.PLUGIN)
    if found is None:
        return
    around: Keys = ()
    settings = found.value
    if manifests.kind(file) == manifests.PLUGIN:
        around, settings = ("settings",), found.value.get("settings")
        if any(map(_counts, pack.manifests)):
            return
    if isinstance(settings, dict):
        yield from _ignored(found, settings, around)
        yield from _of_line(found, settings, around)
        if isinstance(settings.get(_AGENT), str):
            yield from _of_agent(found, settings[_AGENT], (*around, _AGENT), pack)


def _counts(file: File) -> bool:
    """Whether a manifest is a settings.json of which the client heeds something."""
    found = manifests.read(file, manifests.OWN_SETTINGS)
    return found is not None and (isinstance(found.value.get(_AGENT), str) or isinstance(found.value.get(_LINE), dict))


def _ignored(found: Json, settings: dict[str, Any], around: Keys) -> Iterator[Finding]:
    known, spelling = schema.load(manifests.SETTINGS)["properties"], Spelling(_HEEDED)
    for key, value in settings.items():
        spot = found.spot(*around, key)
        if key == _AGENT and not isinstance(value, str) and value is not None:
            yield Finding(spot.start, spot.end, "'agent' must be a text", f"{_CLIENTS} heed nothing of these settings")
        elif key not in _HEEDED and key != "$schema":
            meant = spelling.nearest(key)
            if meant or key in known or key == "hooks":
                words = f"'{key}' does nothing in a plugin's settings" + (f"; did you mean '{meant}'?" if meant else "")
                told = f"{_CLIENTS} pass over it without a word"
                yield Finding(spot.key_start, spot.key_end, words, told, severity=Severity.WARNING)


def _of_line(found: Json, settings: dict[str, Any], around: Keys) -> Iterator[Finding]:
    line = settings.get(_LINE, {"type": "command", "command": ""})
    if isinstance(line, dict) and line.get("type") == "command" and isinstance(line.get("command"), str):
        return
    spot = found.spot(*around, _LINE)
    told = "client 2.1.197 heeds nothing of these settings, client 2.1.328 passes over this key"
    yield Finding(spot.start, spot.end, f"'{_LINE}' must have the type 'command' and a 'command'", told)


def _of_agent(found: Json, name: str, path: Keys, pack: Pack) -> Iterator[Finding]:
    known = {*pack.agents_by_name, *pack.client.callable_agents}
    ends = {":".join(parts[start:]) for each in known for parts in [each.split(":")] for start in range(len(parts))}
    meant = name.strip()
    is_own = meant.startswith(f"{pack.name}:")
    if name in ends or not name or (":" in meant and not is_own and meant not in ends):
        return
    spot = found.spot(*path)
    if meant in ends:
        fix = Fix(f"write '{meant}'", (Edit(spot.start, spot.end, f'"{meant}"'),))
        yield Finding(spot.start, spot.end, f"'{name}' has blanks around the agent's name", _STARTS_WITHOUT, fix)
        return
    words = f"no agent '{name}' in this plugin{did_you_mean(name, ends)}"
    told = _STARTS_WITHOUT if is_own else f"{_STARTS_WITHOUT}, unless the project or the user has one of this name"
    yield Finding(spot.start, spot.end, words, told, severity=None if is_own else Severity.WARNING)
