"""A project's settings deny an agent of the project, or mean to and do not.

What it checks: `Agent` and `Agent(name)`, or the older `Task`, in the list `deny` below `permissions` of
.claude/settings.json and settings.local.json. The model is not told of an agent that is denied, and the client refuses
to start it; only a command with `context: fork` still runs in it. A rule is for one agent, by its name as it is
written, or for all: there are no patterns, and no lists.

Evidence: measured, eighteen rules with agents of a project, of a plugin and of the client's own.
Versions: 2.1.197, 2.1.328.

Bad in a project (settings.json):

    {"permissions": {"deny": ["Agent(clerk)"]}}

Bad in a project (agents/clerk.md):

    ---
    name: clerk
    description: Keeps the books. Use for invoices.
    ---
    You keep the books.

Good in a project (settings.json):

    {"permissions": {"deny": ["Agent(Explore)"]}}

Good in a project (agents/clerk.md):

    ---
    name: clerk
    description: Keeps the books. Use for invoices.
    ---
    You keep the books.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.relations import denied

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL022"
NAME = "denied-agent"
SEVERITY = Severity.WARNING
KINDS = (Kind.MANIFEST,)

_REFUSED = "the model is told nothing of it, and the client refuses to start it"
_ALL_REFUSED = "the model cannot start any, and is told of none"


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for name, spot in denied.rules(file, pack.client):
        own = pack.agents_by_name
        if name == denied.EVERY:
            words, told = f"every agent is denied, the {len(own)} of this project too", _ALL_REFUSED
        elif name in own:
            words, told = f"the agent '{name}' of this project is denied ({own[name][0].shown})", _REFUSED
        else:
            words, told = _why_nobody(name, pack), "the rule denies nothing"
        if words and own:
            yield Finding(spot.start, spot.end, words, told)


def _why_nobody(name: str, pack: Pack) -> str:
    """Why a rule denies nobody although one of this pack's agents seems to be meant; empty where none does."""
    if name in pack.callable_agents:
        return ""
    if "*" in name:
        return f"no agent is called '{name}', and there are no patterns for agents"
    if any(each.strip() in pack.callable_agents for each in name.split(",")[1:]):
        return f"no agent is called '{name}'; each needs a rule of its own"
    meant = pack.vocabulary.lowered.get(name.strip().lower())
    return f"no agent is called '{name}'; did you mean '{meant}'?" if meant else ""
