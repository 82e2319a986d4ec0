"""Documents to which no reference leads, and which some text of the pack names all the same.

A document is also read where a text names its folder as a whole, or its name with a placeholder in it, or tells its
path in another place, such as the one it is copied to; and where a script or a setting beside it names it.
"""

from __future__ import annotations

import os
import re
from fnmatch import fnmatchcase
from itertools import chain, islice

from packlint import regex
from packlint.disk import FOLDER
from packlint.file import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from packlint.file import File
    from packlint.pack import Pack

# The folder and the name of a document, as far as they are written.
_NAMED = regex.lazy(r"(?:([\w.@+-]++)/)?([\w.@+<>{}$*-]*\.md)\Z", re.ASCII)
_WHOLE = regex.lazy(r"[^/]+/(?!\w)")
_ABOVE = regex.lazy(r"(?:(?<![\w.@+-])|([\w.@+-]++)/)\Z", re.ASCII)
_STANDS_FOR = regex.lazy(r"\{\$?\w*\}|<\w*>|\*+|\$\{?\w+\}?")
_HOLDING_NAMES = (".md", ".toml", ".yaml", ".yml", ".json", ".py", ".sh", ".js", ".mjs", ".cjs", ".ts", ".txt")
_MARKS = frozenset("}>*")
_TAIL, _NEAR, _LONGEST = 3, 20, 200
# A pattern without a folder has so many characters of its own, `.md` among them.
_LEAST = 6
# So many files of one folder are looked into.
_MOST = 300


def find(pack: Pack) -> frozenset[str]:
    """The places of the documents that are named."""
    unread = [file for file in pack.documents if file.real not in pack.referenced_by and file.real not in pack.meant]
    if not unread:
        return frozenset()
    wanted = _Wanted(unread, pack)
    for file in pack.files:
        if file.kind is not Kind.MANIFEST:
            wanted.look(file)
    left = [file for file in unread if file.location not in wanted.found]
    return frozenset(wanted.found) | frozenset(_in_other_files(left, pack))


class _Wanted:
    """Unread documents by their names and folders."""

    def __init__(self, unread: list[File], pack: Pack) -> None:
        self.found: set[str] = set()
        self._pack = pack
        self._by_name: dict[str, list[File]] = {}
        self._by_folder: dict[str, list[File]] = {}
        for file in unread:
            folder, name = file.location.rsplit("/", 2)[1:]
            self._by_name.setdefault(name, []).append(file)
            self._by_folder.setdefault(folder, []).append(file)
        self._tails = {name[: -len(".md")][-_TAIL:] for name in self._by_name}

    def look(self, reader: File) -> None:
        """Find what one text names."""
        document, scope = self._pack.look_again(reader), self._scope(reader)
        # A grant in the frontmatter lets a file be read; it does not say that it is to be.
        text, start = document.text, document.markdown(self._pack.client).start
        for at in regex.occurrences(text, ".md", start):
            # Most names stand for no document that is looked for, which the few letters before their ends tell.
            before = text[max(start, at - _NEAR) : at]
            if before[-_TAIL:] in self._tails or not _MARKS.isdisjoint(before):
                match = _NAMED.search(text, max(start, at - _LONGEST), at + len(".md"))
                if match is not None:
                    self._take(reader, scope, self._named(match[1], match[2]), match[1])
        for folder, among in self._by_folder.items():
            for match in regex.begun(_WHOLE, text, f"{folder}/", start=start):
                parent = _ABOVE.search(text, max(start, match.start() - _LONGEST), match.start())
                if parent is not None:
                    above = [file for file in among if self._is_below(file, parent[1])]
                    self._take(reader, scope, among, None)
                    self._take(reader, scope, above, folder)

    def _named(self, folder: str | None, name: str) -> list[File]:
        pattern = _STANDS_FOR.sub("*", name)
        if pattern == name:
            return self._by_name.get(name, [])
        if folder is None and len(pattern.replace("*", "")) < _LEAST:
            return []
        among = self._by_folder.get(folder, []) if folder is not None else chain(*self._by_folder.values())
        return [file for file in among if fnmatchcase(file.location.rpartition("/")[2], pattern)]

    def _take(self, reader: File, scope: str, among: list[File], folder: str | None) -> None:
        """Those of the reader's skill or folder, and those in the folder that is written with them."""
        for file in among:
            if file is not reader and (self._scope(file) == scope or file.location.rsplit("/", 2)[1] == folder):
                self.found.add(file.location)

    def _is_below(self, file: File, above: str | None) -> bool:
        """Whether the folder of a document is in this one, or in the pack's own."""
        parent = os.path.dirname(os.path.dirname(file.location))
        if above is None:
            return parent in (self._pack.location, self._pack.base_location)
        return parent.rpartition("/")[2] == above

    def _scope(self, file: File) -> str:
        return self._pack.skill_folder(file) or os.path.dirname(file.location)


def _in_other_files(unread: list[File], pack: Pack) -> Iterator[str]:
    """The places of documents whose names other files hold, in their skill or in the same folder of the pack."""
    together: dict[str, list[File]] = {}
    for file in unread:
        together.setdefault(pack.skill_folder(file) or _top(file, pack), []).append(file)
    for top, files in together.items():
        for path in islice(_others(top, pack), _MOST):
            raw = pack.disk.read(path)[0]
            for file in files:
                if file.location != path and file.location.rpartition("/")[2].encode() in raw:
                    yield file.location


def _top(file: File, pack: Pack) -> str:
    """The folder right below the pack's in which a document is."""
    is_in_base = file.location.startswith(f"{pack.base_location}/")
    start = pack.base_location if is_in_base else pack.location
    return start + "/" + file.location[len(start) + 1 :].partition("/")[0]


def _others(top: str, pack: Pack) -> Iterator[str]:
    """The files in a folder and in the folders in it that may hold a document's name."""
    inside = pack.disk.entries(top)
    for folder in (top, *(f"{top}/{name}" for name, kind in inside.items() if kind == FOLDER)):
        for name in pack.disk.entries(folder):
            if name.endswith(_HOLDING_NAMES) and pack.disk.is_file(f"{folder}/{name}"):
                yield f"{folder}/{name}"
