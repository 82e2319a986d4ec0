"""A hook's timeout that is counted in milliseconds.

What it checks: a hook's `timeout` is a number of seconds. From 1,000 on, a multiple of 500 was meant as milliseconds: a
hook that hangs is ended after a quarter of an hour at the earliest, and the person waits.

The fix divides it by 1,000.

Evidence: measured: with a timeout of 1 a hook that takes four seconds is ended, with one of 2,000 it is not.
Versions: 2.1.197, 2.1.328.

Bad (hooks/hooks.json):

    {"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "ruff check .", "timeout": 30000}]}]}}

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good (hooks/hooks.json):

    {"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "ruff check .", "timeout": 30}]}]}}

Good (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.
"""

from __future__ import annotations

from packlint.discovery import manifests
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL021"
NAME = "hook-timeout"
SEVERITY = Severity.WARNING
KINDS = (Kind.MANIFEST,)

# Seconds that people write are minutes or hours: 1,800 and 86,400 are no multiples of 500.
_THOUSAND, _STEP, _MINUTE, _HOUR = 1000, 500, 60, 3600


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.HOOKS, manifests.PLUGIN, manifests.SETTINGS)
    if found is None:
        return
    for event in manifests.events(file, found):
        for hook in manifests.hooks(event):
            timeout = hook.value.get("timeout")
            if type(timeout) is not int or timeout < _THOUSAND or timeout % _STEP:
                continue
            spot = found.spot(*hook.path, "timeout")
            meant = f"{timeout / _THOUSAND:g}"
            yield Finding(
                spot.start,
                spot.end,
                f"'timeout' counts seconds: {timeout:,} are {_in_words(timeout)}; did you mean {meant}?",
                "a hook that hangs holds everything up for as long",
                Fix(f"write {meant}", (Edit(spot.start, spot.end, meant),), safe=False),
            )


def _in_words(seconds: int) -> str:
    if seconds < 2 * _HOUR:
        return f"{seconds // _MINUTE} minutes"
    return f"{seconds // _HOUR} hours"
