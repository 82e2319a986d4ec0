"""A description that does not tell when to use the agent.

What it checks: the description is all the main model sees when it chooses among agents. One of fewer than five
words, or without a word on the occasion ("use when ...", "for ...", "after ..."), leaves the choice to chance.

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

import re
from collections.abc import Iterator

from packlint import regex
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

CODE = "DS001"
NAME = "vague-description"
SEVERITY = Severity.INFO
KINDS = (Kind.AGENT,)

_LEAST_WORDS = 5
_WORD = regex.lazy(r"\w+")
_OCCASION = regex.lazy(
    r"\b(?:us(?:e|ed|ing|eful)|invoke|call|delegate|trigger|when(?:ever)?|for|to|if|before|after|during|while|once|on|upon"
    r"|must|should|proactively|need(?:s|ed|ing)?|expert|specialist|specializ(?:es|ed|ing))\b|<example>",
    re.IGNORECASE,
)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    agent = file.agent(pack.client)
    field = file.document.frontmatter(pack.client).field("description")
    if not agent.loaded or agent.degraded or field is None or not agent.description.isascii():
        return
    words = len(_WORD.findall(agent.description))
    if words >= _LEAST_WORDS and _OCCASION.search(agent.description):
        return
    yield Finding(
        field.start,
        field.end,
        f"{words} words tell little" if words < _LEAST_WORDS else "the description does not say when to use the agent",
        "the main model sees nothing else when it chooses an agent",
    )
