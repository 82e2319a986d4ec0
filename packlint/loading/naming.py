"""The names by which an agent, a command or a skill is called.

Evidence: files and folders of every kind of name, and values of `name` of every kind, on 2.1.197 and 2.1.328;
tests/test_agents.py, tests/test_skills.py and tests/test_commands.py hold them.
"""

from __future__ import annotations

from packlint import regex
from packlint.client import Client
from packlint.loading import offered
from packlint.parsing.scalars import js_length, js_string
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from packlint.loading.loader import Role

_NOT_IN_NAMES = regex.lazy(r"[^A-Za-z0-9_-]")
# As how many JavaScript counts one character, at most.
_MOST_UNITS = 2


@record(frozen=True)
class Names:
    """`name` without the plugin before it and `invoke` with it; `also` are further names that can be typed.

    `listed_as` is its name in the list that the model gets.
    """

    name: str
    invoke: str
    also: list[str]
    listed_as: str


def of_plugin_agent(given: Any, role: Role, client: Client) -> str:
    """The name of a plugin's agent without the plugin before it: its `name` as a text, else that of its file."""
    named = "" if given is None else js_string(given)
    return named if named and not _is_too_long(named, client) else role.own_name


def fault_of_project_agent(name: str, client: Client) -> str | None:
    """Why the client does not load a project's agent of this name."""
    if name.startswith("-"):
        return "name begins with '-'"
    if _is_too_long(name, client):
        return f"name is longer than {client.longest_agent_name} characters"
    if not client.does("drops_project_agent_with_colon"):
        return None
    if ":" in name:
        return "name contains ':'"
    return "name contains a character that counts as ':'" if ":" in _compatible(name) else None


def folded(name: str) -> str:
    """An agent's name as the client compares it where no agent has just this one: without case, blanks and dashes."""
    from unicodedata import category

    lowered = _compatible(name).lower()
    return "".join(each for each in lowered if each != "_" and not each.isspace() and category(each) != "Pd")


def _is_too_long(name: str, client: Client) -> bool:
    """Whether a name has more characters than a client takes, as JavaScript counts them."""
    longest = client.longest_agent_name
    return longest is not None and len(name) > longest // _MOST_UNITS and longest < js_length(name)


def _compatible(text: str) -> str:
    """A text without the characters that Unicode has only for compatibility, such as the full-width colon."""
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFKC", text)


def find(role: Role, given: Any, client: Client) -> Names:
    """The names of the command or skill whose frontmatter has this `name`."""
    name = _name(role, given, client)
    prefix = f"{role.plugin}:" if role.in_plugin else ""
    invoke = prefix + name
    also = [other for other in _others(role, given, client) if other != invoke]
    listed_as = invoke
    if client.does("lists_given_name_of_plugin_command"):
        shown = [other for other in also if other.startswith(prefix) and _is_shown(other)]
        listed_as = f"{invoke} ({shown[0]})" if shown else invoke
    return Names(name, invoke, also, listed_as)


def fault_in_typing(name: str) -> str | None:
    """Why nobody can type a command of this name, the plugin before it included: what follows a space is arguments."""
    if not name:
        return "is empty"
    return "holds a space" if any(map(str.isspace, name)) else None


def _name(role: Role, given: Any, client: Client) -> str:
    if role.called:
        return role.called
    if not role.is_skill:
        return ":".join((*role.parts[:-1], role.own_name))
    if not role.in_skills:
        return ":".join(role.parts[:-1] or ("commands",))
    if not role.in_plugin:
        return role.parts[-2]
    name = role.parts[-2]
    if role.alone and isinstance(given, str) and given:
        name = given
        if client.does("strips_plugin_from_name_of_skill"):
            name = name.removeprefix(f"{role.plugin}:")
    # JavaScript replaces a character beyond the sixteen-bit range twice.
    return _NOT_IN_NAMES.sub(lambda match: "-" * (2 if match[0] > "\uffff" else 1), name)


def _is_shown(name: str) -> bool:
    """Whether the list tells a further name: one with another sign than these is used and not told (measured)."""
    rest = [character for character in name if not (character.isalnum() or character in "_:.-")]
    if not rest:
        return True
    import unicodedata

    return all(unicodedata.category(character)[0] == "M" for character in rest)


def _others(role: Role, given: Any, client: Client) -> list[str]:
    """What `name` adds to a plugin's commands and to skills: itself, and since 2.1.328 the qualified name."""
    name = js_string(given) if given is not None else ""
    if not name or any(character.isspace() for character in name):
        return []
    found = _added(role, name, client)
    if client.does("refuses_unclear_names") and any(map(offered.unclear, (name, *found))):
        return []
    return [other for other in found if not client.keeps(other, from_plugin=role.in_plugin)]


def _added(role: Role, name: str, client: Client) -> list[str]:
    if not role.in_plugin:
        return [name] if role.in_skills else []
    if name.startswith(f"{role.plugin}:") or not client.does("lists_given_name_of_plugin_command"):
        return [name]
    return [*([] if ":" in name else [name]), role.qualified(name)]
