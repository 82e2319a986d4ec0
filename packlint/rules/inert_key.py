"""A key that means something elsewhere and nothing here.

What it checks: `allowed-tools` is a key of commands and skills. In an agent the client ignores it, so an agent meant
to read only gets all tools; where it says `*` or "all tools", nothing is lost and that is advice. `tools` is an agent's
key: in a command or a skill it grants and restricts nothing. `disallowedTools` of an agent is read in a command, too,
unless that has a `disallowed-tools`.

Evidence: measured; `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    allowed-tools: Read
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools: Read
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.loading import keys, toolset
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

CODE = "FM014"
NAME = "inert-key"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)

_EVERY = frozenset(("*", "all", "any", "tools"))
_ALL = "the client ignores it: the agent has all tools without it"


def check(file: File, pack: Pack) -> Iterator[Finding]:
    fields = file.document.frontmatter(pack.client).fields
    present = {field.key for field in fields}
    for field in fields:
        meant = keys.replacement(file, field.key, pack.client)
        if meant is None:
            continue
        fix = None
        if meant == "tools" and meant not in present and _asks_for_all(field.value):
            words = f"'{field.key}' does nothing in an agent; leave it out"
            yield Finding(field.key_start, field.key_end, words, _ALL, severity=Severity.INFO)
            continue
        if meant not in present:
            fix = Fix(f"rename the key to '{meant}'", (Edit(field.key_start, field.key_end, meant),), safe=False)
        where = "an agent" if file.kind is Kind.AGENT else f"a {file.kind}"
        yield Finding(
            field.key_start,
            field.key_end,
            f"'{field.key}' does nothing in {where}; use '{meant}'",
            _consequence(file, meant, present),
            fix,
        )


def _asks_for_all(value: Any) -> bool:
    """Whether all tools are meant, which an agent has that names none: `*`, or words to that effect."""
    words = toolset.tokens(value)
    return bool(words) and _EVERY.issuperset(word.lower() for word in words)


def _consequence(file: File, meant: str, present: set[str]) -> str:
    if file.kind is not Kind.AGENT:
        if meant != "allowed-tools":
            return "the client refuses nothing for it"
        return f"the client grants nothing for it: the {file.kind} stops to ask, or is refused"
    if meant == "tools" and "tools" not in present:
        return "the client ignores it: the agent gets all tools"
    return "the client ignores it"
