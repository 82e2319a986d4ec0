"""What every run would make anew from packlint's own source, kept ready beside Python's bytecode."""

from __future__ import annotations

import sys

from packlint.ahead import expressions, functions, kept, modules


def keep_missed() -> None:
    """Keep what this run had to make, where Python would keep bytecode."""
    if sys.dont_write_bytecode or not kept.is_writable():
        return
    fresh = {}
    for each in (expressions, functions, modules):
        fresh.update({(each.KIND, key): value for key in each.missed if (value := each.made(key)) is not None})
        each.missed.clear()
    if fresh:
        try:
            kept.keep(fresh)
        except OSError:
            return
