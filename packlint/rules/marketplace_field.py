"""A marketplace lacks what it needs, or has what the client refuses.

What it checks: marketplace.json needs a `name`, an `owner` with a `name`, and `plugins`; each plugin needs a
`name` and a `source`, which is a path that begins with `./` or an object that says where to fetch it. Newer clients
install nothing from a path that has `..`, another `.` or a backslash in it, nor 2.1.332 from a `.git` folder. A
marketplace's name must not read like one of Anthropic's own, as `claude-plugins` does and whatever begins so. What
else an entry holds must be as in a plugin.json. Without the first three the marketplace cannot be added; a plugin whose
entry is not as it should be cannot be installed.

Evidence: measured with `claude plugin marketplace add` and `claude plugin install`.
Versions: 2.1.197, 2.1.328, 2.1.332.

Bad (.claude-plugin/marketplace.json):

    {"name": "tools", "plugins": [{"name": "shop", "source": "./"}]}

Bad (.claude-plugin/plugin.json):

    {"name": "shop"}

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good (.claude-plugin/marketplace.json):

    {"name": "tools", "owner": {"name": "Ann"}, "plugins": [{"name": "shop", "source": "./"}]}

Good (.claude-plugin/plugin.json):

    {"name": "shop"}

Good (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.
"""

from __future__ import annotations

from packlint import regex, schema
from packlint.client import Client, clients
from packlint.discovery import guards, manifests
from packlint.pack import File, Kind, Pack
from packlint.parsing.jsonplace import Json, Keys, Spot
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

CODE = "PL007"
NAME = "marketplace-field"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

# White space, path separators, two dots, one dot alone.
_REFUSED = regex.lazy(r"\s|[/\\]|\.\.|^\.\Z")
_MAKERS = ("anthropic", "claude")
_NEWER_SOURCES = ("archive", "command")
_ITS_OWN = ("$schema", "name", "source")
# What no client refuses an entry for, whatever it says.
_HARMLESS = ("icon", "optionalDependencies")
_NOT_ADDED = "clients 2.1.197 and 2.1.328 do not add this marketplace"
_NOT_INSTALLED = "clients 2.1.197 and 2.1.328 cannot install this plugin"


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.MARKETPLACE)
    if found is None:
        return
    for key in ("name", "owner", "plugins"):
        if key not in found.value:
            yield _finding(found, (key,), f"'{key}' is missing")
    for fault in schema.faults("marketplace", found.value):
        is_entry = len(fault.path) > 1 and fault.path[0] == "plugins"
        yield manifests.misfit(found, fault, _NOT_INSTALLED if is_entry else _NOT_ADDED)
    name = found.value.get("name")
    if isinstance(name, str) and name:
        yield from _name(found, name)
    known, names = set[str](), {entry.get("name") for entry, _ in manifests.entries(found) if _is_text(entry, "name")}
    for entry, around in manifests.entries(found):
        yield from _entry(found, entry, around, pack.client)
        yield from _dependencies(found, entry, around, names)
        if str(entry.get("name")) in known:
            spot = found.spot(*around, "name")
            told = "clients 2.1.197 and 2.1.328 install the first; `claude plugin validate` refuses the marketplace"
            yield Finding(spot.start, spot.end, f"an earlier plugin is called '{entry['name']}'", told)
        known |= {name for name in [entry.get("name")] if isinstance(name, str)}


def _name(found: Json, name: str) -> Iterator[Finding]:
    """Why clients do not add a marketplace of this name."""
    spot, lowered = found.spot("name"), name.lower()
    reserved = [client.version for client in clients() if lowered in client.reserved_marketplaces]
    official = [client.version for client in clients() if _reads_official(lowered, client)]
    if _REFUSED.search(name) or lowered in clients()[-1].internal_marketplaces:
        yield _finding(found, ("name",), f"a marketplace's name cannot be '{name}'")
    elif reserved:
        told = f"{_clients(reserved)} a marketplace of this name from Anthropic alone"
        yield Finding(spot.start, spot.end, f"'{name}' is reserved", told, severity=Severity.WARNING)
    elif official:
        words = f"'{name}' reads like a name of Anthropic's own" if name.isascii() else f"'{name}' is not plain ASCII"
        told = _NOT_ADDED if len(official) > 1 else f"client {official[0]} does not add this marketplace"
        yield Finding(spot.start, spot.end, words, told)


def _clients(versions: list[str]) -> str:
    return f"client{'s' * (len(versions) > 1)} {' and '.join(versions)} {'add' if len(versions) > 1 else 'adds'}"


def _reads_official(name: str, client: Client) -> bool:
    """Whether a client takes a name in small letters for one that poses as Anthropic's, as it does any not in ASCII."""
    if not name.isascii():
        return True
    joined = "".join(filter(str.isalnum, name))
    begins = joined.startswith(tuple(f"{maker}{word}" for maker in _MAKERS for word in client.official_words))
    return begins or any(f"official{maker}" in joined or f"{maker}official" in joined for maker in _MAKERS)


