"""A file is larger than the client reads.

What it checks: an agent, a command or a skill of more than 1,048,576 bytes is not loaded, in a project a skill of more
than 1,000,000. Only the debug log says so.

Evidence: measured, with files of just this size and of one byte more.
Versions: 2.1.197, 2.1.328.

Bad (commands/ship.md): a changelog of two megabytes is pasted below the command's own words.

Good (commands/ship.md):

    ---
    description: Review and ship a branch
    ---
    Review the branch and add what changed to the end of the changelog.
"""

from __future__ import annotations

from collections.abc import Iterator

from packlint.loading import offered
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

CODE = "FM019"
NAME = "oversized-file"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    size = len(file.document.raw)
    most = offered.too_large(size, file.role, pack.client)
    if most is not None:
        told = f"clients 2.1.197 and 2.1.328 do not load this {file.kind}, and say nothing"
        yield Finding(0, 0, f"the file has {size:,} bytes; the client reads {most:,} at most", told)
