"""Puts hooks into the text of a settings.json and takes them out, and leaves every other character as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.failure import ToolkitError

Hooks = Mapping[str, list[Any]]

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_EMPTY = "{}\n"
_NAME = ".claude/settings.json"


def with_hooks(text: str | None, hooks: Hooks) -> tuple[str, list[str]]:
    """The text with the hooks that it lacks, and the pieces that were inserted, in order.

    Args:
        text: a settings.json, None where there is none.
        hooks: groups by event, as settings.json has them.

    Raises:
        ToolkitError: the text is no JSON object, or has something else where hooks belong.
    """
    inserted = []
    text = text if text is not None and text.strip() else _EMPTY
    found = _read(text)
    for event, groups in hooks.items():
        for group in groups:
            if group not in found.get("hooks", {}).get(event, []):
                text, piece = _insert(text, event, group)
                inserted.append(piece)
    return text, inserted


def without_hooks(text: str, hooks: Hooks, inserted: list[str]) -> str:
    """The text without the hooks: as it was before, except for what was changed since."""
    wanted = _without(_read(text), hooks)
    result, _ = without_pieces(text, inserted)
    try:
        intact = _without(_read(result), hooks) == wanted and not any(present(result, hooks).values())
    except ToolkitError:
        intact = False
    if intact:
        return result
    return json.dumps(wanted, indent=_indent(text), ensure_ascii=False) + "\n"


def without_pieces(text: str, inserted: list[str]) -> tuple[str, list[str]]:
    """The text without the pieces inserted into it, and those that were found. A later one may stand in an earlier."""
    found: list[str] = []
    for piece in reversed(inserted):
        if text.count(piece) == 1:
            text = text.replace(piece, "")
            found.insert(0, piece)
    return text, found


def present(text: str | None, hooks: Hooks) -> dict[str, list[Any]]:
    """Those of the hooks that stand in the text."""
    found = _read(text or _EMPTY).get("hooks", {})
    return {event: [group for group in groups if group in found.get(event, [])] for event, groups in hooks.items()}


def is_empty(text: str) -> bool:
    return _read(text) == {}


def _without(settings: dict[str, Any], hooks: Hooks) -> dict[str, Any]:
    """The settings without these groups, and without the events and the key that this leaves empty."""
    left = {
        event: [group for group in groups if group not in hooks.get(event, [])]
        for event, groups in settings.get("hooks", {}).items()
    }
    left = {event: groups for event, groups in left.items() if groups}
    return {key: left if key == "hooks" else value for key, value in settings.items() if key != "hooks" or left}


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ToolkitError(f"{_NAME} is no JSON ({error}): mend it first, nothing was changed") from None
    settings: dict[str, Any] = found if isinstance(found, dict) else {"hooks": None}
    hooks = settings.get("hooks", {})
    if not isinstance(hooks, dict) or not all(isinstance(groups, list) for groups in hooks.values()):
        raise ToolkitError(f"{_NAME} has something else where hooks belong: mend it first, nothing was changed")
    return settings


def _insert(text: str, event: str, group: Any) -> tuple[str, str]:
    """The text with one group more, at the end of the innermost of settings, hooks and event that is there."""
    start, depth = text.index("{"), 1
    missing = ["hooks", event]
    while missing and (value := dict(_members(text, start)).get(missing[0])) is not None:
        start, depth = value, depth + 1
        missing.pop(0)
    part = (group, [group], {event: [group]})[len(missing)]
    unit = _indent(text)
    written = json.dumps(part, indent=unit, ensure_ascii=False).replace("\n", "\n" + unit * depth)
    written = f"{json.dumps(missing[0])}: {written}" if missing else written
    return _append(text, start, "\n" + unit * depth + written, "\n" + unit * (depth - 1))


def _append(text: str, start: int, written: str, closing: str) -> tuple[str, str]:
    """The text with one part more at the end of the object or list that starts at `start`."""
    ends = [end for _, end in _parts(text, start)]
    if ends:
        at, piece = ends[-1], "," + written
    else:
        at, empty = start + 1, _SPACE.match(text, start + 1)
        piece = written if empty and "\n" in empty[0] else written + closing
    return text[:at] + piece + text[at:], piece


def _members(text: str, start: int) -> Iterator[tuple[str, int]]:
    """The keys of the object at `start`, each with the place of its value."""
    for place, _ in _parts(text, start):
        key, end = _DECODER.raw_decode(text, place)
        yield key, _skip(text, _skip(text, end) + 1)


def _parts(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where each member or element of the object or list at `start` begins and ends."""
    position = _skip(text, start + 1)
    while text[position] not in "]}":
        begin = position
        _, position = _DECODER.raw_decode(text, position)
        if text[start] == "{":
            _, position = _DECODER.raw_decode(text, _skip(text, _skip(text, position) + 1))
        yield begin, position
        position = _skip(text, position)
        if text[position] == ",":
            position = _skip(text, position + 1)


def _skip(text: str, position: int) -> int:
    space = _SPACE.match(text, position)
    return space.end() if space else position


def _indent(text: str) -> str:
    """What the first indented line begins with, two spaces where there is none."""
    found = re.search(r"^([ \t]+)\S", text, re.MULTILINE)
    return found[1] if found else "  "
