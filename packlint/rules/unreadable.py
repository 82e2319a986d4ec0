"""A file of the pack cannot be read.

What it checks: the client, like packlint, needs the file's text. A file or a folder without read permission and a file
that vanishes give nothing. Agents, commands and skills of more than 1,048,576 bytes the client passes over, a project's
skills of more than 1,000,000. Of a manifest of more than 5 MB packlint judges nothing.

Evidence: the operating system's own message is quoted; the size is measured.
Versions: all.

This rule has no example: whether a file can be read does not depend on its text.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM000"
NAME = "unreadable-file"
SEVERITY = Severity.ERROR
KINDS = tuple(Kind)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if file.unreadable is not None:
        lost = f"the client gets nothing from this {'folder' if file.kind is Kind.STRAY and not file.stray else 'file'}"
        told = (fault.consequence for fault in pack.faults if fault.path == file.location)
        yield Finding(0, 0, f"cannot be read: {file.unreadable}", next(told, lost))
