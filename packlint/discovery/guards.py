"""Hooks that guard the use of tools, in places where no client takes them for hooks.

Client 2.1.328 applies nothing of a manifest or of settings that hold such a hook and cannot load it: what it guards
might stand beside it (measured). So it looks for them where hooks do not belong, too, a few steps deep.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

EVENTS = ("PreToolUse", "PermissionRequest")
_STEPS = 3


def are_named(value: Any) -> bool:
    """Whether a mapping has hooks for a guarding event."""
    return isinstance(value, dict) and any(value.get(event) not in (None, []) for event in EVENTS)


def is_group(value: Any, events: Container[str]) -> bool:
    """Whether a value is a group of hooks; `events` are those that there are, which a mapping of events names."""
    if not isinstance(value, dict) or ("matcher" not in value and any(key in events for key in value)):
        return False
    hooks = value.get("hooks")
    if isinstance(hooks, dict):
        return "matcher" in value or isinstance(hooks.get("type"), str)
    return isinstance(hooks, list) and bool(hooks)


def beside(value: dict[str, Any], events: Container[str], passed_over: Container[str]) -> Iterator[str]:
    """The keys of a manifest or of settings with guarding hooks in them, other than `hooks` and those `passed_over`."""
    for key, each in value.items():
        if key == "hooks" or key in passed_over:
            continue
        is_event = key in EVENTS and each not in (None, [])
        if is_event or are_in(each, events, groups=key not in events, passed_over=passed_over):
            yield key


def are_in(
    value: Any,
    events: Container[str],
    *,
    groups: bool,
    passed_over: Container[str] = (),
    steps: int = _STEPS,
    among_hooks: bool = False,
) -> bool:
    """Whether guarding hooks stand in a value, at most so many `steps` deep.

    `groups`: a group of hooks that no event names counts as one. `passed_over` are keys that are not looked into,
    `among_hooks` says that the value is a list of hooks.
    """
    if are_named(value) or (groups and is_group(value, events)):
        return True
    if isinstance(value, list):
        below = [(each, groups, among_hooks) for each in value]
    elif isinstance(value, dict) and not (among_hooks and isinstance(value.get("type"), str)):
        below = [
            (each, groups and key not in events, key == "hooks" and isinstance(each, list))
            for key, each in value.items()
            if key not in passed_over
        ]
    else:
        return False
    return steps > 0 and any(
        are_in(each, events, groups=grouped, passed_over=passed_over, steps=steps - 1, among_hooks=listed)
        for each, grouped, listed in below
    )
