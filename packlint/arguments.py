"""Placeholders in a command's body, and whether what the user typed reaches the model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from packlint.client import Client

# The client counts from 0. A person who types a command gives few arguments, so an index from
# here on is taken to have none: `$5` is a price, `$100` too.
_LIKELY_ARGUMENTS = 3

_PLACEHOLDER = re.compile(
    r"(?<!\\)\$(?:ARGUMENTS\[(\d+)\]|(ARGUMENTS)|(\d+)(?![A-Za-z0-9_])|([A-Za-z_][A-Za-z0-9_-]*))"
)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One placeholder: its text, its offset in the body, and its index where it has one."""

    text: str
    start: int
    index: int | None


def declared_names(value: Any) -> list[str]:
    """The names that the `arguments` key declares: a list, or words in a text."""
    if isinstance(value, str):
        return value.replace(",", " ").split()
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def placeholders(body: str, names: Sequence[str] = ()) -> list[Placeholder]:
    """Every unescaped placeholder in order, those in code fences included, as the client does."""
    found = []
    for match in _PLACEHOLDER.finditer(body):
        item, whole, number, name = match.groups()
        if name is not None and name not in names:
            continue
        index = item or number or (names.index(name) if name is not None else None)
        found.append(Placeholder(match[0], match.start(), None if whole else int(index or 0)))
    return found


def all_reach_model(found: Sequence[Placeholder], client: Client) -> bool:
    """Whether the whole typed text reaches the model: by `$ARGUMENTS`, or appended by the client.

    The client appends it only where nothing counted as a placeholder. 2.1.197 counts every `$N`,
    2.1.328 only those that have an argument (measured).
    """
    if any(placeholder.index is None for placeholder in found):
        return True
    if not client.does("counts_placeholder_without_argument"):
        found = [placeholder for placeholder in found if (placeholder.index or 0) < _LIKELY_ARGUMENTS]
    return not found
