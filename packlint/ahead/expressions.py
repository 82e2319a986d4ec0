"""Regular expressions in the form that Python's engine takes: to compile those of one run takes a tenth of its time.

They go through `_sre.compile`, which checks them, as the standard library's own results do.
"""

from __future__ import annotations

from packlint.ahead import kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from typing import Any

    Expression = tuple[str | bytes, int]

    _sre: Any
else:
    try:
        import _sre
    except ImportError:  # another Python than CPython
        _sre = None

KIND = "expression"

missed: list[Expression] = []


def find(pattern: str | bytes, flags: int) -> re.Pattern[Any] | None:
    """The compiled expression, None where it is not kept."""
    found = kept.get(KIND, (pattern, int(flags)))
    if found is None:
        missed.append((pattern, int(flags)))
        return None
    try:
        expression: re.Pattern[Any] = _sre.compile(pattern, *found)
    except (TypeError, ValueError, RuntimeError, OverflowError):  # not what `made` gives
        return None
    return expression


def made(expression: Expression) -> tuple[Any, ...] | None:
    """What is to be kept of an expression: what the standard library would give to `_sre.compile`."""
    if _sre is None:
        return None
    from re import _compiler, _parser  # type: ignore[attr-defined]

    pattern, flags = expression
    parsed = _parser.parse(pattern, flags)
    names: dict[str, int] = dict(parsed.state.groupdict)
    by_number = {number: name for name, number in names.items()}
    code = [int(each) for each in _compiler._code(parsed, flags)]
    groups = tuple(by_number.get(number) for number in range(parsed.state.groups))
    return int(flags | parsed.state.flags), code, parsed.state.groups - 1, names, groups
