"""A value in plugin.json or .mcp.json is not what the client expects.

What it checks: plugin.json against its JSON Schema (`packlint/schemas/plugin.json`), commands, servers and options
that are written in it included. Some values of a wrong type keep the whole plugin from loading; others only older
clients and `claude plugin validate` refuse: a warning for newer ones. The servers in .mcp.json are judged in the same
way, and lost one by one. Newer clients install a plugin only where they are in the range of `engines.claude-code`.

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

from packlint import schema
from packlint.client import clients
from packlint.discovery import manifests
from packlint.pack import File, Kind, Pack
from packlint.parsing.jsonplace import Json, Keys
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

CODE = "PL002"
NAME = "manifest-value"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

_NOT_LOADED = "clients 2.1.197 and 2.1.328 do not load the plugin"


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if servers := manifests.read(file, manifests.SERVERS):
        yield from _of_servers(servers)
    found = manifests.read(file, manifests.PLUGIN)
    if found is None:
        return
    if "name" not in found.value:
        spot = found.spot()
        yield Finding(spot.start, spot.start + 1, "'name' is missing", _NOT_LOADED)
    for fault in schema.faults("plugin", found.value):
        if pack.client.is_older(fault.since):
            continue
        is_lost = manifests.keeps_out(fault.consequence, pack.client)
        yield manifests.misfit(found, fault, fault.consequence, SEVERITY if is_lost else Severity(fault.severity))
    yield from _of_options(found, pack)
    yield from _of_monitors(found)
    if "engines" in found.value:
        yield from _of_engines(found, found.value["engines"])


def _of_options(found: Json, pack: Pack) -> Iterator[Finding]:
    """Options of the user that are chosen from a list, which older clients do not know."""
    options = found.value.get("userConfig")
    for name, option in options.items() if isinstance(options, dict) else ():
        choices = option.get("options") if isinstance(option, dict) else None
        if not isinstance(choices, list):
            continue
        spot = found.spot("userConfig", name, "options")
        is_chosen = option["default"] in choices if "default" in option else option.get("required") is True
        if is_chosen:
            words, told = (
                f"only newer clients know the 'options' of '{name}'",
                "client 2.1.197 does not load the plugin",
            )
        else:
            words, told = f"'{name}' has 'options' and no 'default' among them", _NOT_LOADED
        severity = SEVERITY if manifests.keeps_out(told, pack.client) else Severity.WARNING
        yield Finding(spot.key_start, spot.key_end, words, told, severity=severity)


def _of_monitors(found: Json) -> Iterator[Finding]:
    monitors, known = found.value.get("monitors"), set[str]()
    for index, monitor in enumerate(monitors if isinstance(monitors, list) else ()):
        name = monitor.get("name") if isinstance(monitor, dict) else None
        if isinstance(name, str) and name in known:
            spot = found.spot("monitors", index, "name")
            yield Finding(spot.start, spot.end, f"an earlier monitor is called '{name}'", _NOT_LOADED)
        known |= {name} if isinstance(name, str) else set()


def _of_engines(found: Json, engines: Any) -> Iterator[Finding]:
    """A range of clients that ends below one that heeds it; those above a client may be meant for newer ones."""
    from packlint.loading import ranges

    text = engines.get("claude-code") if isinstance(engines, dict) else None
    asked = ranges.read(text) if isinstance(text, str) else None
    for version in [each.version for each in clients() if each.does("heeds_engines")] if asked else ():
        given = ranges.version(version)
        if asked and given and ranges.is_above(asked, given) and not ranges.takes(asked, given):
            spot = found.spot("engines", "claude-code")
            told = f"client {version} installs the plugin from no repository; from a folder it loads it"
            yield Finding(spot.start, spot.end, f"'{text}' ends below {version}", told, severity=Severity.WARNING)


def _of_servers(found: Json) -> Iterator[Finding]:
    """What is wrong in a file of servers, which may stand at its top or below `mcpServers`."""
    is_below = isinstance(found.value.get("mcpServers"), dict)
    around: Keys = ("mcpServers",) if is_below else ()
    told = "clients 2.1.197 and 2.1.328 load the plugin without this server"
    for fault in schema.faults_of("plugin", "mcpServers", found.value["mcpServers"] if is_below else found.value):
        if fault.path:
            yield manifests.misfit(found, fault, told, around=around)
        else:
            spot = found.spot(*around)
            yield Finding(spot.start, spot.start + 1, f"what this file holds {fault.message}", told)
