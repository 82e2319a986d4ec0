"""The JSON files of a pack: which is which, and the hooks in them."""

from __future__ import annotations

from packlint import regex
from packlint.client import Client
from packlint.discovery import guards
from packlint.file import File
from packlint.parsing import jsonplace
from packlint.parsing.jsonplace import Json, Keys
from packlint.problem import Finding, Severity
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from packlint.pack import Pack
    from packlint.schema import Fault

PLUGIN, MARKETPLACE, SETTINGS, HOOKS, SERVERS = "plugin", "marketplace", "settings", "hooks", "servers"
# Those of a plugin, of which hardly anything counts.
OWN_SETTINGS = "own settings"
_KINDS = {"plugin.json": PLUGIN, "marketplace.json": MARKETPLACE, ".mcp.json": SERVERS} | {
    "settings.json": SETTINGS,
    "settings.local.json": SETTINGS,
}
_ADDED = {"hooks", "mcpServers", "lspServers", "outputStyles", "themes", "monitors", "workflows"}
# Where the client finds what a plugin.json need not name (measured).
_PARTS = (".lsp.json", "bin", "monitors/monitors.json", "output-styles", "themes", "workflows")
_SAYS = regex.lazy(
    r"(?:clients? (?P<versions>[\d. and]+?)|the client) "
    r"(?:do(?:es)? not (?:load th(?:e|is) plugin|add this marketplace)|cannot install this plugin|install the first)"
)


def keeps_out(consequence: str, client: Client) -> bool:
    """Whether a finding about a manifest says that this client does not load a plugin, or cannot install it."""
    said = _SAYS.search(consequence)
    if said is None or said["versions"] is None:
        return said is not None
    return client.measured in said["versions"] or client.version in said["versions"]


def kind(file: File) -> str:
    """Which of the six kinds named above a manifest is; one of any other name is a file of hooks."""
    found = _KINDS.get(file.location.rpartition("/")[2], HOOKS)
    return OWN_SETTINGS if found == SETTINGS and file.role.in_plugin else found


def adds(file: File, pack: Pack) -> bool:
    """Whether a manifest of a pack without agents, commands and skills says, or is there for, something else."""
    if kind(file) != PLUGIN:
        return True
    found, disk = read(file, PLUGIN), pack.disk
    places = [f"{pack.location}/{part}" for part in _PARTS]
    is_there = any(disk.entries(each) if disk.is_folder(each) else disk.is_file(each) for each in places)
    return is_there or (found is not None and not _ADDED.isdisjoint(found.value))


def read(file: File, *kinds: str) -> Json | None:
    """A manifest of one of these kinds that holds a JSON object; None for any other."""
    if kind(file) not in kinds:
        return None
    found = jsonplace.read(file.document.text)
    return found if found is not None and isinstance(found.value, dict) else None


def paths(found: Json, key: str, around: Keys = ()) -> Iterator[tuple[str, jsonplace.Spot]]:
    """The paths below a key of plugin.json, or of an entry at `around`, each with its place.

    They are a text, a list of texts, or the sources of an object of commands.
    """
    value = found.value
    for step in (*around, key):
        value = value.get(step) if isinstance(value, dict) else value[step]
    if isinstance(value, str):
        yield value, found.spot(*around, key)
    for index, each in enumerate(value if isinstance(value, list) else ()):
        if isinstance(each, str):
            yield each, found.spot(*around, key, index)
    for name, each in value.items() if isinstance(value, dict) and key == "commands" else ():
        if isinstance(each, dict) and isinstance(each.get("source"), str):
            yield each["source"], found.spot(*around, key, name, "source")


def entries(found: Json) -> Iterator[tuple[dict[str, Any], Keys]]:
    """What a marketplace says of its plugins, each with its path in the JSON."""
    plugins = found.value.get("plugins")
    for index, entry in enumerate(plugins if isinstance(plugins, list) else ()):
        if isinstance(entry, dict):
            yield entry, ("plugins", index)


def permissions(file: File) -> Iterator[tuple[str, Any, jsonplace.Spot]]:
    """Every permission rule of a project's settings: the list it stands in, the rule and its place."""
    found = read(file, SETTINGS)
    lists = found.value.get("permissions") if found is not None else None
    if found is None or not isinstance(lists, dict):
        return
    for key in ("allow", "ask", "deny"):
        rules = lists.get(key)
        for index, rule in enumerate(rules if isinstance(rules, list) else ()):
            yield key, rule, found.spot("permissions", key, index)


@record(frozen=True)
class Event:
    """The hooks of one event: its name, the value and the path to it in the JSON."""

    name: str
    value: Any
    path: Keys


@record(frozen=True)
class Hook:
    """One hook and the path to it in the JSON."""

    value: dict[str, Any]
    path: Keys


def events(file: File, found: Json) -> Iterator[Event]:
    """The hook events of a hooks file, of settings, or written in plugin.json itself."""
    top = found.value.get("hooks")
    path: Keys = ("hooks",)
    if kind(file) == PLUGIN and is_wrapped(found):
        top, path = top["hooks"], ("hooks", "hooks")
    several = enumerate(top) if isinstance(top, list) and kind(file) == PLUGIN else ()
    for around, value in [(path, top), *(((*path, index), each) for index, each in several)]:
        for name, each in value.items() if isinstance(value, dict) and not guards.is_group(value) else ():
            yield Event(name, each, (*around, name))


def is_wrapped(found: Json) -> bool:
    """Whether the hooks written in a plugin.json stand as in a file of hooks, below a further key `hooks`."""
    top = found.value.get("hooks")
    return isinstance(top, dict) and isinstance(top.get("hooks"), dict) and not guards.is_group(top)


def hooks(event: Event) -> Iterator[Hook]:
    """Every hook of an event that is shaped as it should be."""
    for number, group in enumerate(event.value if isinstance(event.value, list) else ()):
        inner = group.get("hooks") if isinstance(group, dict) else None
        for index, hook in enumerate(inner if isinstance(inner, list) else ()):
            if isinstance(hook, dict):
                yield Hook(hook, (*event.path, number, "hooks", index))


def unrun(found: Json, event: Event, client: Client) -> Iterator[Finding]:
    """Hooks of a type that is not run on an event, because of which the client refuses every shell block."""
    for path, said in guards.unrun(event.name, event.value, client):
        spot = found.spot(*event.path, *path)
        told = f"client {client.version} runs no shell block of a command or skill"
        yield Finding(spot.start, spot.end, f"hooks of type '{said}' do not run on {event.name}", told)


def misfit(
    found: Json, fault: Fault, consequence: str, severity: Severity = Severity.ERROR, around: Keys = ()
) -> Finding:
    """A finding about a part of a manifest, whose path counts from `around`."""
    spot = found.spot(*around, *fault.path)
    start, end = (spot.key_start, spot.key_end) if fault.is_key else (spot.start, spot.end)
    return Finding(start, end, f"'{'.'.join(map(str, fault.path))}' {fault.message}", consequence, severity=severity)
