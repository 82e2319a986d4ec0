"""The file that holds what was made ahead: written by a run that needed it, or by `python -m packlint.ahead`.

It stands where Python keeps the bytecode of this module and is trusted as that is. It is for this very Python, and for
this package in this very folder alone; one that says anything else is passed over, and so is what is damaged.
"""

from __future__ import annotations

import marshal
import os
import sys

from packlint.memo import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    __cached__: str

    # A kind and a key of that kind.
    Key = tuple[str, Any]

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# In front of the file: how long the table is that says where each thing begins, and how long it is.
_HEAD = 8


class _File:
    """The file, open for the rest of the process: of what is in it a run needs a third."""

    def __init__(self, place: str) -> None:
        self._stream = os.open(place, os.O_RDONLY)
        self._begin = _HEAD + int.from_bytes(os.pread(self._stream, _HEAD, 0), "little")
        if self._begin > os.fstat(self._stream).st_size:
            raise ValueError("its table ends behind the file")
        made_by, table = marshal.loads(os.pread(self._stream, self._begin - _HEAD, _HEAD))  # noqa: S302 - see above
        self.table: dict[Key, tuple[int, int]] = table if made_by == _made_by() else {}

    def raw(self, key: Key) -> bytes:
        """What is kept under a key, marshalled."""
        begin, length = self.table[key]
        return os.pread(self._stream, length, self._begin + begin)


@cache
def _file() -> _File | None:
    try:
        return _File(_place())
    except (OSError, EOFError, ValueError, TypeError, AttributeError):  # AttributeError: a system without pread
        return None


def get(kind: str, key: Any) -> Any:
    """What is kept under a key of one kind; None where nothing is."""
    file = _file()
    if file is None or (kind, key) not in file.table:
        return None
    try:
        return marshal.loads(file.raw((kind, key)))  # noqa: S302 - see above
    except (OSError, EOFError, ValueError, TypeError):
        return None


def keep(fresh: Mapping[Key, Any]) -> str:
    """Keep more beside what is kept already; gives the file that holds it.

    Raises:
        OSError: it cannot be written.
    """
    file, place = _file(), _place()
    blobs = {key: file.raw(key) for key in file.table} if file is not None else {}
    blobs.update((key, marshal.dumps(value)) for key, value in fresh.items())
    table: dict[Key, tuple[int, int]] = {}
    begin = 0
    for key, blob in blobs.items():
        table[key] = begin, len(blob)
        begin += len(blob)
    head = marshal.dumps((_made_by(), table))
    with open(f"{place}.{os.getpid()}", "wb") as stream:
        stream.writelines((len(head).to_bytes(_HEAD, "little"), head, *blobs.values()))
    os.replace(stream.name, place)
    return place


def is_writable() -> bool:
    """Whether the file can be put where it belongs."""
    return os.access(os.path.dirname(_place()), os.W_OK)


def _place() -> str:
    return f"{__cached__.rpartition('.')[0]}.{sys.hexversion:x}.ahead"


def _made_by() -> tuple[str, str]:
    return sys.version, PACKAGE
