"""The file that holds what was made ahead: written by a run that needed it, or by `python -m packlint.ahead`.

It stands where Python keeps the bytecode of this module and is trusted as that is. It is for this very Python, and for
this package in this very folder alone; one that says anything else is passed over, and so is what is damaged: whatever
is read of it is compared with its hash first, for damaged code may end Python itself.
"""

from __future__ import annotations

import _imp
import marshal
import os
import sys

from packlint.memo import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    __cached__: str

    # A kind and a key of that kind.
    Key = tuple[str, Any]

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# In front of the file: how long the table is that says where each thing begins, how long it is, and its hash.
_HEAD, _HASH = 8, 8
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


class _File:
    """The file, open for the rest of the process: of what is in it a run needs a third."""

    def __init__(self, place: str) -> None:
        self._stream = os.open(place, _READ)
        length = int.from_bytes(os.pread(self._stream, _HEAD, 0), "little")
        self._begin = _HEAD + _HASH + length
        if self._begin > os.fstat(self._stream).st_size:
            raise ValueError("its table ends behind the file")
        expected = os.pread(self._stream, _HASH, _HEAD)
        made_by, table = marshal.loads(self._whole(length, _HEAD + _HASH, expected))  # noqa: S302 - see above
        self.table: dict[Key, tuple[int, int, bytes]] = table if made_by == _made_by() else {}

    def raw(self, key: Key) -> bytes:
        """What is kept under a key, marshalled.

        Raises:
            OSError, ValueError: it cannot be read, or is damaged.
        """
        begin, length, expected = self.table[key]
        return self._whole(length, self._begin + begin, expected)

    def _whole(self, length: int, begin: int, expected: bytes) -> bytes:
        found = os.pread(self._stream, length, begin)
        if _hash(found) != expected:
            raise ValueError("damaged")
        return found


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
    blobs = dict(_blobs(file)) if file is not None else {}
    blobs.update((key, marshal.dumps(value)) for key, value in fresh.items())
    table: dict[Key, tuple[int, int, bytes]] = {}
    begin = 0
    for key, blob in blobs.items():
        table[key] = begin, len(blob), _hash(blob)
        begin += len(blob)
    head = marshal.dumps((_made_by(), table))
    temporary = f"{place}.{os.getpid()}"
    try:
        with open(temporary, "wb") as stream:
            stream.writelines((len(head).to_bytes(_HEAD, "little"), _hash(head), head, *blobs.values()))
        os.replace(temporary, place)
    except BaseException:
        if os.path.exists(temporary):
            os.unlink(temporary)
        raise
    return place


def _blobs(file: _File) -> Iterator[tuple[Key, bytes]]:
    """Everything in a file that is not damaged."""
    for key in file.table:
        try:
            yield key, file.raw(key)
        except (OSError, ValueError):
            continue


def _hash(raw: bytes) -> bytes:
    # Python's own for its bytecode: built in, where another checksum is a module to load.
    return _imp.source_hash(0, raw)


def is_writable() -> bool:
    """Whether the file can be put where it belongs."""
    return os.access(os.path.dirname(_place()), os.W_OK)


def _place() -> str:
    return f"{__cached__.rpartition('.')[0]}.{sys.hexversion:x}.ahead"


def _made_by() -> tuple[str, str]:
    return sys.version, PACKAGE
