"""A project's settings deny an agent of the project or one that its texts call, or mean to and do not.

What it checks: `Agent` and `Agent(name)`, or the older `Task`, in the list `deny` below `permissions` of
.claude/settings.json and settings.local.json. The model is not told of an agent that is denied, and the client refuses
to start it; only a command with `context: fork` still runs in it. A rule is for one agent, by its name as it is
written, or for all: there are no patterns, and no lists.

What a settings.local.json denies, one person denied for themselves, and that is only said.

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
from packlint.relations import denied, mentions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL022"
NAME = "denied-agent"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT, Kind.MANIFEST)

_LOCAL = "settings.local.json"
_REFUSED = "the model is told nothing of it, and the client refuses to start it"
_ALL_REFUSED = "the model cannot start any, and is told of none"


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if file.kind is not Kind.MANIFEST:
        for start, end, name in mentions.denied(file, pack):
            where = pack.denied[name]
            told = "the client refuses to start it, and the model improvises"
            yield Finding(start, end, f"the agent '{name}' is denied by {where}", told, severity=_severity(where))
        return
    for name, spot in denied.rules(file, pack.client):
        own = pack.agents_by_name
        if name == denied.EVERY:
            words, told = f"every agent is denied, the {len(own)} of this project too", _ALL_REFUSED
        elif name in own:
            words, told = f"the agent '{name}' of this project is denied ({own[name][0].shown})", _REFUSED
        else:
            words, told = _why_nobody(name, pack), "the rule denies nothing"
        severity = _severity(file.location) if name == denied.EVERY or name in own else SEVERITY
        if words and own:
            yield Finding(spot.start, spot.end, words, told, severity=severity)


def _severity(settings: str) -> Severity:
    """How much it matters that these settings deny an agent, by their path."""
    return Severity.INFO if settings.endswith(_LOCAL) else SEVERITY


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
