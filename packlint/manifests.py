"""The JSON files of a pack: which is which, and the hooks in them."""

from __future__ import annotations

from collections.abc import Iterator

from packlint import jsonplace
from packlint.jsonplace import Json
from packlint.pack import File
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PLUGIN, MARKETPLACE, SETTINGS, HOOKS = "plugin", "marketplace", "settings", "hooks"
_KINDS = {"plugin.json": PLUGIN, "marketplace.json": MARKETPLACE} | {
    "settings.json": SETTINGS,
    "settings.local.json": SETTINGS,
}


def kind(file: File) -> str:
    """Which of the four a manifest is."""
    return _KINDS.get(file.location.rpartition("/")[2], HOOKS)


def read(file: File, *kinds: str) -> Json | None:
    """A manifest of one of these kinds that holds a JSON object; None for any other."""
    if kind(file) not in kinds:
        return None
    found = jsonplace.read(file.document.text)
    return found if found is not None and isinstance(found.value, dict) else None


def paths(found: Json, key: str) -> Iterator[tuple[str, jsonplace.Spot]]:
    """The paths below a key of plugin.json, which is a text or a list of texts, each with its place."""
    value = found.value.get(key)
    if isinstance(value, str):
        yield value, found.spot(key)
    for index, each in enumerate(value if isinstance(value, list) else ()):
        if isinstance(each, str):
            yield each, found.spot(key, index)


@record(frozen=True)
class Event:
    """The hooks of one event: its name, the value and the path to it in the JSON."""

    name: str
    value: Any
    path: jsonplace.Path


@record(frozen=True)
class Hook:
    """One hook and the path to it in the JSON."""

    value: dict[str, Any]
    path: jsonplace.Path


def events(file: File, found: Json) -> Iterator[Event]:
    """The hook events of a hooks file, of settings, or written in plugin.json itself."""
    top = found.value.get("hooks")
    path: jsonplace.Path = ("hooks",)
    if kind(file) == PLUGIN and isinstance(top, dict) and isinstance(top.get("hooks"), dict):
        top, path = top["hooks"], ("hooks", "hooks")
    for name, value in top.items() if isinstance(top, dict) else ():
        yield Event(name, value, (*path, name))


def hooks(event: Event) -> Iterator[Hook]:
    """Every hook of an event that is shaped as it should be."""
    for number, group in enumerate(event.value if isinstance(event.value, list) else ()):
        inner = group.get("hooks") if isinstance(group, dict) else None
        for index, hook in enumerate(inner if isinstance(inner, list) else ()):
            if isinstance(hook, dict):
                yield Hook(hook, (*event.path, number, "hooks", index))
