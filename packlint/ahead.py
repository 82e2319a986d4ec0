"""Regular expressions compiled ahead, beside the bytecode that Python keeps of this package.

To compile those that one run needs takes a tenth of its time. What the standard library makes of them is kept as
bytecode is: by the first run that needs them, or of all by `python -m packlint.ahead`, for this very Python alone. It
goes through `_sre.compile`, which checks it, as the standard library's own results do.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    Expression = tuple[str | bytes, int]

    _sre: Any
    __cached__: str
else:
    try:
        import _sre
    except ImportError:  # another Python than CPython
        _sre = None

# By pattern and flags: what `_sre.compile` takes behind the pattern, marshalled, for most are never asked for.
_Kept = dict[tuple[str | bytes, int], bytes]
_missed: list[Expression] = []


def find(pattern: str | bytes, flags: int) -> re.Pattern[Any] | None:
    """The compiled expression, None where it is not kept for this Python."""
    kept = _kept().get((pattern, int(flags)))
    if kept is None:
        _missed.append((pattern, int(flags)))
        return None
    try:
        found: re.Pattern[Any] = _sre.compile(pattern, *marshal.loads(kept))  # noqa: S302 - as below
    except (EOFError, TypeError, ValueError, RuntimeError, OverflowError):  # not what this module wrote
        return None
    return found


@cache
def _kept() -> _Kept:
    if _sre is None:
        return {}
    try:
        with open(_place(), "rb") as stream:
            made_by, kept = marshal.load(stream)  # noqa: S302 - it is trusted as the bytecode in the same folder is
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return kept if made_by == _this_python() else {}


def _place() -> str:
    return f"{__cached__.rpartition('.')[0]}.{sys.hexversion:x}.expressions"


def _this_python() -> tuple[str, int]:
    return sys.version, _sre.MAGIC


def keep_missed() -> None:
    """Keep what this run had to compile, where Python would keep bytecode."""
    if _sre is None or not _missed or sys.dont_write_bytecode or not os.access(os.path.dirname(_place()), os.W_OK):
        return
    from contextlib import suppress

    missed = [*_missed]
    _missed.clear()
    with suppress(OSError):
        keep(missed)


def keep(expressions: Iterable[Expression]) -> str:
    """Compile expressions, given with their flags, and keep the results, too; gives the file that holds them.

    Raises:
        OSError: it cannot be written.
    """
    kept = dict(_kept())
    for pattern, flags in expressions:
        kept[pattern, int(flags)] = marshal.dumps(_compiled(pattern, int(flags)))
    place = _place()
    with open(f"{place}.{os.getpid()}", "wb") as stream:
        marshal.dump((_this_python(), kept), stream)
    os.replace(stream.name, place)
    return place


def _compiled(pattern: str | bytes, flags: int) -> tuple[Any, ...]:
    """What the standard library would give to `_sre.compile`."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(pattern, flags)
    names: dict[str, int] = dict(parsed.state.groupdict)
    by_number = {number: name for name, number in names.items()}
    code = [int(each) for each in _compiler._code(parsed, flags)]
    groups = tuple(by_number.get(number) for number in range(parsed.state.groups))
    return flags | parsed.state.flags, code, parsed.state.groups - 1, names, groups


def main() -> int:
    """Keep every expression of the package; gives the exit code."""
    import importlib
    import pkgutil

    import packlint
    from packlint import regex

    if _sre is None:
        return 0
    for module in pkgutil.walk_packages(packlint.__path__, "packlint."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    try:
        keep((each.pattern, each.flags) for each in regex.expressions)
    except OSError as error:
        print(f"packlint: expressions are not compiled ahead: {error}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
