"""Hooks in a frontmatter that the client cannot use.

What it checks: `hooks` of an agent, a command or a skill is a mapping of events to lists of groups, each group has a
list `hooks`, and each hook a `type` with what that type needs. Client 2.1.197 runs none of a file's hooks where one of
them is wrong, client 2.1.328 passes over the one. Hooks of PreToolUse, of PermissionRequest and, in 2.1.332, of
PreSkillShellCommand may guard what the same file grants: where one of them cannot be loaded, or stands outside `hooks`,
client 2.1.328 does not load a project's agent, and takes hooks and `allowed-tools` from a command or a skill. A
plugin's command cannot have guards at all. On PreSkillShellCommand hooks of type `prompt` and `agent` ask nobody, and
refuse the shell blocks of all that is called later.

Evidence: measured; tests/conformance/guards.jsonl.
Versions: 2.1.197, 2.1.328, 2.1.332.

Bad (commands/ship.md):

    ---
    description: Review and ship
    allowed-tools: Bash(git push:*)
    hooks:
      PreToolUse:
        - matcher: Bash
          command: ./guard.sh
    ---
    Ship the current branch.

Good (commands/ship.md):

    ---
    description: Review and ship
    allowed-tools: Bash(git push:*)
    ---
    Ship the current branch.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.discovery import guards
from packlint.discovery.layout import Layout
from packlint.frontmatter import Field, Frontmatter
from packlint.loading import hooks
from packlint.loading.hooks import Fault
from packlint.pack import File, Kind, Pack
from packlint.parsing.node import Node
from packlint.parsing.scalars import js_string
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.text.spelling import Spelling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from packlint.client import Client

CODE = "FM019"
NAME = "unusable-hooks"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    # A plugin's agent has no hooks, and no guards that anybody looks for.
    if file.kind is Kind.AGENT and file.layout is Layout.PLUGIN:
        return
    found = file.document.frontmatter(pack.client)
    runs = file.kind is Kind.AGENT or file.role.runs_hooks
    for fault in hooks.faults(found.values, runs, pack.client):
        field = found.field(str(fault.path[0]))
        if field is None:  # merged in from elsewhere
            continue
        start, end = _place(found, field, fault)
        meant = _meant(fault)
        yield Finding(
            start,
            end,
            f"'{'.'.join(map(str, fault.path))}' {fault.message}" + (f"; did you mean '{meant}'?" if meant else ""),
            _consequence(file, fault, runs) if not fault.refuses else _refusing(file, pack.client),
            _fix(found, meant, Edit(start, end, meant), file.document.text) if meant else None,
            Severity.WARNING if _is_event(fault) and not fault.is_guard else SEVERITY,
        )


def _is_event(fault: Fault) -> bool:
    return fault.is_key and len(fault.path) > 1


def _meant(fault: Fault) -> str | None:
    """The event whose name is nearly that of one that is none."""
    if not _is_event(fault) or fault.path[-1] in guards.hook_events():
        return None
    return Spelling(guards.hook_events()).nearest(str(fault.path[-1]))


def _fix(found: Frontmatter, meant: str, edit: Edit, text: str) -> Fix | None:
    """Another name for an event; None where the file has that event, or the name stands elsewhere under an alias."""
    is_alone = text[edit.start : edit.end].strip("\"'").isalpha() and meant not in found.values["hooks"]
    return Fix(f"write '{meant}'", (edit,), safe=False) if is_alone else None


def _consequence(file: File, fault: Fault, runs: bool) -> str:
    is_outside = fault.path[0] != "hooks"
    older = "client 2.1.197 ignores it" if is_outside else "client 2.1.197 runs none of the file's hooks"
    if not runs and not is_outside:
        older = f"no client runs the hooks of a plugin's {file.kind}"
    if not fault.is_guard:
        return f"{older}, client 2.1.328 passes over this one without a word"
    if file.kind is Kind.AGENT:
        return f"{older}, client 2.1.328 does not load the agent"
    return f"{older}, and client 2.1.328 drops its allowed-tools: these hooks may be what guards them"


def _refusing(file: File, client: Client) -> str:
    if file.kind is Kind.AGENT:
        return f"client {client.version} runs no shell block of a skill that this agent calls"
    return f"once this {file.kind} was called, client {client.version} runs no shell block of any other"


def _place(found: Frontmatter, field: Field, fault: Fault) -> tuple[int, int]:
    """Where a fault stands, or what is around it where an alias or a merge brings it in."""
    place = (field.key_start, field.key_end) if fault.is_key else (field.start, field.end)
    node = field.node
    for step in fault.path[1:]:
        key, below = _below(node, step)
        if below is None or not node.start <= below.start <= node.end:
            break
        named = key if fault.is_key and key is not None else below
        place, node = found.place(named.start, named.end), below
    return place


def _below(node: Node, step: str | int) -> tuple[Node | None, Node | None]:
    """The key, where it has one, and the value of a part of a node."""
    if isinstance(step, int):
        return None, node.items[step] if step < len(node.items) else None
    pairs = ((key, value) for key, value in reversed(node.entries) if js_string(key.value) == step)
    return next(pairs, (None, None))
