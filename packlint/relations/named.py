"""Documents to which no reference leads, and which some text of the pack names all the same.

A document is also read where a text names its folder as a whole, or its name with a placeholder in it, or tells its
path in another place, such as the one it is copied to; and where a script or a setting beside it names it.
"""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from itertools import islice

from packlint import regex
from packlint.file import Kind
from packlint.files.filesystem import FOLDER
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from packlint.file import File
    from packlint.pack import Pack

# The folder and the name of a document, as far as they are written.
_NAMED = regex.lazy(r"(?a)(?:([\w.@+-]++)/)?([\w.@+<>{}$*-]*\.md)\Z")
_WHOLE = regex.lazy(r"(?a)(?:([\w.@+-]++)/)?([\w.@+-]++)/\Z")
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
    """Unread documents: of a skill or a folder, for the texts there, and those in no skill, for all texts."""

    def __init__(self, unread: list[File], pack: Pack) -> None:
        self.found: set[str] = set()
        self._pack = pack
        self._near: dict[str, list[_Place]] = {}
        self._far: dict[str, list[_Place]] = {}
        for file in unread:
            above, folder, name = file.location.rsplit("/", 2)
            is_top = above in (pack.location, pack.base_location)
            place = _Place(file, "" if is_top else above.rpartition("/")[2], folder, name)
            self._near.setdefault(self._scope(file), []).append(place)
            if pack.skill_folder(file) is None:
                self._far.setdefault(folder, []).append(place)
        places = [place for among in self._near.values() for place in among]
        stems = {place.name.removesuffix(".md") for place in places}
        self._tails = {stem[-_TAIL:] for stem in stems}
        self._short = {stem for stem in stems if len(stem) < _TAIL}
        self._folders = {place.folder for place in places}
        # Names with a blank are nothing else than names, wherever they stand.
        self._spaced = [place for place in places if " " in place.name]

    def look(self, reader: File) -> None:
        """Find what one text names."""
        document, near = self._pack.look_again(reader), self._near.get(self._scope(reader), [])
        # A grant in the frontmatter lets a file be read; it does not say that it is to be.
        text, start = document.text, document.markdown(self._pack.client).start
        self._take(reader, [place for place in self._spaced if place.name in text])
        for at in regex.occurrences(text, ".md", start):
            # Most names stand for no document that is looked for, which the few letters before their ends tell.
            before = text[max(start, at - _NEAR) : at]
            is_short = not self._short.isdisjoint((before[-1:], before[-2:]))
            if is_short or before[-_TAIL:] in self._tails or not _MARKS.isdisjoint(before):
                match = _NAMED.search(text, max(start, at - _LONGEST), at + len(".md"))
                if match is not None:
                    is_named = _matcher(match[2], match[1])
                    self._take(reader, [place for place in near if is_named(place)])
                    self._take(reader, [place for place in self._far.get(match[1] or "", ()) if is_named(place)])
        for at in regex.occurrences(text, "/", start):
            following = text[at + 1 : at + 2]
            if following.isalnum() or following == "_":
                continue
            match = _WHOLE.search(text, max(start, at - _LONGEST), at + 1)
            if match is not None and match[2] in self._folders:
                self._take(reader, [place for place in near if place.folder == match[2]])
                above = "" if match[1] == ".claude" else (match[1] or "").strip(".")
                self._take(reader, [place for place in self._far.get(match[2], ()) if place.above == above])

    def _take(self, reader: File, among: list[_Place]) -> None:
        self.found |= {place.file.location for place in among if place.file is not reader}

    def _scope(self, file: File) -> str:
        return self._pack.skill_folder(file) or os.path.dirname(file.location)


@record(frozen=True)
class _Place:
    """A document with its name, its folder's, and that of the folder above, empty for the pack's own."""

    file: File
    above: str
    folder: str
    name: str


def _matcher(name: str, folder: str | None) -> Callable[[_Place], bool]:
    """Tells whether a name, which may have a part that stands for others, is a document's."""
    pattern = _STANDS_FOR.sub("*", name)
    if pattern == name:
        return lambda place: place.name == name
    if folder is None and len(pattern.replace("*", "")) < _LEAST:
        return lambda _: False
    return lambda place: (folder is None or place.folder == folder) and fnmatchcase(place.name, pattern)


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
