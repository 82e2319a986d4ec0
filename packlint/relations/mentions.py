"""Where a text names agents: the ones a pack has, and ones that it might mean."""

from __future__ import annotations

from packlint import regex
from packlint.discovery.layout import Layout
from packlint.file import File
from packlint.reading.wording import SENTENCE_END
from packlint.text.holding import holds
from packlint.text.spelling import Spelling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from packlint.pack import Pack

_NAME = r"([A-Za-z][\w-]*(?::[\w-]+)*)"
# Each begins with what is quickly found.
_TYPED = regex.lazy(rf"subagent_type[\"']?\s*(?:=\s*[\"'`]?|:\s*[\"'`]|:\s+){_NAME}")
_QUOTED = regex.lazy(rf"`{_NAME}`\s+(?:sub)?agent\b")
_AT = regex.lazy(rf"(?<![\w@])@agent-{_NAME}")
_TICKED = regex.lazy(rf"`{_NAME}`")
# What is said before an agent's name alone, without the first letter, which may be a capital one.
_LAUNCHES = ("aunch `", "pawn `", "elegate to `")
_LAUNCHES_IN_BYTES = tuple((words, words.encode()) for words in _LAUNCHES)
_AGENT, _TYPE, _AT_SIGN, _NOBODYS = "agent", "subagent_type", "@agent-", "`:"
# What may stand between a name and what it is, a blank of some other script included.
_BLANKS = b" \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f" + bytes(range(0x80, 0x100))
_BEFORE_BLANK = frozenset(_BLANKS + b"`")
_LOOKED_AT = 40
_MOST_BYTES_OF_ONE = 4
_WORD = regex.lazy(
    r"(?<![\w:./@-])(?P<tick>`?)(?P<name>\w(?:[\w:-]*\w)?)(?P=tick)(?![\w:/-]|\.\w)(?P<agent>\s+(?:sub)?agent\b)?"
)
_PLACEHOLDER = regex.lazy(r"(?:your|my|some|example)-.*|.*-name|name|type|string")
# Where a name goes on like this, it is a part of one, `shop:<name>`, or code that gives one, `task.agent`.
_GOES_ON = regex.lazy(r"[:<{$*\[(]|\.\w")
# What a name in back-ticks is where one of these words follows it: no agent.
_OTHER_THING = regex.lazy(
    r"`\s+(?:block|comment|event|field|fence|file|heading|hook|key|label|marker|namespace|prefix|section|setting|tag)s?\b"
)
# The rest of a name of several words, in which no agent is called.
_MORE_WORDS = regex.lazy(r" [A-Z]\w")
_VARIABLE = regex.lazy(r"(?=\w*\Z)\w*(?:[a-z][A-Z]|_)\w*")
# By this name newer clients start a copy of the conversation itself; they list it among no agents.
_FORK = "fork"
# Said of a call that is not to be made.
_NEGATED = regex.lazy(r"(?i)\b(?:not|never|mistake(?:nly)?|wrong(?:ly)?|instead of|rather than|don't)\b")
_NEAR = 300

# How sure it is that a name is an agent's. A likely one must have a hyphen or be spelt nearly as an agent's, a possible
# one be spelt nearly so.
_POSSIBLE, _LIKELY, SURE = range(3)


def unknown(file: File, pack: Pack) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of each agent that the body calls and nobody has."""
    if not pack.agents:
        return
    spelling = Spelling(pack.vocabulary)
    for start, end, name, sureness in calls(file, pack):
        foreign = ":" in name and not name.startswith(pack.name + ":")
        if name == _FORK or foreign or pack.is_callable(name) or _PLACEHOLDER.fullmatch(name):
            continue
        if _is_put_together(file.document.text, start, end) or _is_negated(file.document.text, start):
            continue
        if sureness < SURE and _OTHER_THING.match(file.document.text, end):
            continue
        if sureness < SURE and (name in pack.called or not _is_meant(name, sureness, spelling)):
            continue
        yield start, end, name


def denied(file: File, pack: Pack) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of each agent that the body calls and the project's settings deny."""
    text = file.document.text
    for start, end, name, _ in calls(file, pack):
        if name in pack.denied and not _is_put_together(text, start, end) and not _is_negated(text, start):
            yield start, end, name


def _is_put_together(text: str, start: int, end: int) -> bool:
    """Whether a name is only a part of one, or names something that holds one."""
    if _GOES_ON.match(text, end) is not None:
        return True
    is_quoted = text[start - 1 : start] in ("'", '"', "`", "-")
    return not is_quoted and bool(_VARIABLE.fullmatch(text[start:end]) or _MORE_WORDS.match(text, end))


