"""Where the shell blocks of a command's text are.

The client looks for them in the text after the arguments are in it, in code fences and comments, too.
Evidence: texts typed into 2.1.197 and 2.1.328; tests/test_shell.py holds them.
"""

from __future__ import annotations

from itertools import pairwise

from packlint import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_FENCED = regex.lazy(r"```!\s*+(?P<command>[\s\S]*?)\n?```")
_INLINE = regex.lazy(r"(?<!\S)!`(?P<command>[^`]+)`")
# What stands in back-ticks within a line is code, whatever is in it; `!` and a back-tick before it make it none.
_CODE = regex.lazy(r"`[^`\n]+`")


def find(text: str, start: int = 0) -> list[re.Match[str]]:
    """The blocks of a text from an offset on, in order; the group `command` of each is what it would run."""
    if "!`" not in text and "`!" not in text:
        return []
    body = text[start:]
    masked = _CODE.sub(lambda code: _masked(body, code), body) if "!`" in body else ""
    masked = text[:start] + masked
    found = [*_FENCED.finditer(text, start), *_INLINE.finditer(masked, start)]
    return list(_apart(sorted((each for each in found if each["command"].strip()), key=lambda each: each.start())))


def _masked(text: str, code: re.Match[str]) -> str:
    is_other = code.start() > 0 and text[code.start() - 1] in "!`"
    return code[0] if is_other else f"`{' ' * (len(code[0]) - 2)}`"


def _apart(found: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Those that do not begin within another one."""
    yield from found[:1]
    for before, each in pairwise(found):
        if each.start() >= before.end():
            yield each
