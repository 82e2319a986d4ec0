"""Puts a text in the place of a file in one step: a run that is killed at whatever moment leaves no half of one."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from packlint.files import filesystem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

try:
    import fcntl
except ImportError:  # on Windows, where a file that is open cannot be removed
    fcntl = None  # type: ignore[assignment]

# Nobody takes a file of this name for an agent, and a later run knows it for its own.
_PREFIX, _SUFFIX = ".packlint-", ".tmp"
_NEW = (
    os.O_RDWR
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_unfinished: set[str] = set()


class ChangedError(OSError):
    """The file is not what it was when it was read."""


def replace_file(path: str, text: str, expected: bytes | None = None) -> None:
    """Put `text` in the place of a file in one step, its mode, owner and attributes kept; or where there is none yet.

    Other names of the same file, hard links, keep the old text.

    Args:
        path: the file itself, no link to it.
        text: the new text.
        expected: what the file must still hold; None for whatever it holds.

    Raises:
        OSError: the folder or the file cannot be written; the file is then as it was.
        ChangedError: the file does not hold what was expected.
    """
    descriptor, temporary = _begin(os.path.dirname(path))
    try:
        _write(descriptor, text.encode("utf-8"))
        _take_over_state(temporary, path)
        if expected is not None and _content(path) != expected:
            raise ChangedError(None, "it was changed meanwhile", path)
        os.replace(temporary, path)
    except BaseException:
        if os.path.lexists(temporary):
            os.unlink(temporary)
        raise
    finally:
        _unfinished.discard(temporary)
        os.close(descriptor)


def abandon() -> None:
    """Remove what is half written, before this process ends in the middle of it."""
    for temporary in _unfinished:
        with suppress(OSError):
            os.unlink(temporary)


def clear(folders: Iterable[str]) -> None:
    """Remove from folders what runs that were killed have left there; not what one at work holds."""
    for folder in folders:
        try:
            names = [name for name in os.listdir(folder) if name.startswith(_PREFIX) and name.endswith(_SUFFIX)]
        except OSError:
            continue
        for name in names:
            _remove_abandoned(os.path.join(folder, name))


def _begin(folder: str) -> tuple[int, str]:
    """A new file in a folder, locked while it is open so that nobody takes it for abandoned."""
    while True:
        temporary = os.path.join(folder, f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}")
        _unfinished.add(temporary)  # first: a signal may come as soon as the file is there
        try:
            descriptor = os.open(temporary, _NEW, 0o600)
        except OSError:
            _unfinished.discard(temporary)
            raise
        if fcntl is None:
            return descriptor, temporary
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.path.lexists(temporary):
            return descriptor, temporary
        _unfinished.discard(temporary)
        os.close(descriptor)  # somebody cleared it away before it was locked


def _write(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]
    os.fsync(descriptor)


def _take_over_state(temporary: str, path: str) -> None:
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        os.chmod(temporary, 0o666 & ~_umask())
        return
    if not stat.S_ISREG(found.st_mode) or not os.access(path, os.W_OK):
        raise PermissionError(None, "it is no file that may be written", path)
    if hasattr(os, "chown") and (found.st_uid, found.st_gid) != (os.geteuid(), os.getegid()):
        with suppress(PermissionError):  # only root may give files away
            os.chown(temporary, found.st_uid, found.st_gid)
    _take_over_attributes(temporary, path)
    os.chmod(temporary, stat.S_IMODE(found.st_mode))


def _take_over_attributes(temporary: str, path: str) -> None:
    """Lists of who may read the file among them, where the system has such."""
    names: list[str] = []
    with suppress(OSError, AttributeError):
        names = os.listxattr(path)
    for name in names:
        with suppress(OSError):  # not everybody may set what the system itself has put there
            os.setxattr(temporary, name, os.getxattr(path, name))


def _content(path: str) -> bytes | None:
    try:
        return filesystem.content(path)[1]
    except OSError:
        return None


def _umask() -> int:
    """The mask of new files, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _remove_abandoned(path: str) -> None:
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        try:
            if fcntl is not None:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(path)
        finally:
            os.close(descriptor)
        if fcntl is None:
            os.unlink(path)
