"""The pack around a text that is judged in the place of a file, for editors."""

from __future__ import annotations

import os

from packlint.discover import PACK_FOLDERS, PathError, above, is_dot_claude, packs_at, plain_pack, project_pack
from packlint.discovery.declared import MANIFEST
from packlint.discovery.layout import Layout
from packlint.discovery.root import SKILL, Entry, Root, is_below, read_object
from packlint.files.disk import Disk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def around(path: str, layout: Layout | None = None) -> Root:
    """The pack that a file belongs to, narrowed to it; the file need not exist.

    Args:
        path: absolute and normal, as `filesystem.normal` writes it.
        layout: how to read folders that could be either.

    Raises:
        PathError: there is no pack around the path.
    """
    disk = Disk()
    root = next((root for folder in above(path) for root in packs_at(disk, folder, layout, is_top=True)), None)
    root = root or next((root for folder in above(path) for root in _begun(disk, folder, path, layout)), None)
    if root is None:
        raise PathError(f"{path} is in no pack: no agents/, commands/ or skills/ is at or above it")
    if path.endswith(".md") and not os.path.lexists(path):
        _add(root, path)
    root.only = frozenset({path})
    return root


def _begun(disk: Disk, folder: str, path: str, layout: Layout | None) -> Iterator[Root]:
    """The pack whose first file `path` would be."""
    if path[len(folder) :].strip("/").partition("/")[0] in PACK_FOLDERS:
        if is_dot_claude(folder) and layout is not Layout.PLUGIN:
            yield project_pack(disk, os.path.dirname(folder))
        else:
            yield plain_pack(disk, folder, layout or Layout.PLUGIN)


def _add(root: Root, path: str) -> None:
    """Put a file that is not there yet among those that the client would look at, in their order."""
    manifest = read_object(root.disk, f"{root.root}/{MANIFEST}", "")[0] if root.layout is Layout.PLUGIN else {}
    for key, entries in (("agents", root.agents), ("commands", root.commands)):
        if key not in manifest and is_below(path, f"{root.base}/{key}"):
            entries.append(Entry(path, tuple(path[len(root.base) + len(key) + 2 :].split("/"))))
            entries.sort(key=lambda entry: [*((1, part) for part in entry.parts[:-1]), (0, entry.parts[-1])])
    above = os.path.dirname(path)
    if os.path.basename(path) == SKILL and os.path.dirname(above) == f"{root.base}/skills":
        root.skills.append(Entry(path, (os.path.basename(above), SKILL)))
        root.skills.sort(key=lambda entry: entry.parts)
