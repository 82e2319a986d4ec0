"""Single values as the Claude Code client holds them: YAML 1.2 core types, and JavaScript's texts of them."""

from __future__ import annotations

from packlint import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_DECIMAL = regex.lazy(r"[-+]?[0-9]+\Z")
_RADIX = regex.lazy(r"[-+]?(?:0o[0-7]+|0x[0-9a-fA-F]+)\Z")
_FLOAT = regex.lazy(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_INFINITE = regex.lazy(r"[-+]?\.(?:inf|Inf|INF)\Z")
_EXPONENT = regex.lazy(r"e([-+])0")
_NAN = {".nan", ".NaN", ".NAN"}
# One for all, for it equals nothing but is found where it is looked for.
_NOT_A_NUMBER = float("nan")
# More than any name has.
_LONGEST, _DEEPEST = 10_000, 100


def plain_value(text: str) -> Any:
    """What a scalar without quotes stands for."""
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if text[0] not in "0123456789+-.":
        return text
    if _DECIMAL.match(text):
        return int(text) if len(text) < 16 else float(text)
    if _RADIX.match(text):
        return _integer(text)
    if _FLOAT.match(text):
        number = float(text)
        return int(number) if number.is_integer() and abs(number) < 2**53 else number
    if _INFINITE.match(text):
        return float(text.replace(".", ""))
    return _NOT_A_NUMBER if text in _NAN else text


def _integer(text: str) -> int | float | str:
    """A hexadecimal or octal number as JavaScript holds it; what needs more than 64 bits is a text."""
    number = int(text, 0)
    if abs(number) >= 2**64:
        return text
    return number if abs(number) < 2**53 else float(number)


def js_length(text: str) -> int:
    """`text.length` of JavaScript, which counts a character beyond the sixteen-bit range twice."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def js_string(value: Any) -> str:
    """`String(value)` of JavaScript, with which the client turns a value into a name.

    Of a list of lists at most `_LONGEST` characters: with aliases a short text may stand for one without end.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return _js_number(value)
    if isinstance(value, list):
        return _joined(value, {}, 0)
    if isinstance(value, dict):
        return "[object Object]"
    return str(value)


def _joined(items: list[Any], known: dict[int, str], depth: int) -> str:
    """A list's texts, commas between them. What contains itself is empty there, as in JavaScript."""
    if id(items) in known or depth > _DEEPEST:
        return known.get(id(items), "")
    known[id(items)] = ""
    pieces: list[str] = []
    length = 0
    for item in items:
        text = _joined(item, known, depth + 1) if isinstance(item, list) else "" if item is None else js_string(item)
        pieces.append(text)
        length += len(text) + 1
        if length > _LONGEST:
            break
    known[id(items)] = ",".join(pieces)[:_LONGEST]
    return known[id(items)]


def _js_number(value: float) -> str:
    if value != value:  # NaN
        return "NaN"
    if abs(value) == float("inf"):
        return "Infinity" if value > 0 else "-Infinity"
    if 1e-6 <= abs(value) < 1e21:
        from decimal import Decimal

        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return _EXPONENT.sub(r"e\1", repr(value)) if value else "0"
