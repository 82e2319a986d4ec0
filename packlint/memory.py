"""Results of earlier runs, kept in the user's cache folder and given again while all they depend on is the same.

An entry holds what a run wrote and everything it saw: the content of files, the names in folders, what was not there.
It is used only where all of that still holds, so that it never changes a result. Whatever goes wrong with the cache -
a folder that cannot be written, a full disk, a damaged entry - a run goes on without it.
"""

from __future__ import annotations

import marshal
import os
import sys

from packlint import __version__, disk
from packlint.witness import Witness, digest, looked_at_again

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from packlint.witness import Seen

_MOST_ENTRIES = 100
_MOST_BYTES = 64_000_000
_ENVIRONMENT = ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR")


class Known:
    """What a run wrote: to stdout and stderr, and its exit code."""

    def __init__(self, code: int, written: str, told: str) -> None:
        self.code = code
        self.written = written
        self.told = told


class Memory:
    """The place of one call's result in the cache.

    Args:
        folder: the cache folder.
        key: what stands for this call: arguments, place, versions.
    """

    def __init__(self, folder: str, key: str) -> None:
        self.witness = Witness()
        self._folder = folder
        self._path = os.path.join(folder, key)

    @classmethod
    def of(cls, arguments: Sequence[str]) -> Memory | None:
        """The memory for a call with these arguments; None where it shall not or cannot be remembered."""
        if arguments[0] != "check" or any(each.startswith(("--no-cache", "--stdin-filename")) for each in arguments):
            return None
        folder = cache_folder()
        try:
            place = os.getcwd()
        except OSError:
            return None
        settings = [os.environ.get(name, "") for name in _ENVIRONMENT]
        stream = [str(sys.stdout.isatty()), str(sys.stdout.encoding)]
        user = str(os.getuid()) if hasattr(os, "getuid") else ""
        parts = (__version__, sys.version, user, place, *settings, *stream, *arguments)
        key = digest("\0".join(parts).encode("utf-8", "surrogatepass")).hex()
        return cls(folder, key) if folder else None

    def recall(self) -> Known | None:
        """What the same call gave before, where nothing that it saw has changed."""
        try:
            raw = disk.content(self._path, _MOST_BYTES)[1]
            if len(raw) <= _MOST_BYTES and digest(raw[16:]) == raw[:16]:
                code, written, told, seen = marshal.loads(raw[16:])  # noqa: S302 - written by us, and whole
                now = looked_at_again(seen)
                if now is None:
                    return None
                known = Known(code, written, told)
                if any(each is not before for each, before in zip(now, seen, strict=True)):
                    self._store(known, now)
                return known
        except (OSError, ValueError, EOFError, TypeError):
            return None
        return None

    def keep(self, known: Known) -> None:
        """Remember a result, if it can be known later whether it still holds."""
        seen = self.witness.seen()
        if seen is not None:
            self._store(known, seen)

    def _store(self, known: Known, seen: Seen) -> None:
        try:
            raw = marshal.dumps((known.code, known.written, known.told, seen))
            if len(raw) < _MOST_BYTES:
                self._write(digest(raw) + raw)
                self._prune()
        except (OSError, ValueError, RecursionError):
            return

    def _write(self, raw: bytes) -> None:
        os.makedirs(self._folder, mode=0o700, exist_ok=True)
        temporary = f"{self._path}.{os.getpid()}"
        try:
            with open(temporary, "wb") as stream:
                stream.write(raw)
            os.replace(temporary, self._path)
        except BaseException:
            if os.path.exists(temporary):
                os.unlink(temporary)
            raise

    def _prune(self) -> None:
        """Throw the oldest entries away where there are many."""
        with os.scandir(self._folder) as entries:
            states = [(entry.stat(follow_symlinks=False), entry.path) for entry in entries if not _is_folder(entry)]
        found = sorted((state.st_mtime_ns, state.st_size, path) for state, path in states)
        total = sum(size for _, size, _ in found)
        while found and (len(found) > _MOST_ENTRIES or total > 4 * _MOST_BYTES):
            _, size, path = found.pop(0)
            total -= size
            os.unlink(path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def cache_folder() -> str | None:
    """`packlint` in the user's cache folder, by the XDG Base Directory Specification; None where there is none."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(given):
        return os.path.join(given, "packlint")
    home = os.path.expanduser("~")
    return os.path.join(home, ".cache", "packlint") if os.path.isabs(home) else None
