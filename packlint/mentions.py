"""Where a text names agents: the ones a pack has, and ones that it might mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packlint import regex
from packlint.file import File
from packlint.spelling import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.pack import Pack

_NAME = r"([A-Za-z][\w-]*(?::[\w-]+)*)"
# Each begins with what is quickly found.
_TYPED = regex.lazy(rf"subagent_type[\"']?\s*[:=]\s*[\"'`]?{_NAME}")
_QUOTED = regex.lazy(rf"`{_NAME}`\s+(?:sub)?agent\b")
_AT = regex.lazy(rf"(?<![\w@])@agent-{_NAME}")
_WORD = regex.lazy(
    r"(?<![\w:./@-])(?P<tick>`?)(?P<name>\w(?:[\w:-]*\w)?)(?P=tick)(?![\w:/-]|\.\w)(?P<agent>\s+(?:sub)?agent\b)?"
)
_PLACEHOLDER = regex.lazy(r"(?:your|my|some|example)-.*|.*-name|name|type|string")


def may_call(text: str) -> bool:
    """Whether a text can call an agent at all, which few characters tell."""
    return "subagent_type" in text or "@agent-" in text or ("`" in text and "agent" in text)


def unknown(file: File, pack: Pack) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of each agent that the body calls and nobody has."""
    if not pack.agents:
        return
    known = {*pack.client.builtin_agents, *pack.agent_names}
    for start, end, name, quoted in calls(file, pack):
        foreign = ":" in name and not name.startswith(pack.name + ":")
        if name in known or foreign or _PLACEHOLDER.fullmatch(name):
            continue
        if quoted and nearest(name, known) is None and "-" not in name:
            continue
        yield start, end, name


def known(file: File, pack: Pack) -> Iterator[str]:
    """The names of this pack's agents in the body, in order.

    A single word counts only where it is marked as a name: in back-ticks, or before `agent`.
    """
    for _, _, name, _ in calls(file, pack):
        if name in pack.agent_names:
            yield name
    parsed = file.document.markdown(pack.client)
    for match in _WORD.finditer(file.document.text, parsed.start):
        marked = match["tick"] or match["agent"] or re.search("[-:]", match["name"])
        if match["name"] in pack.agent_names and marked and not parsed.in_comment(match.start()):
            yield match["name"]


def calls(file: File, pack: Pack) -> Iterator[tuple[int, int, str, bool]]:
    """Start, end and name of each agent that the body calls, and whether the name is in back-ticks alone."""
    text, start = file.document.text, file.document.markdown(pack.client).start
    found = {}
    for pattern, sign in ((_QUOTED, "`"), (_TYPED, "subagent_type"), (_AT, "@agent-")):
        for match in pattern.finditer(text, start) if sign in text else ():
            found[match.span(1)] = (match[1], pattern is _QUOTED)
    for span in sorted(found):
        yield *span, *found[span]
