"""A frontmatter value is not one of those the client knows.

What it checks: `color`, `effort`, `permissionMode`, `memory`, `isolation`, `maxTurns`, `background` and the
like take a fixed set of values. The client ignores any other, at most with a line in its debug log. Of a list it makes
a text for `effort`, `maxTurns` and `autoCompactWindow`: `effort: [low]` is low, and `effort: [low, high]` no word that
it knows. The switches of commands and skills take `true`; `yes`, `on` and `1` are true to newer clients alone.

`mcpServers` of a project's agent is a list: each item is the name of a server that the session has, or one name with
its server, as in `.mcp.json`. The client passes over any other item, and over the whole key where it is a mapping. The
`isolation` of a plugin's agent is `worktree` or nothing.

Evidence: measured for all but `color`, whose values are documented.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    effort: extreme
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    effort: high
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint import schema
from packlint.client import clients
from packlint.discovery.layout import Layout
from packlint.frontmatter import Frontmatter
from packlint.loading import servers, switches
from packlint.loading.numbers import whole_number
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

CODE = "FM017"
NAME = "bad-value"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)

_SWITCHES = ("user-invocable", "disable-model-invocation")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    doubtful = [] if file.kind is Kind.AGENT else [key for key in _SWITCHES if _takers(found.values.get(key))]
    for misfit in schema.misfits(file.kind.value, found.values, file.layout.value):
        field = found.field(misfit.key)
        if field is None or misfit.is_type or misfit.key in doubtful:
            continue
        if file.layout is Layout.PLUGIN and pack.client.ignores_in_plugin(file.kind.value, misfit.key):
            continue
        if field.value is None and misfit.key != "user-invocable":
            continue
        known = [word for word in schema.choices(file.kind.value, misfit.key) if isinstance(word, str)]
        value = schema.as_read(file.kind.value, misfit.key, field.value)
        hint = did_you_mean(value, known) if isinstance(value, str) else ""
        yield Finding(
            field.start if field.value is not None else field.key_start,
            field.end,
            f"'{misfit.key}' must be {misfit.message}{hint}",
            (_turns(value) if misfit.key == "maxTurns" else "") or misfit.consequence,
            severity=Severity(misfit.severity),
        )
    if file.kind is Kind.AGENT:
        yield from _of_servers(found) if file.layout is Layout.PROJECT else _of_isolation(found)
    for key in doubtful:
        if field := found.field(key):
            opens = Fix("write 'true'", (Edit(field.start, field.end, "true"),))
            yield Finding(
                field.start,
                field.end,
                f"'{key}' is on for some clients alone; write true",
                _takers(field.value),
                opens if key == "user-invocable" else None,
            )


def _turns(value: Any) -> str:
    """What the clients make of a text that is no plain number; empty where they make nothing of it."""
    if not isinstance(value, str):
        return ""
    read = {each.version: whole_number(value, each) or 0 for each in clients()}
    if min(read.values()) < 1:
        return ""
    if len(set(read.values())) == 1:
        return f"the client reads it as {min(read.values())}"
    return "; ".join(f"client {version} reads it as {number}" for version, number in read.items())


def _of_servers(found: Frontmatter) -> Iterator[Finding]:
    """The items of `mcpServers` for which no server is started."""
    field = found.field("mcpServers")
    if field is None or not isinstance(field.value, list):
        return
    for index, fault in servers.faults(field.value):
        start, end = found.place(field.node.items[index].start, field.node.items[index].end)
        yield Finding(
            start,
            end,
            fault,
            "the client passes over the item and starts no server for it",
            severity=Severity.ERROR,
        )


def _of_isolation(found: Frontmatter) -> Iterator[Finding]:
    """The value of a project's agent that a plugin's may not have."""
    field = found.field("isolation")
    if field is not None and field.value == "remote":
        told = "clients 2.1.197 and 2.1.328 ignore it: the agent works in the user's own files"
        yield Finding(field.start, field.end, "'isolation' of a plugin's agent must be worktree", told)


def _takers(value: Any) -> str:
    """Who takes the value of a switch for true and who for false; empty where all agree."""
    on, off = (
        [each.version for each in clients() if switches.is_on(value, each) is wanted] for wanted in (True, False)
    )
    return f"client {' and '.join(off)} takes it for false, client {' and '.join(on)} for true" if on and off else ""
