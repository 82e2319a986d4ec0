"""Which names of commands and skills the client offers, and which it leaves out without a word to the user.

Evidence: 190 names of commands, 150 of skills and in frontmatter on 2.1.328, which tests/conformance/names.jsonl holds.
"""

from __future__ import annotations

from packlint import regex
from packlint.client import Client
from packlint.parsing.scalars import js_length, js_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from packlint.loading.loader import Role

_MOST = 256
_PLAIN = regex.lazy(r"[A-Za-z0-9_.-]+(?::[A-Za-z0-9_.-]+)*\Z")
_EDGES = regex.lazy(r"(?:^|:) | (?::|\Z)|^:|:\Z|^\Z")


def is_doubtful(role: Role, given: Any) -> bool:
    """Whether a file with this `name` has other names than nearly all have: only then is any of them refused."""
    names = [
        *role.parts[:-1],
        role.own_name,
        role.plugin,
        role.called or "x",
        "x" if given in (None, "") else js_string(given),
    ]
    if sum(map(len, names)) > _MOST - len(names) or not all(map(_PLAIN.match, names)):
        return True
    return not role.in_plugin and any("anthropic" in name.lower() or _is_synced(name) for name in names)


def refusal(invoke: str, role: Role, given: Any, client: Client) -> str | None:
    """Why the client offers no command or skill of this name, with this `name` in its frontmatter; None if it does."""
    if not client.does("refuses_unclear_names") or not is_doubtful(role, given):
        return None
    name = "" if given is None else js_string(given)
    if why := unclear(invoke):
        return why
    if _EDGES.search(invoke):
        return "a part of the name is empty, or begins or ends with a space"
    if role.in_plugin:
        return None
    if role.in_skills and _is_synced(role.parts[-2]):
        return f"a skill's folder may not be called '{role.parts[-2]}': the client keeps skills of its own there"
    if word := next((word for word in client.reserved_names if _is_reserved(invoke, word)), None):
        return f"the name is reserved for the client's own '{word}'"
    if role.in_skills and (word := next((word for word in client.reserved_names if _is_reserved(name, word)), None)):
        return f"its 'name' is reserved for the client's own '{word}'"
    return None


def unclear(name: str) -> str | None:
    """What about a name newer clients do not accept, as a file's own or as one that frontmatter adds; else None."""
    if js_length(name) > _MOST:
        return f"the name is longer than {_MOST} characters"
    if "<" in name or ">" in name:
        return "the name holds '<' or '>'"
    if "  " in name or name != name.strip(" "):
        return "the name begins or ends with a space, or holds two in a row"
    if name.isascii() and name.isprintable():
        return None
    from packlint.loading import drawn

    return drawn.fault(name)


def _is_synced(folder: str) -> bool:
    return folder.rstrip(". ").lower() == "synced"


def _is_reserved(name: str, word: str) -> bool:
    """Whether a name is the reserved one, in whatever letters that look like it, or has it before a colon."""
    if not name.isascii():
        import unicodedata

        name = unicodedata.normalize("NFKC", name).replace("\u0131", "i")
        name = "".join("-" if unicodedata.category(character) == "Pd" else character for character in name)
    name = name.lower()
    return name == word or name.startswith((f"{word}:", f"{word}__"))
