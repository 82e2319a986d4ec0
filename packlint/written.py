"""Commands whose text stands in a manifest: `commands` as an object, with `content` in place of `source`.

The client takes such a text for that of a file, frontmatter included, and what stands beside it wins (measured).
"""

from __future__ import annotations

from packlint import regex
from packlint.discovery.root import BEHIND, Entry, Fault
from packlint.document import Document
from packlint.file import File, Kind
from packlint.memo import cached_property
from packlint.parsing import jsonplace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from packlint.discovery.root import Says
    from packlint.files.disk import Disk
    from packlint.loading.loader import Role
    from packlint.parsing.jsonplace import Keys
    from packlint.problem import Place

_CHARACTER = regex.lazy(r"(?s)\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]")


def entries(declared: dict[str, Any], manifest: str, said: dict[str, str]) -> Iterator[Entry]:
    """The commands that a plugin.json has the text of; `said` are the keys beside it, with those of frontmatter."""
    for index, (name, value) in enumerate(declared.items()):
        if isinstance(value, dict) and isinstance(value.get("content"), str) and "source" not in value:
            says: Says = tuple((meant, value[key]) for key, meant in said.items() if value.get(key))
            place = f"{manifest}{BEHIND}{index}"
            keys = ("commands", name, "content")
            yield Entry(place, (f"{name}.md",), called=name, says=says, text=value["content"], spot=keys)


def unused(declared: dict[str, Any], manifest: str, around: Keys) -> Iterator[Fault]:
    """The commands that an entry of a marketplace has the text of: the client makes nothing of them (measured)."""
    for name, value in declared.items():
        if isinstance(value, dict) and isinstance(value.get("content"), str) and "source" not in value:
            words = f"the text of the command '{name}' stands in an entry, and counts in a plugin.json alone"
            told = "clients 2.1.197 and 2.1.328 have no such command"
            yield Fault(manifest, words, told, (*around, "commands", name, "content"))


def manifest_of(place: str) -> str:
    """The manifest in which the text of a command stands."""
    return place.rpartition(BEHIND)[0]


class Written(Document):
    """A text in a manifest, whose places are those in the manifest.

    No fix is applied to it: it would have to be written as JSON.
    """

    is_mendable = False

    def __init__(self, disk: Disk, place: str, shown: str, text: str, keys: Keys) -> None:
        super().__init__(place, shown, text.encode("utf-8", "replace"))
        self._disk = disk
        self._keys = keys

    @cached_property
    def _manifest(self) -> Document:
        return self._disk.document(manifest_of(self.location), self.shown)[0]

    @cached_property
    def _starts(self) -> list[int]:
        """Where each character of the text begins in the manifest, and where the last one ends."""
        found = jsonplace.read(self._manifest.text)
        if found is None or self._keys not in found.spots:
            return []
        spot = found.spot(*self._keys)
        places = [match.start() for match in _CHARACTER.finditer(self._manifest.text, spot.start + 1, spot.end - 1)]
        return [*places, spot.end - 1]

    def place(self, start: int, end: int) -> Place:
        """Lines and columns, in the manifest, of a range of offsets in the text."""
        last = len(self._starts) - 1
        if last < 0:  # written in a way that has no places
            return self._manifest.place(0, 0)
        return self._manifest.place(self._starts[min(start, last)], self._starts[min(end, last)])


class WrittenFile(File):
    """A command whose text stands in a manifest."""

    def __init__(self, kind: Kind, entry: Entry, shown: str, role: Role, disk: Disk) -> None:
        super().__init__(kind, entry.path, shown, role, disk)
        self._entry = entry

    def _loaded(self) -> tuple[Document, str | None]:
        if self._read is None:
            entry = self._entry
            self._read = Written(self.disk, entry.path, self.shown, entry.text or "", entry.spot), None
        return self._read
