"""Where the keys and values of a JSON text stand, which the standard library does not say."""

from __future__ import annotations

from itertools import islice

from packlint import regex
from packlint.memo import lru_cache
from packlint.parsing import plain_json
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from json import JSONDecodeError
    from typing import Any

_TOKEN = regex.lazy(r'(?s)"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}:,]|[^\s\[\]{}:,"]++')
# No rule looks deeper, and no manifest has so many parts; what is not known here is found by what is around it.
_DEEPEST = 12
_MOST = 200_000

# The keys and indexes that lead to a part from the top.
Keys = tuple[str | int, ...]


@record(frozen=True)
class Spot:
    """Offsets of one value, and of its key where it has one (else of the value again)."""

    key_start: int
    key_end: int
    start: int
    end: int


@record(frozen=True)
class Json:
    """A JSON text's value and, by path from the top, where every part of it stands."""

    value: Any
    spots: dict[Keys, Spot]

    def spot(self, *path: str | int) -> Spot:
        """The place of a part, or of the nearest part around it that the text has."""
        while path not in self.spots:
            path = path[:-1]
        return self.spots[path]


@lru_cache(maxsize=16)
def read(text: str) -> Json | None:
    """The text's value with its places; None where it is no JSON. A byte order mark is skipped."""
    body = text.removeprefix("\ufeff")
    try:
        value = plain_json.loads(body)
    except (ValueError, RecursionError):
        return None
    start = len(text) - len(body)
    whole = Spot(start, len(text), start, len(text))
    return Json(value, {(): whole, **dict(islice(_spots(text, start), _MOST))})


@record
class _Open:
    """A container that is being read: its place so far, None where that is too deep, and the next key or index."""

    path: Keys | None
    start: int
    is_list: bool
    key: str | int
    key_span: tuple[int, int] | None = None


def _spots(text: str, start: int) -> Iterator[tuple[Keys, Spot]]:
    stack: list[_Open] = []
    for token in _TOKEN.finditer(text, start):
        kind, (begin, end) = token[0], token.span()
        around = stack[-1] if stack else None
        if kind in "]}":
            done = stack.pop()
            if done.path is not None:
                yield done.path, _spot(stack[-1] if stack else None, done.start, end)
        elif kind == ",":
            if around is not None and isinstance(around.key, int):
                around.key += 1
            elif around is not None:
                around.key_span = None
        elif kind == ":":
            continue
        elif around is not None and not around.is_list and around.key_span is None:
            around.key, around.key_span = plain_json.loads(kind), (begin, end)
        else:
            path = _below(around)
            if kind in "[{":
                stack.append(_Open(path, begin, kind == "[", 0 if kind == "[" else ""))
            elif path is not None:
                yield path, _spot(around, begin, end)


def _below(around: _Open | None) -> Keys | None:
    """The path of what comes next in a container, None where that is too deep."""
    if around is None:
        return ()
    return None if around.path is None or len(around.path) == _DEEPEST else (*around.path, around.key)


def _spot(around: _Open | None, start: int, end: int) -> Spot:
    key = around.key_span if around is not None and around.key_span else (start, end)
    return Spot(*key, start, end)


def mistake(error: JSONDecodeError) -> tuple[str, int]:
    """What is wrong with a text that is no JSON, in the words of its author, and where.

    A comma at the end is the fault itself, which Pythons before 3.13 notice one step later.
    """
    before, rest = error.doc[: error.pos].rstrip(), error.doc[error.pos :]
    if rest.startswith(("//", "/*", "#")):
        return "it has a comment", error.pos
    if error.msg.startswith("Illegal trailing comma"):
        return "a comma too many", error.pos
    if before.endswith(",") and rest.startswith(("}", "]")):
        return "a comma too many", len(before) - 1
    return error.msg, error.pos
