"""The model that `model` asks for.

Evidence: sixty texts in agents and commands on 2.1.197 and 2.1.328; tests/test_agents.py holds them.
"""

from __future__ import annotations

from packlint.client import Client
from packlint.frontmatter import JS_SPACE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

INHERIT = "inherit"


def resolve(value: Any, client: Client) -> str:
    """`inherit`, a canonical alias, or the text that would be sent to the API as it stands.

    Where that text is spelled like an alias, for which the client did not take it, it is given as it is written.
    """
    text = value.strip(JS_SPACE) if isinstance(value, str) else ""
    if found := known(text, client):
        return found
    left = sent(text, client)
    return text if left == INHERIT or left in client.models["ids"] else left


def known(text: str, client: Client) -> str | None:
    """What the client takes a text for: `inherit` or a canonical alias. One `[1m]` may follow an alias, no `[2m]`."""
    text = text.strip(JS_SPACE)
    if not text or text.lower() == INHERIT:
        return INHERIT
    facts = client.models
    lowered = text.lower().removesuffix(facts["suffix"]).strip(JS_SPACE)
    alias: str | None = facts["aliases"].get(lowered) or facts["remapped"].get(lowered)
    return alias


def sent(text: str, client: Client) -> str:
    """What is sent of a text that the client knows nothing of: the sizes of windows are left out wherever they are."""
    for size in client.models["unsent"]:
        text = text.replace(size, "").replace(size.upper(), "")
    return text
