"""An agent is told to use a tool it does not get.

What it checks: sentences such as "use Grep" or "Grep for existing routers" in the body of an agent that has
no such tool - because `tools` does not list it, because it is dead, or because Bash
displaces Grep and Glob. The call fails at run time. For Grep and Glob beside Bash this is advice: the client answers
"Grep is not available in this session", and to search with Bash.

Silent where somebody else uses the tool ("the user runs Bash"), where the agent is told not to, and in
sentences within code blocks; a list of orders in a code block counts.

Say "search for ..." and leave the tool to the agent.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools: Read, Bash, Grep
    ---
    Use Grep to find the callers.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    tools: Read, Bash
    ---
    Search for the callers.
"""

from __future__ import annotations

from packlint import regex
from packlint.loading import toolset
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.signs.mentioned import TOLD, WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

CODE = "TL013"
NAME = "tool-not-granted"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT,)

_TOLD = "|".join(TOLD)
_ANY = "|".join((*TOLD, *WORDS))
_USE = regex.lazy(
    rf"(?m)(?:\b(?:[Uu]se|[Uu]sing|[Cc]all|[Ii]nvoke|[Rr]un|[Vv]ia|[Ww]ith)\s+(?:the\s+)?[`*]*(?P<used>{_TOLD})[`*]*"
    r"(?=\s+(?:tool|to|for|on|with|and|or)\b|[.,;:)]|$)"
    rf"|^[ \t]*(?:[-*+]\s+|\d+[.)]\s+)?[`*]*(?P<leading>Grep|Glob|WebFetch|WebSearch)[`*]*"
    r"\s+(?:for|to|the|all|through|in|across)\b"
    rf"|\bthe\s+[`*]*(?P<the>{_ANY})[`*]*\s+tool\b)",
)
# What must stand right before a name: `$` is where the part that is searched ends.
_LEADS = regex.lazy(
    r"(?m)(?:\b(?:[Uu]se|[Uu]sing|[Cc]all|[Ii]nvoke|[Rr]un|[Vv]ia|[Ww]ith|the)\s+(?:the\s+)?"
    r"|^[ \t]*(?:[-*+]\s+|\d+[.)]\s+)?)[`*]*\Z",
)
# How far from the name, in characters, the words stand that tell to use it.
_AROUND = 60
_NEGATED = regex.lazy(r"(?i)\b(?:not|never|no|without|instead of|rather than|don't|avoid|cannot)\b")
# How far back, in characters, such a word may stand.
_NEAR = 500
# Somebody else uses the tool; the agent is not told to.
_OTHERS = regex.lazy(
    r"(?i)\b(?:users?|callers?|harness|hooks?|others|they|orchestrators?|coordinators?|parent|"
    r"main (?:agent|session|thread|conversation))\b",
)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    agent = file.agent(pack.client)
    if not agent.loaded or not agent.tools.granted:
        return
    text, body = file.document.text, agent.frontmatter.body
    parsed = file.document.markdown(pack.client)
    reported: set[str] = set()
    names = [name for name in (*TOLD, *WORDS) if pack.client.canonical_tool(name) not in agent.tools.granted]
    for match in _uses(text, body, names):
        group = match.lastgroup or "used"
        name = match[group]
        if name in reported:
            continue
        before = _begun_sentence(text, match.start())
        if _NEGATED.search(before) or _OTHERS.search(before):
            continue
        if group != "leading" and parsed.in_fence(match.start()):
            continue
        reported.add(name)
        why = toolset.why_not(name, agent.tools, pack.client)
        yield Finding(
            match.start(group),
            match.end(group),
            f"the agent is told to use {name}, which it does not get ({why})",
            "the call fails at run time; say what to look for and leave the tool to the agent",
            severity=Severity.INFO if why == toolset.WITHHELD else None,
        )


def _uses(text: str, start: int, names: list[str]) -> Iterator[re.Match[str]]:
    """Where a text tells to use one of these tools; looked for around their names, which are quickly found."""
    found = {}
    for name in names:
        for at in regex.occurrences(text, name, start):
            if not _LEADS.search(text, max(start, at - _AROUND), at):
                continue
            for match in _USE.finditer(text, max(start, at - _AROUND), at + len(name) + _AROUND):
                if match[match.lastgroup or "used"] == name:
                    found[match.start()] = match
    for place in sorted(found):
        yield found[place]


def _begun_sentence(text: str, end: int) -> str:
    """What stands before an offset in its sentence."""
    near = text[max(0, end - _NEAR) : end]
    return near[max(near.rfind("."), near.rfind("\n")) + 1 :]
