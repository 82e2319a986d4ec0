"""The names by which a command or a skill is called.

Evidence: files and folders of every kind of name, and values of `name` of every kind, on 2.1.197 and 2.1.328;
tests/test_skills.py and tests/test_commands.py hold them.
"""

from __future__ import annotations

from packlint import regex
from packlint.client import Client
from packlint.loading import offered
from packlint.parsing.scalars import js_string
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from packlint.loading.loader import Role

_NOT_IN_NAMES = regex.lazy(r"[^A-Za-z0-9_-]")


@record(frozen=True)
class Names:
    """`name` without the plugin before it and `invoke` with it; `also` are further names that can be typed.

    `listed_as` is its name in the list that the model gets.
    """

    name: str
    invoke: str
    also: list[str]
    listed_as: str


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
