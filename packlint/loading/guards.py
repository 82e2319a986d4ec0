"""Hooks in a frontmatter, and what the client takes away where one that may guard something cannot be loaded.

A hook of PreToolUse or PermissionRequest may be what keeps a grant beside it in bounds. Client 2.1.328 therefore does
not load a project's agent whose guards it cannot read, and takes hooks and grants from such a command or skill. It
looks for guards wherever somebody may have meant to write one.

Evidence: measured on 2.1.197 and 2.1.328; tests/conformance/guards.jsonl holds the labels.
"""

from __future__ import annotations

from collections.abc import Iterator

from packlint import schema
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from packlint.client import Client

GUARDS = ("PreToolUse", "PermissionRequest")
# Keys whose values are other people's, in which the client does not look for guards.
_OTHERS = frozenset({"metadata", "mcpServers", "lspServers"})
_DEPTH = 3


@record(frozen=True)
class Fault:
    """What is wrong with the hooks of a frontmatter: its keys and indexes from the top, and the words for it.

    `is_key`: the last key itself is at fault. `is_guard`: because of it the client takes away what may be guarded.
    """

    path: tuple[str | int, ...]
    is_key: bool
    message: str
    is_guard: bool


def lost(values: dict[str, Any], runs: bool, client: Client) -> str | None:
    """Why the client takes away what hooks may guard, None where it does not."""
    if not client.does("refuses_unusable_guards"):
        return None
    fault = next((fault for fault in faults(values, runs) if fault.is_guard), None)
    return None if fault is None else f"'{'.'.join(map(str, fault.path))}' {fault.message}"


def faults(values: dict[str, Any], runs: bool) -> Iterator[Fault]:
    """What is wrong with the hooks of an agent, a command or a skill; `runs`: whether the client would run them."""
    if not any(isinstance(value, dict | list) for value in values.values()) and not values.keys() & {"hooks", *GUARDS}:
        return
    events = frozenset(schema.load("hooks")["properties"]["hooks"]["propertyNames"]["enum"])
    for key, value in values.items():
        if is_outside(key, value, events):
            yield Fault((key,), True, "holds hooks outside 'hooks'", True)
    hooks = values.get("hooks")
    if not runs:
        if hooks is not None and _may_guard(hooks, events):
            yield Fault(("hooks",), True, "guard nothing here", True)
    elif isinstance(hooks, dict) and not _is_group(hooks, events):
        yield from _of_events(hooks, events)
    elif hooks or isinstance(hooks, list | dict):
        yield Fault(("hooks",), False, "must be a mapping of events to lists of groups", True)


def is_outside(key: str, value: Any, events: frozenset[str]) -> bool:
    """Whether a key at the top holds hooks that belong below `hooks`."""
    if key in GUARDS:
        return _is_something(value)
    return key != "hooks" and key not in _OTHERS and _holds(value, events, key not in events, others=_OTHERS)


def _of_events(hooks: dict[str, Any], events: frozenset[str]) -> Iterator[Fault]:
    for event, groups in hooks.items():
        path = ("hooks", event)
        if event not in events:
            is_guard = _holds(groups, events, groups_count=not isinstance(groups, list))
            yield Fault(path, True, "is no event", is_guard)
        elif not isinstance(groups, list):
            is_guard = (event in GUARDS and groups is not None) or _holds(groups, events, groups_count=False)
            yield Fault(path, False, "must be a list of groups", is_guard)
        else:
            holding = [number for number, group in enumerate(groups) if _holds(group, events, groups_count=False)]
            for number in holding:
                yield Fault((*path, number), False, "holds the hooks of an event where a group belongs", True)
            for fault in schema.faults_of("hooks", "groups", groups):
                if not fault.path or fault.path[0] not in holding:
                    yield Fault((*path, *fault.path), fault.is_key, fault.message, event in GUARDS)


def _may_guard(hooks: Any, events: frozenset[str]) -> bool:
    """Whether a guard may be among hooks that the client does not read further."""
    if not isinstance(hooks, dict | list):
        return True
    if isinstance(hooks, list) and not all(isinstance(each, dict | list) and each is not None for each in hooks):
        return True
    return _holds(hooks, events)


def _is_something(value: Any) -> bool:
    return value is not None and value != []


def _is_group(value: Any, events: frozenset[str]) -> bool:
    """Whether it looks like a group of hooks, a matcher with them or without."""
    if not isinstance(value, dict) or ("matcher" not in value and not events.isdisjoint(value)):
        return False
    hooks = value.get("hooks")
    if isinstance(hooks, dict):
        return "matcher" in value or isinstance(hooks.get("type"), str)
    return isinstance(hooks, list) and bool(hooks)


def _holds(
    value: Any,
    events: frozenset[str],
    groups_count: bool = True,
    depth: int = _DEPTH,
    others: frozenset[str] = frozenset(),
    in_hooks: bool = False,
) -> bool:
    """Whether a guard is somewhere in a value, or what looks like a group of hooks where `groups_count`."""
    if isinstance(value, list):
        return depth > 0 and any(_holds(each, events, groups_count, depth - 1, others, in_hooks) for each in value)
    if not isinstance(value, dict):
        return False
    if any(_is_something(value.get(guard)) for guard in GUARDS) or (groups_count and _is_group(value, events)):
        return True
    if depth == 0 or (in_hooks and isinstance(value.get("type"), str)):
        return False
    return any(
        _holds(
            each,
            events,
            groups_count and key not in events,
            depth - 1,
            others,
            key == "hooks" and isinstance(each, list),
        )
        for key, each in value.items()
        if key not in others
    )
