"""Hooks in a frontmatter, and what the client takes away where one that may guard something cannot be loaded.

A hook of PreToolUse, of PermissionRequest or, in 2.1.332, of PreSkillShellCommand may be what keeps a grant beside it
in bounds. Client 2.1.328 therefore does not load a project's agent whose guards it cannot read, and takes hooks and
grants from such a command or skill. It looks for guards wherever somebody may have meant to write one.

Evidence: measured on 2.1.197 and 2.1.328; tests/conformance/guards.jsonl holds the labels.
"""

from __future__ import annotations

from packlint.discovery import guards
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from packlint.client import Client

# Keys whose values are other people's, in which the client does not look for guards.
_OTHERS = frozenset({"metadata", "mcpServers", "lspServers"})


@record(frozen=True)
class Fault:
    """What is wrong with the hooks of a frontmatter: its keys and indexes from the top, and the words for it.

    `is_key`: the last key itself is at fault. `is_guard`: because of it the client takes away what may be guarded.
    `refuses`: the hook is loaded, and refuses whatever it should be asked about.
    """

    path: tuple[str | int, ...]
    is_key: bool
    message: str
    is_guard: bool
    refuses: bool = False


def lost(values: dict[str, Any], runs: bool, client: Client) -> str | None:
    """Why the client takes away what hooks may guard, None where it does not."""
    if not client.does("refuses_unusable_guards"):
        return None
    fault = next((fault for fault in faults(values, runs, client) if fault.is_guard), None)
    return None if fault is None else f"'{'.'.join(map(str, fault.path))}' {fault.message}"


def faults(values: dict[str, Any], runs: bool, client: Client) -> Iterator[Fault]:
    """What is wrong with the hooks of an agent, a command or a skill; `runs`: whether the client would run them."""
    may_hold = any(isinstance(value, dict | list) for value in values.values())
    if not may_hold and values.keys().isdisjoint(("hooks", *client.guarding_events)):
        return
    for key in guards.Search(client, _OTHERS).beside(values):
        yield Fault((key,), True, "holds hooks outside 'hooks'", True)
    hooks, search = values.get("hooks"), guards.Search(client)
    if not runs:
        if hooks is not None and _may_guard(hooks, search):
            yield Fault(("hooks",), True, "guard nothing here", True)
    elif isinstance(hooks, dict) and not guards.is_group(hooks):
        yield from _of_events(hooks, search, client)
    elif hooks or isinstance(hooks, list | dict):
        yield Fault(("hooks",), False, "must be a mapping of events to lists of groups", True)


def _of_events(hooks: dict[str, Any], search: guards.Search, client: Client) -> Iterator[Fault]:
    events, guarding = guards.known_events(client), client.guarding_events
    for event, groups in hooks.items():
        path = ("hooks", event)
        if event not in events:
            is_guard = search.finds(groups, groups=not isinstance(groups, list))
            words = "is an event of newer clients" if event in guards.hook_events() else "is no event"
            yield Fault(path, True, words, is_guard)
        elif not isinstance(groups, list):
            is_guard = (event in guarding and groups is not None) or search.finds(groups, groups=False)
            yield Fault(path, False, "must be a list of groups", is_guard)
        else:
            holding = [number for number, group in enumerate(groups) if search.finds(group, groups=False)]
            for number in holding:
                yield Fault((*path, number), False, "holds the hooks of an event where a group belongs", True)
            for fault in guards.misshapen(groups, client):
                if not fault.path or fault.path[0] not in holding:
                    yield Fault((*path, *fault.path), fault.is_key, fault.message, event in guarding)
            for place, said in guards.unrun(event, groups, client):
                yield Fault((*path, *place), False, f"is '{said}', which does not run there", False, refuses=True)


def _may_guard(hooks: Any, search: guards.Search) -> bool:
    """Whether a guard may be among hooks that the client does not read further."""
    if not isinstance(hooks, dict | list):
        return True
    if isinstance(hooks, list) and not all(isinstance(each, dict | list) for each in hooks):
        return True
    return search.finds(hooks, groups=True)
