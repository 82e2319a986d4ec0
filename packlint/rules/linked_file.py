"""A link inside a plugin's agents or commands folder.

What it checks: the folder itself may be a link; a linked file or folder inside it is passed over. In a project
links are followed everywhere.

Evidence: measured for agents; `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL013"
NAME = "linked-file"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.MANIFEST)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if file is not pack.front:
        return
    for overlooked in pack.overlooked:
        if overlooked.is_link:
            where = pack.below(overlooked.path)
            yield Finding(
                0,
                0,
                f"'{where}' is a link, and a plugin's links are not followed",
                "clients 2.1.197 and 2.1.328 pass over it and say nothing; put the file itself there",
            )
