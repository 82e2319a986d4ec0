"""What the model is shown of a command or a skill: one entry in the list of the Skill tool.

Evidence: descriptions of every kind listed by 2.1.197 and 2.1.328; tests/test_commands.py holds them.
"""

from __future__ import annotations

from packlint import regex
from packlint.client import Client
from packlint.frontmatter import JS_SPACE
from packlint.parsing.scalars import js_length, js_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_HEADING = regex.lazy(r"#+\s+([^\n\r\u2028\u2029]+)\Z")


def description(values: dict[str, Any], body: str, client: Client, *, is_skill: bool = False) -> str:
    """The text beside a command's name, cut to size."""
    return _cut(whole(values, body, client, is_skill=is_skill), client.command_listing["max_characters"], "…")


def whole(values: dict[str, Any], body: str, client: Client, *, is_skill: bool = False) -> str:
    """What stands beside a command's name where there is room: its description or first line, then `when_to_use`."""
    facts = client.command_listing
    fallback = facts["skill_without_text" if is_skill else "without_text"]
    text = usable_text(values.get("description")) or first_line(body, client) or fallback
    when = when_to_use(values)
    text = f"{text} - {when}" if when else text
    if client.does("lists_descriptions_on_one_line"):
        text = _without_unseen(text).replace("<", "&lt;").replace(">", "&gt;")
    return text


def _without_unseen(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    from packlint.loading import unseen

    return unseen.without(text)


def first_line(body: str, client: Client) -> str:
    """What stands in for a description: the first line with text in it, a heading without its marks."""
    line = next((stripped for line in body.split("\n") if (stripped := line.strip(JS_SPACE))), "")
    heading = _HEADING.match(line)
    return _cut(heading[1] if heading else line, client.command_listing["first_line_characters"], "...")


def usable_text(value: Any) -> str | None:
    """A description as the client takes it: a text that is not blank, a number or a truth value."""
    if isinstance(value, str):
        return value.strip(JS_SPACE) or None
    return js_string(value) if isinstance(value, bool | int | float) else None


def when_to_use(values: dict[str, Any]) -> str:
    """The value of `when_to_use` as text, whatever its type; empty where there is none."""
    value = values.get("when_to_use")
    return "" if value is None else js_string(value)


def length(values: dict[str, Any]) -> int:
    """How many characters the description and `when_to_use` have together."""
    described = values.get("description")
    return len(described if isinstance(described, str) else "") + len(when_to_use(values))


def paths(value: Any) -> list[str]:
    """The patterns of a skill's `paths` that keep it back until a file matches; none where one matches everything."""
    pieces = [piece.strip() for text in _texts(value, set()) for piece in _split(text)]
    patterns = [pattern for piece in pieces if (pattern := piece.removesuffix("/**"))]
    return patterns if any(pattern != "**" for pattern in patterns) else []


def _texts(value: Any, seen: set[int]) -> Iterator[str]:
    """A text, or those of a list and of the lists in it; of a list that comes again, once."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and id(value) not in seen:
        seen.add(id(value))
        for item in value:
            yield from _texts(item, seen)


def _split(text: str) -> Iterator[str]:
    """The parts between commas. A comma behind which a brace closes before another one opens is part of a pattern."""
    begin = opening = closing = 0
    for comma in regex.occurrences(text, ","):
        if comma >= opening:
            found = text.find("{", comma)
            opening = found if found >= 0 else len(text)
            closing = text.rfind("}", comma, opening)
        if closing < comma:
            yield text[begin:comma]
            begin = comma + 1
    yield text[begin:]


def _cut(text: str, limit: int, mark: str) -> str:
    """`text` in at most `limit` UTF-16 units, as JavaScript counts."""
    if js_length(text) <= limit:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    return units[: 2 * (limit - len(mark))].decode("utf-16-le", "replace") + mark