def _entry(found: Json, entry: dict[str, Any], around: Keys, client: Client) -> Iterator[Finding]:
    """What the client refuses in an entry beside what no marketplace may hold: all that no plugin.json may."""
    for fault in schema.faults("plugin", {key: value for key, value in entry.items() if key not in _ITS_OWN}):
        if fault.path[0] not in _HARMLESS:
            yield manifests.misfit(found, fault, _NOT_INSTALLED, around=around)
    yield from _hooks(found, entry.get("hooks"), (*around, "hooks"), client)
    name, source = entry.get("name"), entry.get("source")
    if isinstance(name, str) and any(map(str.isspace, name)):
        yield _finding(found, (*around, "name"), f"white space in '{name}'")
    yield from _source(found, source, (*around, "source"), client)


def _is_text(entry: dict[str, Any], key: str) -> bool:
    return isinstance(entry.get(key), str)


def _dependencies(found: Json, entry: dict[str, Any], around: Keys, names: set[Any]) -> Iterator[Finding]:
    """The plugins that an entry needs of this marketplace, which has none of that name."""
    if "dependencies" not in entry:
        return
    from packlint.discovery import market

    for need in market.needs(entry["dependencies"]):
        if need.market in ("", found.value.get("name")) and need.name not in names:
            spot = found.spot(*around, "dependencies", need.index)
            yield Finding(spot.start, spot.end, f"this marketplace has no plugin '{need.name}'", _NOT_INSTALLED)


def _source(found: Json, source: Any, at: Keys, client: Client) -> Iterator[Finding]:
    """Why clients do not fetch a plugin from a source that is of the right type."""
    spot, only = found.spot(*at), None
    if isinstance(source, dict):
        if source.get("source") in _NEWER_SOURCES:
            only = "client 2.1.197 cannot install this plugin: it knows no such source"
    elif isinstance(source, str) and source != "." and not source.startswith("./"):
        if not _has_plugin_root(found) or "/" in source or not source:
            yield _finding(found, at, f"the source '{source}' must begin with './'")
        else:
            only = "client 2.1.197 cannot install this plugin: it wants a source that begins with './'"
    elif isinstance(source, str):
        yield from _path(source, spot, client)
    if only is not None:
        yield Finding(spot.start, spot.end, "only newer clients know this source", only, severity=Severity.WARNING)


def _path(source: str, spot: Spot, client: Client) -> Iterator[Finding]:
    """Why newer clients do not install from a path below the marketplace (measured)."""
    _, *steps = source.split("/")
    words, told = "", "client 2.1.328 cannot install this plugin"
    if ".." in steps:
        words = f"the source '{source}' goes up"
    elif "." in steps:
        words = f"the source '{source}' has '.' as a step of its path"
    elif "\\" in source:
        words = f"the source '{source}' has a backslash"
    elif client.does("refuses_sources_in_git") and ".git" in (step.lower().rstrip() for step in steps):
        words, told = (
            f"the source '{source}' is in a .git folder",
            f"client {client.version} cannot install this plugin",
        )
    if words:
        yield Finding(spot.start, spot.end, words, told)


def _hooks(found: Json, hooks: Any, around: Keys, client: Client) -> Iterator[Finding]:
    """Hooks that are written in an entry; what a client passes over in a file of hooks, it refuses here (measured)."""
    for event, groups in hooks.items() if isinstance(hooks, dict) else ():
        if event not in guards.known_events(client):
            spot = found.spot(*around, event)
            yield Finding(spot.key_start, spot.key_end, f"unknown event '{event}'", _NOT_INSTALLED)
            continue
        if event not in clients()[0].hook_events:
            spot = found.spot(*around, event)
            words, told = f"'{event}' is an event of newer clients", "client 2.1.197 cannot install this plugin"
            yield Finding(spot.key_start, spot.key_end, words, told, severity=Severity.WARNING)
        for fault in guards.misshapen(groups, client):
            named = schema.Fault((event, *fault.path), fault.is_key, fault.message)
            yield manifests.misfit(found, named, _NOT_INSTALLED, around=around)
        yield from manifests.unrun(found, manifests.Event(event, groups, (*around, event)), client)


def _has_plugin_root(found: Json) -> bool:
    metadata = found.value.get("metadata")
    return isinstance(metadata, dict) and "pluginRoot" in metadata


def _finding(found: Json, path: Keys, message: str) -> Finding:
    spot = found.spot(*path)
    missing = path not in found.spots
    return Finding(
        spot.start, spot.start + 1 if missing else spot.end, message, _NOT_INSTALLED if len(path) > 2 else _NOT_ADDED
    )
