"""JSON texts read by the standard library's own scanner, without the rest of its module.

That module compiles six expressions and loads three more modules when it is imported; a small pack holds little JSON.
Whatever the scanner does not take is given to the module, whose errors name the place.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_BLANKS = " \t\n\r"


class _Options:
    """What `json.loads` tells the scanner when it is given nothing but a text."""

    strict = True
    object_hook = object_pairs_hook = None
    parse_float, parse_int = float, int
    parse_constant = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}.__getitem__


_options: Any = _Options
_scan: Callable[[str, int], tuple[Any, int]] | None
try:
    from _json import make_scanner

    _scan = make_scanner(_options)
except (ImportError, AttributeError, TypeError):  # a Python that makes its scanner otherwise
    _scan = None


def loads(text: str) -> Any:
    """The value of a JSON text, as `json.loads` gives it.

    Raises:
        json.JSONDecodeError: it is no JSON.
        ValueError: it holds a number of more digits than Python reads.
        RecursionError: it is nested too deeply.
    """
    if _scan is not None:
        start = len(text) - len(text.lstrip(_BLANKS))
        try:
            value, end = _scan(text, start)
        except (StopIteration, ValueError, SystemError):  # SystemError: it has no word for it before `json` is loaded
            pass
        else:
            if not text[end:].strip(_BLANKS):
                return value
    import json

    return json.loads(text)