def _is_negated(text: str, start: int) -> bool:
    before = text[max(0, start - _NEAR, text.rfind("\n", 0, start) + 1) : start]
    return _NEGATED.search(SENTENCE_END.split(before)[-1]) is not None


def bare(file: File, pack: Pack) -> Iterator[tuple[int, int, str, str]]:
    """Start, end and name of each agent of this plugin that is to be started by its name alone, and its full name.

    A text that has the full name, too, is meant for both layouts, and agents without a manifest may be meant for any.
    """
    if b"subagent_type" not in file.document.raw or pack.layout is not Layout.PLUGIN:
        return
    from packlint.discovery import manifests

    if not any(manifests.kind(each) == manifests.PLUGIN for each in pack.manifests):
        return
    full = {known.name: known.invoke for known in map(pack.gist, pack.agents) if known.loaded}
    text, start = file.document.text, file.document.markdown(pack.client).start
    for match in regex.begun(_TYPED, text, "subagent_type", start=start):
        name = match[1]
        if name in full and name not in pack.client.builtin_agents and full[name] not in text:
            yield *match.span(1), name, full[name]


def _is_meant(name: str, sureness: int, spelling: Spelling) -> bool:
    return (sureness == _LIKELY and "-" in name) or spelling.nearest(name) is not None


def known(file: File, pack: Pack) -> Iterator[str]:
    """The names of this pack's agents in the body, in order.

    A single word counts only where it is marked as a name: in back-ticks, or before `agent`.
    """
    for _, _, name, _ in calls(file, pack):
        if name in pack.agent_names:
            yield name
    parsed = file.document.markdown(pack.client)
    for match in _WORD.finditer(file.document.text, parsed.start):
        marked = match["tick"] or match["agent"] or "-" in match["name"] or ":" in match["name"]
        if match["name"] in pack.agent_names and marked and not parsed.in_comment(match.start()):
            yield match["name"]


def calls(file: File, pack: Pack) -> Iterator[tuple[int, int, str, int]]:
    """Start, end and name of each agent that the body calls, and how sure it is that an agent is meant."""
    own = f"`{pack.name}:"
    ways = _ways(file.document.raw, own)
    if not ways:
        return
    text, start = file.document.text, file.document.markdown(pack.client).start
    found = {}
    for words in (*_LAUNCHES, own):
        for at in regex.occurrences(text, words, start) if words in ways else ():
            if match := _TICKED.match(text, at + words.index("`")):
                found[match.span(1)] = (match[1], _LIKELY if words == own else _POSSIBLE)
    for at in regex.occurrences(text, _AGENT, start) if _AGENT in ways else ():
        if not text[max(start, at - _LOOKED_AT) : at].removesuffix("sub").rstrip().endswith("`"):
            continue
        # The character behind the word must be seen, too, to tell that the word ends.
        match = _QUOTED.search(text, max(start, text.rfind("`", 0, text.rfind("`", 0, at))), at + 6)
        if match is not None:
            found[match.span(1)] = (match[1], _LIKELY)
    for pattern, sign in ((_TYPED, _TYPE), (_AT, _AT_SIGN)):
        for match in regex.begun(pattern, text, sign, start=start) if sign in ways else ():
            found[match.span(1)] = (match[1], SURE)
    for span in sorted(found):
        yield *span, *found[span]


def _ways(raw: bytes, own: str) -> set[str]:
    """By which words a file may call agents, told by its bytes; of most files there are none.

    `own` is what a name of this plugin's begins with, a back-tick before it.
    """
    found = {words for words, in_bytes in _LAUNCHES_IN_BYTES if holds(raw, in_bytes)}
    if own != _NOBODYS and holds(raw, own.encode("utf-8", "surrogatepass")):
        found.add(own)
    at = raw.find(b"agent")
    while at >= 0:
        if raw.startswith(b"subagent_type", at - 3):
            found.add(_TYPE)
        elif raw.startswith(b"@agent-", at - 1):
            found.add(_AT_SIGN)
        elif _AGENT not in found and (raw[at - 2] in _BEFORE_BLANK or raw.startswith(b"sub", at - 3)):
            before = raw[max(0, at - _LOOKED_AT * _MOST_BYTES_OF_ONE) : at].removesuffix(b"sub")
            if before.rstrip(_BLANKS).endswith(b"`"):
                found.add(_AGENT)
        at = raw.find(b"agent", at + 5)
    return found
