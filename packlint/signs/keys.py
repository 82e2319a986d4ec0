"""Signs of what frontmatter holds."""

from __future__ import annotations

from packlint import regex
from packlint.file import File, Kind
from packlint.frontmatter import Frontmatter, State
from packlint.loading import listing, offered, toolset
from packlint.memo import lru_cache
from packlint.signs.names import (
    BANG,
    BUILTIN_NAME,
    DASHES,
    INLINE,
    KEYS,
    LONG,
    LONG_DESCRIPTION,
    LOST,
    NO_DESCRIPTION,
    NO_FRONTMATTER,
    NO_MAPPING,
    NO_NAME,
    NUMBER,
    ODD_NAME,
    ODD_PATTERN,
    OTHER_NAME,
    PLACEHOLDER,
    RECOVERED,
    SHELL_GRANT,
    SKILLS,
    SPACED_NAME,
    TOOLS,
    UNCLOSED_FRONTMATTER,
    VAGUE,
    WITHHELD,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from packlint.client import Client
    from packlint.pack import Pack

_STATES = {
    State.ABSENT: NO_FRONTMATTER,
    State.UNCLOSED: UNCLOSED_FRONTMATTER,
    State.LOST: LOST,
    State.RECOVERED: RECOVERED,
}
_MODELS = frozenset({"sonnet", "opus", "haiku", "inherit"})
_COLORS = frozenset({"red", "blue", "green", "yellow", "purple", "orange", "pink", "cyan"})
_TEXTS = {
    Kind.AGENT: frozenset({"name", "description", "tools", "disallowedTools", "skills"}),
    Kind.COMMAND: frozenset({"name", "description", "argument-hint", "allowed-tools"}),
    Kind.SKILL: frozenset({"name", "description", "argument-hint", "allowed-tools"}),
}
_LISTS = ("tools", "disallowedTools", "allowed-tools")
_SWITCHES = ("user-invocable", "disable-model-invocation")
_DENIALS = ("disallowed-tools", "disallowedTools")
_IN_COMMANDS = ("allowed-tools", *_DENIALS)
# What a pattern must hold, or begin with, to cover no command: see the rule `idle-pattern`.
_ODD, _ODD_FIRST = (",", "|", ";", " )", ":)", ")(", ":* ", "**", ".*", ".+"), frozenset(" ^({['\"`")
_YAML11 = frozenset({"yes", "no", "on", "off"})
# A text that is longer, in characters, may be more than anybody wants to send; the rules know the bounds.
_NUMBERED = regex.lazy(r"\$(?:[0-9]|ARGUMENTS\[)")
_LONG = 20_000
_LONG_DESCRIPTION = 700
_LONG_NAME = 100
_LEAST_WORDS = 5
_OCCASIONS = (" for ", " to ", " when ", " on ", " if ", " before ", " after ")


def signs(file: File, pack: Pack) -> set[str]:
    """The signs of the frontmatter of an agent, a command or a skill."""
    found = file.document.frontmatter(pack.client)
    text, values = file.document.text, found.values
    shown = {_STATES[found.state]} if found.state in _STATES else set()
    if not found.is_mapping:
        shown.add(NO_MAPPING)
    elif not found.is_plain or not _is_plain(values, file.kind):
        shown.add(KEYS)
    if found.end and _is_cut(text, found.end):
        shown.add(DASHES)
    description = values.get("description")
    if not isinstance(description, str) or not description.strip():
        shown.add(NO_DESCRIPTION)
    if len(text) - found.body > _LONG:
        shown.add(LONG)
    if file.kind is Kind.SKILL:
        shown |= _of_skill(file, pack, found)
    return shown | (_of_agent if file.kind is Kind.AGENT else _of_command)(file, pack, found)


def _is_plain(values: dict[str, Any], kind: Kind) -> bool:
    """Whether every key is an ordinary one with an ordinary value."""
    texts = _TEXTS[kind]
    for key, value in values.items():
        if isinstance(value, list):
            is_plain = key in _LISTS and all(isinstance(item, str) for item in value)
        elif isinstance(value, bool):
            is_plain = key in _SWITCHES and kind is not Kind.AGENT
        elif not isinstance(value, str) or value.lower() in _YAML11:
            return False
        elif key in texts:
            is_plain = value[:1].isalpha() or value[:1] in ("<", "[")
        else:
            is_plain = value in _MODELS if key == "model" else key == "color" and value in _COLORS
        if not is_plain:
            return False
    return True


def _is_cut(text: str, end: int) -> bool:
    """Whether the dashes that end the frontmatter are not alone on their line."""
    line_end = text.find("\n", end)
    rest = text[end + 3 : len(text) if line_end < 0 else line_end]
    return text[end - 1] != "\n" or bool(rest.strip("\r \t"))


def _of_agent(file: File, pack: Pack, found: Frontmatter) -> set[str]:
    client, values, shown = pack.client, found.values, set()
    name = values.get("name")
    if not isinstance(name, str) or not name:
        shown.add(NO_NAME)
    else:
        if name != file.role.stem:
            shown.add(OTHER_NAME)
        if name[0] == "-" or ":" in name or len(name) > _LONG_NAME or not name.isascii():
            shown.add(ODD_NAME)
        if name in client.builtin_agents:
            shown.add(BUILTIN_NAME)
    if "skills" in values:
        shown.add(SKILLS)
    description = file.agent(client).description
    if not _tells_when(description):
        shown.add(VAGUE)
    return shown | _of_tools(values, ("tools", "disallowedTools"), client)


def _tells_when(description: str) -> bool:
    words = description.split(None, 16)[:16]
    if [word[0].isalnum() for word in words].count(True) < _LEAST_WORDS:
        return False
    return description.startswith("Use ") or any(occasion in description for occasion in _OCCASIONS)


def _of_command(file: File, pack: Pack, found: Frontmatter) -> set[str]:
    text, values, shown = file.document.text, found.values, set()
    has_hint, has_whole = bool(values.get("argument-hint")), text.find("$ARGUMENTS", found.body) >= 0
    if has_hint != has_whole or "\\$" in text or "arguments" in values:
        shown.add(PLACEHOLDER)
    if "arguments" in values or _NUMBERED.search(text):
        shown |= {NUMBER, PLACEHOLDER}
    if "!`" in text or "```!" in text:
        shown.add(INLINE)
    if "\n!" in text or "- !" in text or "* !" in text or text.startswith("!", found.body):
        shown.add(BANG)
    if not file.role.own_name or any(character.isspace() for part in file.role.parts for character in part):
        shown.add(SPACED_NAME)
    if offered.is_doubtful(file.role, values.get("name")):
        shown.add(ODD_NAME)
    if listing.length(values) > _LONG_DESCRIPTION:
        shown.add(LONG_DESCRIPTION)
    return shown | _of_tools(values, _IN_COMMANDS, pack.client)


def _of_skill(file: File, pack: Pack, found: Frontmatter) -> set[str]:
    shown = set()
    if found.values.get("name") not in (None, file.role.parts[-2]):
        shown.add(OTHER_NAME)
    if not _tells_when(file.command(pack.client).description):
        shown.add(VAGUE)
    return shown


def _of_tools(values: dict[str, Any], keys: tuple[str, ...], client: Client) -> set[str]:
    shown: set[str] = set()
    for key in keys:
        value = values.get(key)
        if isinstance(value, str) or (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            shown |= _of_list(tuple([value] if isinstance(value, str) else value), key, client)
        elif key in values:
            shown.add(TOOLS)
    return shown


@lru_cache(maxsize=1024)
def _of_list(texts: tuple[str, ...], key: str, client: Client) -> frozenset[str]:
    listed = toolset.tokens(list(texts))
    shown = set() if listed and key not in _DENIALS else {TOOLS}
    for token in listed:
        name, pattern, rest = token.partition("(")
        if key == "allowed-tools" and name == "Bash":
            shown.add(SHELL_GRANT)
        if pattern and not _is_plain_grant(token, key):
            shown.add(TOOLS)
        if pattern and (rest[:1] in _ODD_FIRST or any(mark in rest for mark in _ODD)):
            shown.add(ODD_PATTERN)
        given = client.gives(name)
        if given == "without-bash":
            shown.add(WITHHELD)
        elif given != "default" or not client.gives_in_background(name):
            shown.add(TOOLS)
    return frozenset(shown)


def _is_plain_grant(token: str, key: str) -> bool:
    """Whether a token with a pattern is a grant as it should be."""
    return key == "allowed-tools" and token[-1] == ")" and "(${" not in token and token[:5] != "Agent"
