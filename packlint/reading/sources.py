"""The sources that a pack's documents quote, each read once."""

from __future__ import annotations

import os

from packlint.files.disk import Disk


class Sources:
    """The files below a pack's root.

    Args:
        disk: reads them.
        root: the pack's root.
    """

    def __init__(self, disk: Disk, root: str) -> None:
        self._disk = disk
        self._root = root
        self._known: dict[str, dict[str, str | None] | None] = {}

    def regions(self, path: str) -> dict[str, str | None] | None:
        """The regions of a file, see `snippets.regions`, by its path below the root; None if it is not there."""
        if path not in self._known:
            from packlint.reading import snippets

            text = self._read(path)
            self._known[path] = None if text is None else snippets.regions(text)
        return self._known[path]

    def _read(self, path: str) -> str | None:
        place, disk = os.path.normpath(f"{self._root}/{path}"), self._disk
        if not place.startswith(self._root + "/") or not disk.is_exact(place) or not disk.is_file(place):
            return None
        raw, problem = disk.read(place)
        return None if problem else raw.decode("utf-8", "replace")
