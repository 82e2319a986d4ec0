"""The files of one run: every look at the disk goes through here, is made once where it can be, and is remembered.

What a run has seen decides whether its result still holds, which is how `memory.py` knows.
"""

from __future__ import annotations

import os

from packlint.files.filesystem import DANGLING, FILE, FOLDER, LINK, checked, content, kind_of, listed, real

# Nobody's agents are in so many folders, or in so many of them one in another.
MOST_FOLDERS, _DEEPEST = 2_000, 50
# How much of what was read is kept: enough for a repository that is both a plugin and a project.
_KEPT_BYTES = 400_000
# So many bytes tell most texts apart; to take all of them for a key would cost as much as to read them.
_BEGINNING = 200

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packlint.cache.witness import Seen, Witness
    from packlint.document import Document


class Disk:
    """Looks at files, for one run; a later run uses another.

    Args:
        witness: is told of everything that was seen, where somebody wants to know.
    """

    def __init__(self, witness: Witness | None = None) -> None:
        self.witness = witness
        self.refused: dict[str, str] = {}
        self._entries: dict[str, dict[str, str]] = {}
        self._kinds: dict[str, str | None] = {}
        self._reals: dict[str, str] = {}
        self._documents: dict[str, tuple[Document, str | None]] = {}
        # A text that is both a plugin's and a project's has two places, and needs to be read but once.
        self._by_beginning: dict[bytes, Document] = {}
        self._room = _KEPT_BYTES
        self._lowered: dict[str, dict[str, str]] = {}
        self._texts: Mapping[str, bytes] = {}

    def pretend(self, texts: Mapping[str, bytes]) -> None:
        """Give these bytes instead of what files hold; by the files' real paths."""
        self._texts = texts

    def read(self, path: str) -> tuple[bytes, str | None]:
        """A file's bytes, or why there are none. A pipe or a device is never waited for."""
        if self.witness is not None:
            self.witness.asked(path)
        if path in self.refused:
            return self._unread(self.refused[path])
        if self._texts and (given := self._texts.get(self.real(path))) is not None:
            return given, None
        try:
            found, raw = content(path)
        except (OSError, ValueError) as error:
            if isinstance(error, FileNotFoundError) and os.path.islink(path):
                return self._unread(DANGLING)
            return self._unread(getattr(error, "strerror", None) or str(error))
        if self.witness is not None:
            self.witness.file(path, found, raw)
        return checked(raw)

    def document(self, path: str, shown: str) -> tuple[Document, str | None]:
        """A file's document, and why its text could not be had; the first few are kept for packs that share them."""
        from packlint.document import Document

        known = self._documents.get(path)
        if known is not None and known[0].shown == shown:
            if self.witness is not None:
                self.witness.asked(path)
            return known
        raw, problem = self.read(path)
        same = self._by_beginning.get(raw[:_BEGINNING])
        is_known = same is not None and same.raw == raw
        found = (same.renamed(path, shown) if same and is_known else Document(path, shown, raw)), problem
        if self._room > len(raw):
            self._room -= len(raw)
            self._documents[path] = found
            self._by_beginning[raw[:_BEGINNING]] = found[0]
        return found

    def keeps(self, document: Document) -> bool:
        """Whether this very document is given when its file is asked for again."""
        known = self._documents.get(document.location)
        return known is not None and known[0] is document

    def judge(self, path: str | None) -> str | None:
        """Say which file is being judged from now on, as `Witness.subject` has it; gives what was said before.

        While one file is judged, another one does not become the subject: what is read of it is read for the first.
        """
        if self.witness is None:
            return None
        before = self.witness.subject
        if not path or before == "":
            self.witness.subject = path
        return before

    def _refuse(self, folder: str, reason: str) -> None:
        self.refused[folder] = reason
        self._unread(reason)

    def _unread(self, reason: str) -> tuple[bytes, str]:
        if self.witness is not None:
            self.witness.nothing()
        return b"", reason

    def entries(self, folder: str) -> dict[str, str]:
        """The names in a folder, sorted, each with its kind, links not followed; none where it cannot be read."""
        known = self._entries.get(folder)
        if known is None:
            known = self._entries[folder] = self._listed(folder)
        return known

    def _listed(self, folder: str) -> dict[str, str]:
        try:
            names = listed(folder)
        except (OSError, ValueError) as error:
            names = {}
            if isinstance(error, PermissionError):
                self._refuse(folder, error.strerror or str(error))
        if self.witness is not None:
            self.witness.folder(folder, names)
        return names

    def kind(self, path: str) -> str | None:
        """What a path leads to, links followed: a file, a folder, something else, or None for nothing."""
        parent, _, name = path.rpartition("/")
        known = self._entries.get(parent, {}).get(name)
        if known is not None and known != LINK:
            return known
        if path not in self._kinds:
            self._kinds[path] = kind_of(path)
            if self.witness is not None:
                self.witness.kind(path, self._kinds[path])
        return self._kinds[path]

    def is_file(self, path: str) -> bool:
        return self.kind(path) == FILE

    def is_folder(self, path: str) -> bool:
        return self.kind(path) == FOLDER

    def is_exact(self, path: str) -> bool:
        """Whether a path, a normal one, exists with this very spelling, also where the file system ignores case."""
        parent, _, name = path.rpartition("/")
        known = self.entries(parent or "/").get(name)
        return (known is not None and (known != LINK or self.kind(path) is not None)) or not name

    def spelled(self, folder: str, name: str) -> str | None:
        """A name in a folder as it is there, whatever the case in which it is written; None where there is none."""
        names = self.entries(folder)
        if name in names:
            return name
        if folder not in self._lowered:
            self._lowered[folder] = {each.lower(): each for each in reversed(names)}
        return self._lowered[folder].get(name.lower())

    def real(self, path: str) -> str:
        """The path without any link in it."""
        parent, _, name = path.rpartition("/")
        kind = self._entries.get(parent, {}).get(name) if name else None
        if kind not in (FILE, FOLDER):
            return self._real_folder(path)
        found = self._real_folder(parent) + "/" + name
        if kind == FOLDER:
            self._reals[path] = found
        return found

    def _real_folder(self, path: str) -> str:
        known = self._reals.get(path)
        if known is None:
            known = self._reals[path] = real(path)
            if self.witness is not None:
                self.witness.real(path, known)
        return known

    def nearest(self, start: str, name: str) -> str | None:
        """The file of this name in the folder `start` or in the nearest above it, not outside its repository."""
        folder = start
        while True:
            place = f"{folder.rstrip('/')}/{name}"
            if self.is_file(place):
                return place
            if self.kind(f"{folder.rstrip('/')}/.git") is not None or folder == os.path.dirname(folder):
                return None
            folder = os.path.dirname(folder)

    def start_anew(self) -> None:
        """Begin to collect what a further process sees."""
        self.refused = {}
        if self.witness is not None:
            self.witness = type(self.witness)()

    def seen(self) -> tuple[dict[str, str], Seen | None, set[str]]:
        """What a further process saw, for the first one to take over."""
        witness = self.witness
        return self.refused, witness.seen() if witness is not None else None, witness.shared if witness else set()

    def take_over(self, seen: tuple[dict[str, str], Seen | None, set[str]]) -> None:
        """Add what a further process saw."""
        self.refused |= seen[0]
        if self.witness is not None:
            self.witness.add(seen[1])
            self.witness.shared |= seen[2]

    def walk(self, top: str, *, links: bool) -> Iterator[tuple[str, dict[str, str]]]:
        """`top` and the folders below it with their entries, in order; a folder that a link leads to, once.

        A link may lead to the whole disk: where it goes on for too long, the search ends with a folder that is refused.
        """
        stack, seen = [(top, 0)], set[str]()
        while stack:
            folder, depth = stack.pop()
            real = self.real(folder)
            if real in seen:
                continue
            seen.add(real)
            if depth > _DEEPEST or len(seen) > MOST_FOLDERS:
                self._refuse(folder, "too many folders" if depth <= _DEEPEST else "too many folders in one another")
                yield folder, {}
                if depth <= _DEEPEST:
                    return
                continue
            names = self.entries(folder)
            yield folder, names
            below = [f"{folder}/{name}" for name, kind in names.items() if kind == FOLDER or (links and kind == LINK)]
            stack += [(place, depth + 1) for place in reversed(below) if self.is_folder(place)]
