"""A manifest that cannot be read, or that names files that are not there.

What it checks: plugin.json and marketplace.json must be JSON objects, and the agents and commands they declare must
exist inside the plugin. A plugin whose manifest does not parse is not loaded at all; a declared path
that is missing loses that file.

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

from collections.abc import Iterator

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

CODE = "PL001"
NAME = "manifest-fault"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for fault in pack.faults:
        if fault.path == file.document.path:
            start = max(0, file.document.text.find(fault.about)) if fault.about else 0
            yield Finding(start, start + len(fault.about), fault.text, fault.consequence)
