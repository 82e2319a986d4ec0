"""Single values as the Claude Code client holds them: YAML 1.2 core types, and JavaScript's texts of them."""

from __future__ import annotations

import math
import re

from packlint import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_DECIMAL = regex.lazy(r"[-+]?[0-9]+\Z")
_RADIX = regex.lazy(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = regex.lazy(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_INFINITE = regex.lazy(r"[-+]?\.(?:inf|Inf|INF)\Z")
_NAN = {".nan", ".NaN", ".NAN"}


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
        return int(text, 0)
    if _FLOAT.match(text):
        number = float(text)
        return int(number) if number.is_integer() and abs(number) < 2**53 else number
    if _INFINITE.match(text):
        return -math.inf if text[0] == "-" else math.inf
    return math.nan if text in _NAN else text


def js_string(value: Any) -> str:
    """`String(value)` of JavaScript, with which the client turns a value into a name."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return _js_number(value)
    if isinstance(value, list):
        return ",".join("" if item is None else js_string(item) for item in value)
    if isinstance(value, dict):
        return "[object Object]"
    return str(value)


def _js_number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if 1e-6 <= abs(value) < 1e21:
        from decimal import Decimal

        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return re.sub(r"e([-+])0", r"e\1", repr(value)) if value else "0"
