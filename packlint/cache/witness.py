"""What a run saw of the disk, and whether it is still so."""

from __future__ import annotations

import os
import sys
import time

from packlint.files import filesystem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# Device, inode, size, and when content and inode were last changed, in nanoseconds.
Stamp = tuple[int, int, int, int, int]
# By path: the stamp, where it can be trusted, and the digest of what was there; kinds; places without links.
Contents = dict[str, tuple[Stamp | None, bytes]]
Seen = tuple[Contents, Contents, dict[str, str | None], dict[str, str]]

# What was changed so shortly before it was looked at may change again within the same tick of a file system's clock:
# its stamp tells nothing, and its content is compared.
_UNSETTLED_NS = 2_000_000_000
# A file system's clock may be a tick behind; Python itself takes longer than that to begin.
_BEGINNING_NS = time.time_ns() - 10_000_000
# Where packlint is.
HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_PACKAGE = "packlint"
# What judges and words some of what packlint says; each release changes the file that stands for the package.
_LIBRARIES = ("yaml", "jsonschema")


class Witness:
    """Is told by a `Disk` of everything it looked at.

    `subject` is the file that is being judged by itself. It is empty while the pack as a whole is looked at, and None
    while rules judge that know the whole pack, whose findings are not kept by file. `shared` are the files that were
    read for the sake of another file or of the pack: where one of them changes, more than its own result is in doubt.
    """

    def __init__(self) -> None:
        self.subject: str | None = ""
        self.shared: set[str] = set()
        self.files: dict[str, tuple[Stamp | None, bytes]] = {}
        self.folders: dict[str, tuple[Stamp | None, bytes]] = {}
        self.kinds: dict[str, str | None] = {}
        self.reals: dict[str, str] = {}
        self._is_whole = True

    def asked(self, path: str) -> None:
        if self.subject is not None and path != self.subject:
            self.shared.add(path)

    def file(self, path: str, found: os.stat_result, raw: bytes) -> None:
        content = digest(raw)
        if path in self.files and self.files[path][1] != content:
            self.nothing()  # it was changed between two looks
        self.files[path] = (_settled(found), content)

    def folder(self, path: str, names: dict[str, str]) -> None:
        try:
            self.folders[path] = (_settled(os.stat(path)), _digest_of_names(names))
        except (OSError, ValueError):
            self.kinds[path] = None

    def kind(self, path: str, kind: str | None) -> None:
        self.kinds[path] = kind

    def real(self, path: str, real: str) -> None:
        self.reals[path] = real

    def nothing(self) -> None:
        """Something could not be read. Whether that is still so is not known without trying, so nothing is kept."""
        self._is_whole = False

    def add(self, seen: Seen | None) -> None:
        """Take over what another witness of the same run saw, None where that is not the whole of it."""
        if seen is None:
            self.nothing()
            return
        files, folders, kinds, reals = seen
        self.files.update(files)
        self.folders.update(folders)
        self.kinds.update(kinds)
        self.reals.update(reals)

    def seen(self) -> Seen | None:
        """Everything that was seen, packlint's own code included; None where that is not the whole of it."""
        if not self._is_whole:
            return None
        own = _own_code()
        return (self.files | own, self.folders, self.kinds, self.reals) if own is not None else None


def unchanged(known: Contents) -> Contents:
    """Those of the contents that are still the same, with the stamps of today."""
    found: Contents = {}
    for path, content in known.items():
        try:
            found |= _again({path: content}, _digest_of_file)
        except (OSError, ValueError):
            continue
    return found


def looked_at_again(seen: Seen) -> Seen | None:
    """The same with the stamps of today, where everything is still as it was seen; None where something is not."""
    files, folders, kinds, reals = seen
    try:
        if all(filesystem.kind_of(path) == kind for path, kind in kinds.items()) and all(
            os.path.realpath(path) == real for path, real in reals.items()
        ):
            return _again(files, _digest_of_file), _again(folders, _digest_of_folder), kinds, reals
    except (OSError, ValueError):
        return None
    return None


def _again(known: Contents, look: Callable[[str], bytes]) -> Contents:
    """The contents themselves where every stamp is what it was, else a copy with new stamps.

    Raises:
        OSError: something is no longer there.
        ValueError: something is no longer the same.
    """
    renewed: Contents = {}
    for path, (stamp, content) in known.items():
        found = os.stat(path)
        if stamp == (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns):
            continue
        if look(path) != content:
            raise ValueError(path)
        if (settled := _settled(found)) is not None:
            renewed[path] = settled, content
    return known | renewed if renewed else known


def _settled(found: os.stat_result) -> Stamp | None:
    changed = max(found.st_mtime_ns, found.st_ctime_ns)
    if changed > time.time_ns() - _UNSETTLED_NS:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _own_code() -> Contents | None:
    """The modules and facts that made the result, which a newer packlint of the same version number may have changed,
    and so may a newer library.

    To tell them by their content would take as long as to check a file or two, so a stamp that can be trusted will do.
    None where one was changed since this process began: what is there now may not be what it has loaded.
    """
    places = {
        getattr(module, "__file__", None)
        for name, module in sys.modules.items()
        if name.startswith(_PACKAGE) or name in _LIBRARIES
    }
    for folder in ("data", "schemas"):
        place = os.path.join(HERE, folder)
        places.update(os.path.join(place, name) for name in os.listdir(place))
    found: Contents = {}
    for path in filter(None, places):
        state = os.stat(path)
        if _BEGINNING_NS < max(state.st_mtime_ns, state.st_ctime_ns) < time.time_ns():
            return None
        stamp = _settled(state)
        found[path] = (stamp, b"" if stamp else _digest_of_file(path))
    return found


def digest(raw: bytes) -> bytes:
    """What stands for these bytes, and for no others."""
    found: bytes = _blake2b(raw, digest_size=16).digest()
    return found


def _digest_of_names(names: dict[str, str]) -> bytes:
    return digest("\0".join(f"{name}\0{kind}" for name, kind in names.items()).encode("utf-8", "surrogatepass"))


def _digest_of_folder(path: str) -> bytes:
    return _digest_of_names(filesystem.listed(path))


def _digest_of_file(path: str) -> bytes:
    return digest(filesystem.content(path)[1])


def _load_blake2b() -> Any:
    try:
        # `hashlib` loads OpenSSL for it, which takes longer than all else that a repeated run does.
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b
    return blake2b


_blake2b = _load_blake2b()
