"""Links that git checked out as text: where it may make none, the file holds the path that the link leads to.

Evidence: measured, agents, commands and skills that are such files, in both layouts on 2.1.197, 2.1.328 and 2.1.332.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.file import File

_LONGEST = 300


def may_be(raw: bytes) -> bool:
    """Whether a file holds so little that it may be a path."""
    return len(raw) <= _LONGEST and b"/" in raw and b"\n" not in raw[:-1]


def target(file: File) -> str | None:
    """The path that a file holds and nothing else, where it leads somewhere; None for any other file."""
    if not may_be(file.document.raw):
        return None
    path = file.document.text.removesuffix("\n")
    place = os.path.normpath(os.path.join(os.path.dirname(file.location), path))
    is_path = path == path.strip() and not path.startswith("/") and place != file.location
    return path if is_path and file.disk.kind(place) is not None else None
