"""A description that does not tell when to use the agent or the skill.

What it checks: the description is all the main model sees when it chooses among agents and skills. One of fewer
than five words, or without a word on the occasion ("use when ...", "for ...", "after ...", "started by ..."), leaves
the choice to chance.

Evidence: the client's documentation asks for a description of when to delegate.
Versions: all.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: A helpful agent
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes for lost errors. Use after an edit.
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint import regex
from packlint.loading import listing
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "DS001"
NAME = "vague-description"
SEVERITY = Severity.INFO
KINDS = (Kind.AGENT, Kind.SKILL)

_LEAST_WORDS = 5
_WORD = regex.lazy(r"\w+")
_OCCASION = regex.lazy(
    r"(?i)\b(?:us(?:e|ed|ing|eful)|invoke|call|delegate|trigger|when(?:ever)?|for|to|if|before|after|during|while|once|on|upon"
    r"|(?:spawn|invok|call|launch|start|dispatch|trigger)ed by"
    r"|must|should|proactively|need(?:s|ed|ing)?|expert|specialist|specializ(?:es|ed|ing))\b|<example>",
)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    field = file.document.frontmatter(pack.client).field("description")
    text = _shown(file, pack)
    if field is None or not text or not text.isascii():
        return
    words = len(_WORD.findall(text))
    if words >= _LEAST_WORDS and _OCCASION.search(text):
        return
    few = "one word tells little" if words == 1 else f"{words} words tell little"
    silent = f"the description does not say when to use the {file.kind}"
    yield Finding(
        field.start,
        field.end,
        few if words < _LEAST_WORDS else silent,
        f"the main model sees nothing else when it chooses {'an' if file.kind is Kind.AGENT else 'a'} {file.kind}",
    )


def _shown(file: File, pack: Pack) -> str:
    """What the model sees beside the name; empty where it sees nothing of the file's own."""
    if file.kind is Kind.SKILL:
        skill = file.command(pack.client)
        is_own = listing.usable_text(skill.frontmatter.values.get("description"))
        return "" if skill.hidden_from_model or not is_own else skill.description
    agent = file.agent(pack.client)
    return agent.description if agent.loaded and not agent.degraded else ""
