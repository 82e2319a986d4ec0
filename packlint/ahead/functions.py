"""The code of functions that are written at run time, as `record.py` writes them, kept by its text."""

from __future__ import annotations

from types import CodeType

from packlint.ahead import kept

KIND = "function"

missed: list[str] = []


def code(source: str) -> CodeType:
    """What Python makes of the source."""
    found = kept.get(KIND, source)
    if isinstance(found, CodeType):
        return found
    missed.append(source)
    return made(source)


def made(source: str) -> CodeType:
    """What is to be kept of a source."""
    return compile(source, "<string>", "exec", dont_inherit=True)
