"""A manifest that does not parse, or that names files that are not there.

What it checks: plugin.json, marketplace.json, hooks.json and a project's settings must be JSON objects, and the agents
and commands that a plugin declares must exist inside it; the text of a command may stand in plugin.json itself, and not
in an entry of a marketplace. A plugin whose manifest does not parse is not loaded at all; a declared path that is
missing loses that file; settings that do not parse are passed over whole, permissions included. A byte order mark keeps
older clients from loading the plugin; for newer ones it is a warning. Before a file of hooks it loses all of them, and
before a plugin's settings.json all of those.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (.claude-plugin/plugin.json):

    {"name": "shop", "agents": ["./team/reviewer.md"]}

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship $ARGUMENTS.

Good (.claude-plugin/plugin.json):

    {"name": "shop"}

Good (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship $ARGUMENTS.
"""

from __future__ import annotations

from packlint.discovery import manifests
from packlint.discovery.root import Fault
from packlint.pack import File, Kind, Pack
from packlint.parsing import jsonplace
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL001"
NAME = "manifest-fault"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

_MARKED = {
    manifests.PLUGIN: "client 2.1.197 does not load the plugin; 2.1.328 does, and "
    "`claude plugin validate --profile directory` refuses it",
    manifests.HOOKS: "clients 2.1.197 and 2.1.328 load no hook of this file",
    manifests.OWN_SETTINGS: "clients 2.1.197 and 2.1.328 heed nothing of this file",
}


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for fault in pack.faults:
        if fault.path == file.location:
            start, end = _place(file.document.text, fault)
            yield Finding(start, end, fault.text, fault.consequence)
    told = _MARKED.get(manifests.kind(file))
    if told is not None and file.document.text.startswith("\ufeff"):
        is_lost = manifests.kind(file) != manifests.PLUGIN or manifests.keeps_out(told, pack.client)
        without = Fix("remove the byte order mark", (Edit(0, 1, ""),))
        words = "a byte order mark stands before the manifest"
        yield Finding(0, 1, words, told, without, SEVERITY if is_lost else Severity.WARNING)


def _place(text: str, fault: Fault) -> tuple[int, int]:
    found = jsonplace.read(text) if fault.spot else None
    if found is not None:
        spot = found.spot(*fault.spot)
        return spot.start, spot.end
    start = min(fault.offset + text.startswith("\ufeff"), len(text)) if fault.offset else 0
    return start, start
