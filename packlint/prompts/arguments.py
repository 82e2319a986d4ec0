"""Placeholders in a command's body: what they are, what takes their place, what reaches the model.

Evidence: bodies and typed texts given to 2.1.197 and 2.1.328; tests/test_commands.py holds them.
"""

from __future__ import annotations

from itertools import islice

from packlint import regex
from packlint.client import Client
from packlint.frontmatter import JS_SPACE
from packlint.memo import lru_cache
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from typing import Any

    from packlint.prompts.traced import Traced

# The client counts from 0. A person who types a command gives few arguments, so an index from
# here on is taken to have none: `$5` is a price, `$100` too.
_LIKELY_ARGUMENTS = 3

# Nobody declares so many; each name is looked for at every `$`.
_MOST_NAMES = 100
# No command has so many placeholders.
_MOST = 10_000


@record(frozen=True)
class Placeholder:
    """One placeholder: its text, its offset in the body, and its index where it has one.

    `named`: the `arguments` key declares it, so it counts even where no argument is given for it.
    """

    text: str
    start: int
    index: int | None
    named: bool = False


def declared_names(value: Any) -> list[str]:
    """The names that the `arguments` key declares: texts in a list, or the words of a text.

    Numbers are no names, for the client counts without them.
    """
    if isinstance(value, str):
        names = value.split()
    else:
        names = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
    return [name for name in names if name.strip() and not name.isdecimal()]


def placeholders(body: str, names: Sequence[str] = ()) -> list[Placeholder]:
    """Every unescaped placeholder in order, those in code fences included, as the client does."""
    found = islice(_matches(_pattern(names), body), _MOST)
    return [_placeholder(match, names) for match in found if match["slashes"] != "\\"]


def _matches(pattern: re.Pattern[str], body: str) -> Iterator[re.Match[str]]:
    """As `finditer`, which would try every character; a placeholder has a dollar sign behind its backslashes."""
    end = 0
    for at in regex.occurrences(body, "$"):
        start = at
        while start and body[start - 1] == "\\":
            start -= 1
        match = pattern.match(body, start) if start >= end else None
        if match is not None:
            end = match.end()
            yield match


def all_reach_model(found: Sequence[Placeholder], client: Client) -> bool:
    """Whether the whole typed text reaches the model: by `$ARGUMENTS`, or appended by the client.

    The client appends it only where nothing counted as a placeholder. 2.1.197 counts every `$N`,
    2.1.328 only those that have an argument (measured).
    """
    if any(placeholder.index is None for placeholder in found):
        return True
    return not any(_counts(placeholder, _LIKELY_ARGUMENTS, client) for placeholder in found)


def fill(body: str, given: str, names: Sequence[str], client: Client) -> Traced:
    """The body with the text that was typed after the command put into it, or appended to it.

    2.1.328 fills all placeholders at once. 2.1.197 fills one kind after the other, and takes what looks like a
    placeholder in an argument for one (measured).

    Args:
        body: the command's body.
        given: what was typed after the command's name.
        names: what the `arguments` key declares.
        client: the version that counts.
    """
    from packlint.prompts import typed
    from packlint.prompts.traced import Traced

    whole = given.strip(JS_SPACE)
    values = typed.arguments(whole, closes_backticks=client.does("closes_backticks_that_end_arguments"))
    pattern = _pattern(names)
    used = False

    def value(match: re.Match[str], kinds: Sequence[str]) -> str:
        nonlocal used
        if not any(match[kind] is not None for kind in kinds):
            return match[0]
        placeholder = _placeholder(match, names)
        if not _counts(placeholder, len(values), client):
            return match[0]
        used = True
        index = placeholder.index
        found = whole if index is None else values[index] if index < len(values) else ""
        return match["slashes"] + typed.escaped(found)

    filled = Traced(body).sub(_escapes(tuple(names[:_MOST_NAMES])), lambda _: _ESCAPED)
    for kinds in (_KINDS,) if client.does("fills_placeholders_in_one_pass") else [(kind,) for kind in _KINDS]:
        # On its own turn the whole text goes in also where an index stands behind.
        looked_for = _WHOLE if kinds == ("all",) else pattern
        filled = filled.sub(looked_for, lambda match, kinds=kinds: value(match, kinds=kinds))  # type: ignore[misc]
    filled = filled.sub(_MARKS, lambda _: "$")
    if whole and not used:
        filled = filled.sub(_END, lambda _: f"\n\nARGUMENTS: {typed.escaped(whole)}")
    return filled


# In the order in which 2.1.197 fills them.
_KINDS = ("name", "item", "number", "all")
_FORMS = (
    r"(?<!\\)(?P<slashes>\\*)\$(?:(?P<name>{})(?![A-Za-z0-9_\[])|ARGUMENTS\[(?P<item>[0-9]+)\]|"
    r"(?P<number>[0-9]+)(?![A-Za-z0-9_])|(?P<all>ARGUMENTS))"
)
_NOBODY = "(?!)"
_NAMELESS = regex.lazy(_FORMS.format(_NOBODY))
_WHOLE = regex.lazy(r"(?<!\\)(?P<slashes>\\*)\$(?:(?P<name>(?!))|(?P<item>(?!))|(?P<number>(?!))|(?P<all>ARGUMENTS))")
# Stands for a dollar sign that a backslash has made one.
_ESCAPED = "\udfff"
_MARKS = regex.lazy(_ESCAPED)
_END = regex.lazy(r"\Z")


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    return _compiled(tuple(names[:_MOST_NAMES]))


def _named(names: tuple[str, ...]) -> str:
    """The longest first: `$file-name` is not `$file` with something behind it."""
    from re import escape

    return "|".join(escape(name) for name in sorted(names, key=len, reverse=True)) or _NOBODY


@lru_cache(maxsize=8)
def _compiled(names: tuple[str, ...]) -> re.Pattern[str]:
    if not names:
        return _NAMELESS
    import re

    return re.compile(_FORMS.format(_named(names)))


@lru_cache(maxsize=8)
def _escapes(names: tuple[str, ...]) -> re.Pattern[str]:
    """One backslash and the dollar sign behind it, where a digit or a name follows: also in `\\$50k`."""
    import re

    return re.compile(rf"(?<!\\)\\\$(?=[0-9]|ARGUMENTS|(?:{_named(names)})(?![A-Za-z0-9_\[]))")


def _placeholder(match: re.Match[str], names: Sequence[str]) -> Placeholder:
    slashes = match["slashes"]
    start, text = match.start() + len(slashes), match[0][len(slashes) :]
    if match["name"] is not None:
        return Placeholder(text, start, names.index(match["name"]), named=True)
    digits = match["item"] or match["number"]
    # Nine digits name a place that no argument has; Python refuses to read thousands of them.
    return Placeholder(text, start, int(digits.lstrip("0")[:9] or 0) if digits else None)


def _counts(placeholder: Placeholder, given: int, client: Client) -> bool:
    return (
        placeholder.index is None
        or placeholder.named
        or placeholder.index < given
        or client.does("counts_placeholder_without_argument")
    )
