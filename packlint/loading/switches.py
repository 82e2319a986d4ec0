"""Switches in a frontmatter: what turns one on.

Evidence: 55 spellings of `background`, `disable-model-invocation` and `user-invocable` and 20 of `omitClaudeMd`, in
agents, commands and skills of both layouts, on 2.1.197, 2.1.328 and 2.1.332; tests/client/test_switches.py asks again.
"""

from __future__ import annotations

from packlint.client import Client
from packlint.parsing.scalars import js_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_YES = {"true", "yes", "on", "1"}


def is_on_in_agent(value: Any) -> bool:
    """Whether a switch of an agent is on: every client takes `true` and its text, and nothing else."""
    return value is True or value == "true"


def is_on(value: Any, client: Client) -> bool:
    """Whether a switch of a command or a skill is on: 2.1.328 takes `yes`, `on` and `1` as well, in any case."""
    if not client.does("reads_yes_as_true"):
        return is_on_in_agent(value)
    return isinstance(value, str | bool | int | float) and js_string(value).strip().lower() in _YES


def hides(values: dict[str, Any], client: Client) -> bool:
    """Whether a command or a skill is for people alone, because its frontmatter says so."""
    return is_on(values.get("disable-model-invocation"), client)
