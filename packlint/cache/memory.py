"""Results of earlier runs, kept in the user's cache folder and given again while all they depend on is the same.

An entry holds what a run wrote and everything it saw: the content of files, the names in folders, what was not there.
It is used only where all of that still holds, so that it never changes a result. A second entry holds what single files
came to: where no more than the content of some has changed, only those are judged again. Whatever goes wrong with the
cache - a folder that cannot be written, a full disk, a damaged entry - a run goes on without it.
"""

from __future__ import annotations

import marshal
import os
import sys

from packlint import __version__
from packlint.cache.witness import HERE, Witness, digest, looked_at_again, unchanged
from packlint.files import filesystem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from packlint.cache.judged import Files

_MOST_ENTRIES = 200
# What the name of the entry with what single files came to ends with, behind the key.
_OF_FILES = "-files"
_MOST_BYTES = 64_000_000
# Of a digest in hexadecimal digits.
_KEY_LENGTH = 32
_CODES = (0, 1, 2)
_user: Callable[[], int] | None = getattr(os, "geteuid", None)
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
        self._files: Files | None = None

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
        # Where modules are found decides which libraries judge, and word, some of it.
        parts = (__version__, HERE, sys.version, *sys.path, user, place, *settings, *stream, *arguments)
        key = digest("\0".join(parts).encode("utf-8", "surrogatepass")).hex()
        return cls(folder, key) if folder else None

    def recall(self) -> Known | None:
        """What the same call gave before, where nothing that it saw has changed."""
        try:
            code, written, told, seen = self._load("")
            now = looked_at_again(seen)
            if now is None:
                return None
            if code not in _CODES or not isinstance(written, str) or not isinstance(told, str):
                return None
            if any(each is not before for each, before in zip(now, seen, strict=True)):
                self._store("", (code, written, told, now))
        except Exception:  # noqa: BLE001 - whatever somebody else has made of an entry, the run goes on without it
            return None
        return Known(code, written, told)

    def files(self) -> Files:
        """What single files came to in the last such call, as far as that holds: the run is to add its own."""
        from packlint.cache.judged import Files

        self._files = Files()
        try:
            own, rest, shared, judged = self._load(_OF_FILES)
            now = looked_at_again(rest)
            if now is not None:
                same = unchanged(own)
                self.witness.add(now)
                self.witness.add((same, {}, {}, {}))
                self.witness.shared |= shared
                changed = own.keys() - same.keys()
                self._files = Files({key: found for key, found in judged.items() if key[1] not in changed})
        except Exception:  # noqa: BLE001 - as in `recall`
            return self._files
        return self._files

    def keep(self, known: Known) -> None:
        """Remember a result, if it can be known later whether it still holds."""
        seen = self.witness.seen()
        if seen is None:
            return
        self._store("", (known.code, known.written, known.told, seen))
        if self._files is not None:
            judged, shared = self._files.flat(), self.witness.shared
            contents, folders, kinds, reals = seen
            own = {path: contents[path] for _, path, _ in judged if path in contents and path not in shared}
            others = {path: content for path, content in contents.items() if path not in own}
            self._store(_OF_FILES, (own, (others, folders, kinds, reals), shared, judged))

    def _load(self, kind: str) -> Any:
        """An entry of this kind.

        Raises:
            OSError, ValueError, EOFError: there is none, or it is not whole, or not ours.
        """
        found, raw = filesystem.content(self._path + kind, _MOST_BYTES)
        if len(raw) > _MOST_BYTES or digest(raw[16:]) != raw[:16] or (_user is not None and found.st_uid != _user()):
            raise ValueError(self._path)
        return marshal.loads(raw[16:])  # noqa: S302 - written by us, and whole

    def _store(self, kind: str, entry: Any) -> None:
        try:
            raw = marshal.dumps(entry)
            if len(raw) < _MOST_BYTES:
                self._write(self._path + kind, digest(raw), raw)
                self._prune()
        except (OSError, ValueError, RecursionError):
            return

    def _write(self, path: str, *pieces: bytes) -> None:
        os.makedirs(self._folder, mode=0o700, exist_ok=True)
        temporary = f"{path}.{os.urandom(8).hex()}"
        try:
            with open(temporary, "xb") as stream:  # never through a link that somebody has put there
                stream.writelines(pieces)
            os.replace(temporary, path)
        except BaseException:
            if os.path.exists(temporary):
                os.unlink(temporary)
            raise

    def _prune(self) -> None:
        """Throw the oldest entries away where there are many."""
        with os.scandir(self._folder) as entries:
            states = [(entry.stat(follow_symlinks=False), entry.path) for entry in entries if _is_entry(entry)]
        found = sorted((state.st_mtime_ns, state.st_size, path) for state, path in states)
        total = sum(size for _, size, _ in found)
        while found and (len(found) > _MOST_ENTRIES or total > 4 * _MOST_BYTES):
            _, size, path = found.pop(0)
            total -= size
            os.unlink(path)


def _is_entry(found: os.DirEntry[str]) -> bool:
    """Whether it is packlint's: the folder may have been made for something else as well."""
    key = found.name[:_KEY_LENGTH]
    is_key = len(key) == _KEY_LENGTH and key.isalnum() and found.name[_KEY_LENGTH:][:1] in ("", "-", ".")
    return is_key and not found.is_dir(follow_symlinks=False)


def cache_folder() -> str | None:
    """`packlint` in the user's cache folder, by the XDG Base Directory Specification; None where there is none."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(given):
        return os.path.join(given, "packlint")
    home = os.path.expanduser("~")
    return os.path.join(home, ".cache", "packlint") if os.path.isabs(home) else None
