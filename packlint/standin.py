"""The pack around a text that is judged in the place of a file, for editors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from packlint.declared import MANIFEST, read_object
from packlint.discover import PathError, packs_at, plain_pack, project_pack
from packlint.loader import Layout
from packlint.root import SKILL, Entry, Root


def around(path: Path, layout: Layout | None = None) -> Root:
    """The pack that a file belongs to, narrowed to it; the file need not exist.

    Raises:
        PathError: there is no pack around the path.
    """
    path = Path(os.path.abspath(path))
    root = next((root for folder in path.parents for root in packs_at(folder, layout, is_top=True)), None)
    root = root or next((root for folder in path.parents for root in _begun(folder, path, layout)), None)
    if root is None:
        raise PathError(f"{path} is in no pack: no agents/, commands/ or skills/ is at or above it")
    if path.suffix == ".md" and not os.path.lexists(path):
        _add(root, path)
    root.only = frozenset({path})
    return root


def _begun(folder: Path, path: Path, layout: Layout | None) -> Iterator[Root]:
    """The pack whose first file `path` would be."""
    if path.relative_to(folder).parts[0] in ("agents", "commands", "skills"):
        project = folder.name == ".claude" and layout is not Layout.PLUGIN
        yield project_pack(folder.parent) if project else plain_pack(folder, layout or Layout.PLUGIN)


def _add(root: Root, path: Path) -> None:
    """Put a file that is not there yet among those that the client would look at, in their order."""
    manifest = read_object(root.root / MANIFEST, "")[0] if root.layout is Layout.PLUGIN else {}
    for key, entries in (("agents", root.agents), ("commands", root.commands)):
        if key not in manifest and path.is_relative_to(root.base / key):
            entries.append(Entry(path, path.relative_to(root.base / key).parts))
            entries.sort(key=lambda entry: [*((1, part) for part in entry.parts[:-1]), (0, entry.parts[-1])])
    if path.name == SKILL and path.parents[1] == root.base / "skills":
        root.skills.append(Entry(path, path.parts[-2:]))
        root.skills.sort(key=lambda entry: entry.parts)
