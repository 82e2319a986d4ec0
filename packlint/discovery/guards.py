"""Hooks that guard the use of tools, in places where no client takes them for hooks.

Client 2.1.328 applies nothing of a manifest or of settings that hold such a hook and cannot load it: what it guards
might stand beside it (measured). So it looks for them where hooks do not belong, too, a few steps deep.
"""

from __future__ import annotations

from packlint import schema
from packlint.client import clients

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from typing import Any

    from packlint.client import Client

_STEPS = 3


def hook_events() -> list[str]:
    """The events that hooks can wait for in any client."""
    events: list[str] = schema.load("hooks")["properties"]["hooks"]["propertyNames"]["enum"]
    return events


def known_events(client: Client) -> frozenset[str]:
    """The events that the newest measured client knows, or the one that is asked."""
    return frozenset((*clients()[-1].hook_events, *client.hook_events))


def misshapen(groups: Any, client: Client) -> Iterator[schema.Fault]:
    """What does not fit in the groups of an event, but for what only clients newer than the one asked look at."""
    return (fault for fault in schema.faults_of("hooks", "groups", groups) if not client.is_older(fault.since))


def unrun(event: str, groups: Any, client: Client) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Hooks of a type that is not run on an event, and refuse what they should be asked about: from the event the path
    to the type, and the type."""
    types = client.unrun_hooks(event)
    for number, group in enumerate(groups if types and isinstance(groups, list) else ()):
        hooks, matcher = (group.get("hooks"), group.get("matcher")) if isinstance(group, dict) else (None, None)
        is_for_shells = matcher in (None, "", "*") or "Bash" in str(matcher)
        for index, hook in enumerate(hooks if is_for_shells and isinstance(hooks, list) else ()):
            if isinstance(hook, dict) and hook.get("type") in types:
                yield (number, "hooks", index, "type"), hook["type"]


def are_named(value: Any, client: Client) -> bool:
    """Whether a mapping has hooks for a guarding event."""
    return isinstance(value, dict) and any(value.get(event) not in (None, []) for event in client.guarding_events)


def is_group(value: Any) -> bool:
    """Whether a value is a group of hooks, and not a mapping of events to groups."""
    if not isinstance(value, dict) or ("matcher" not in value and not value.keys().isdisjoint(hook_events())):
        return False
    hooks = value.get("hooks")
    if isinstance(hooks, dict):
        return "matcher" in value or isinstance(hooks.get("type"), str)
    return isinstance(hooks, list) and bool(hooks)


class Search:
    """Looks for guarding hooks; what it has looked into it knows, for aliases in YAML bring one value many times.

    Args:
        client: whose guarding events count.
        passed_over: keys that are not looked into.
    """

    def __init__(self, client: Client, passed_over: Container[str] = ()) -> None:
        self._client = client
        self._events = frozenset(hook_events())
        self._passed_over = passed_over
        self._known: dict[tuple[int, bool, int, bool], bool] = {}

    def beside(self, value: dict[str, Any]) -> Iterator[str]:
        """The keys of a manifest, settings or a frontmatter with guarding hooks in them, other than `hooks`."""
        for key, each in value.items():
            if key == "hooks" or key in self._passed_over:
                continue
            is_event = key in self._client.guarding_events and each not in (None, [])
            if is_event or self.finds(each, groups=key not in self._events):
                yield key

    def finds(self, value: Any, *, groups: bool, steps: int = _STEPS, among_hooks: bool = False) -> bool:
        """Whether guarding hooks stand in a value, at most so many `steps` deep.

        `groups`: a group of hooks that no event names counts as one. `among_hooks`: the value is a list of hooks.
        """
        if not isinstance(value, list | dict):
            return False
        key = (id(value), groups, steps, among_hooks)
        if key not in self._known:
            self._known[key] = self._finds(value, groups, steps, among_hooks)
        return self._known[key]

    def _finds(self, value: list[Any] | dict[str, Any], groups: bool, steps: int, among_hooks: bool) -> bool:
        if are_named(value, self._client) or (groups and is_group(value)):
            return True
        if steps == 0:
            return False
        if isinstance(value, list):
            return any(self.finds(each, groups=groups, steps=steps - 1, among_hooks=among_hooks) for each in value)
        if among_hooks and isinstance(value.get("type"), str):
            return False
        return any(
            self.finds(
                each,
                groups=groups and key not in self._events,
                steps=steps - 1,
                among_hooks=key == "hooks" and isinstance(each, list),
            )
            for key, each in value.items()
            if key not in self._passed_over
        )
