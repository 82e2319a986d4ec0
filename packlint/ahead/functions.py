"""The code of functions that are written at run time, as `record.py` writes them, kept by its text."""

from __future__ import annotations

from packlint.ahead import kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType

KIND = "function"

missed: list[str] = []


def code(source: str) -> CodeType:
    """What Python makes of the source."""
    found = kept.get(KIND, source)
    if type(found) is type(code.__code__):
        kept_code: CodeType = found
        return kept_code
    missed.append(source)
    return made(source)


def made(source: str) -> CodeType:
    """What is to be kept of a source."""
    return compile(source, "<string>", "exec", dont_inherit=True)
