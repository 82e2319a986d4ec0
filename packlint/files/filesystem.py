"""The file system itself: what a file holds, which names a folder has, what a path leads to."""

from __future__ import annotations

import os
import stat

FILE, FOLDER, LINK, OTHER = "file", "folder", "link", "other"

# More than any agent, command or document a client could use; keeps a hostile file from filling memory.
MAX_BYTES = 5_000_000
TOO_LARGE = f"larger than {MAX_BYTES // 1_000_000} MB"
DANGLING = "a link that leads nowhere"
_MOST_LOOKS = 10

_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def content(path: str, most: int = MAX_BYTES) -> tuple[os.stat_result, bytes]:
    """What a regular file holds, up to one byte more than `most`, and its state just before it was read.

    Raises:
        OSError: it cannot be read, or is no regular file.
        ValueError: the path cannot be one.
    """
    descriptor = os.open(path, _READ)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(None, "not a regular file")
        return found, _all_of(descriptor, found.st_size, most + 1)
    finally:
        os.close(descriptor)


def _all_of(descriptor: int, size: int, left: int) -> bytes:
    """What a descriptor gives, up to `left` bytes: a file may have grown since its size was asked for."""
    pieces = []
    while left > 0 and (piece := os.read(descriptor, min(left, max(size + 1, 65_536)))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def normal(path: str) -> str:
    """A path without `.`, `..` and doubled slashes, with forward slashes on every system."""
    path = os.path.normpath(path)
    return path if os.sep == "/" else path.replace(os.sep, "/")


def real(path: str) -> str:
    """A path without any link in it; where a link becomes a file in the midst of the look, the look is made again."""
    for _ in range(_MOST_LOOKS):
        try:
            return os.path.realpath(path)
        except OSError:
            continue
    return path


def checked(raw: bytes) -> tuple[bytes, str | None]:
    """The bytes, unless there are too many to be judged."""
    if len(raw) > MAX_BYTES:
        return b"", TOO_LARGE
    return raw, None


def listed(folder: str) -> dict[str, str]:
    """The names in a folder, sorted, each with its kind.

    Raises:
        OSError: it cannot be read, or is none.
    """
    with os.scandir(folder) as entries:
        kinds = {entry.name: FILE if entry.is_file(follow_symlinks=False) else _kind(entry) for entry in entries}
    return {name: kinds[name] for name in sorted(kinds)}


def _kind(entry: os.DirEntry[str]) -> str:
    """What an entry is that is no file."""
    if entry.is_dir(follow_symlinks=False):
        return FOLDER
    return LINK if entry.is_symlink() else OTHER


def kind_of(path: str) -> str | None:
    """What a path leads to, links followed; None for nothing."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return None
    if stat.S_ISREG(mode):
        return FILE
    return FOLDER if stat.S_ISDIR(mode) else OTHER
