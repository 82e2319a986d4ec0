"""Which packs a path holds, and which files of each the client would look at.

A pack is a plugin (its manifest, its marketplace entry, or plain agents/, commands/ and skills/ folders) or
a project (``.claude``). Only regular files are looked at, and nothing outside the path is searched.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from packlint import overlooked
from packlint.declared import (
    MANIFEST,
    MARKETPLACE,
    complete,
    marketplace_packs,
    plugin_pack,
    plugin_skills,
    read_object,
)
from packlint.loader import Layout
from packlint.root import SKILL, Root, markdown_below, skills_at

_SKIPPED = {"node_modules", "__pycache__", "site-packages", "venv", "dist", "build"}
_MAX_DEPTH = 12


class PathError(Exception):
    """A path given by the user cannot be checked; the text says why and what to do."""


def discover(paths: Sequence[Path], layout: Layout | None = None, exclude: Sequence[str] = ()) -> list[Root]:
    """The packs below `paths`, in order of their folders, each once.

    Args:
        paths: folders, or single agent, command or document files of a pack.
        layout: how to read folders that could be either; None decides by what is there.
        exclude: glob patterns, matched against the path below each given folder.

    Raises:
        PathError: a path does not exist or is neither a folder nor a file.
    """
    found: dict[tuple[Path, Layout, str], Root] = {}
    for path in paths:
        for root in _below(_checked(path), layout, exclude):
            known = found.setdefault((root.base, root.layout, root.name), root)
            known.only = None if known.only is None or root.only is None else known.only | root.only
    return list(found.values())


def _checked(path: Path) -> Path:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise PathError(
            f"{path} does not exist; give a folder with agents/, commands/ or skills/, or one file"
        ) from None
    except OSError as error:
        raise PathError(f"{path} cannot be read: {error.strerror}") from None
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
        raise PathError(f"{path} is neither a folder nor a regular file")
    return Path(os.path.abspath(path))


def _below(path: Path, layout: Layout | None, exclude: Sequence[str]) -> Iterator[Root]:
    if path.is_file():
        yield from _around(path, layout)
        return
    plain: list[Root] = []
    found = False
    for folder in _folders(path, exclude):
        for root in packs_at(folder, layout, folder == path):
            found = True
            yield root
        if folder != path and _has_pack_folders(folder):
            plain.append(plain_pack(folder, layout or Layout.PLUGIN))
    if not found:
        with_files = [root for root in plain if root.entries]
        yield from with_files or _around(path, layout)


def _folders(top: Path, exclude: Sequence[str]) -> Iterator[Path]:
    """`top` and the folders below it, symlinks not followed, in a stable order."""
    for current, names, _ in os.walk(top):
        folder = Path(current)
        below = folder.relative_to(top)
        depth = len(below.parts)
        names[:] = sorted(
            name
            for name in names
            if depth < _MAX_DEPTH
            and name not in _SKIPPED
            and not name.startswith(".")
            and not any(fnmatch((below / name).as_posix(), pattern.rstrip("/")) for pattern in exclude)
        )
        yield folder


def packs_at(folder: Path, layout: Layout | None, is_top: bool) -> Iterator[Root]:
    """The packs whose root is `folder`; `is_top` says that the user named it, or something in it."""
    manifest = folder / MANIFEST
    if layout is not Layout.PROJECT and (folder / MARKETPLACE).is_file():
        yield from marketplace_packs(folder)
    elif layout is not Layout.PROJECT and manifest.is_file():
        yield plugin_pack(folder)
    elif is_top and _has_pack_folders(folder) and (folder.name != ".claude" or layout is Layout.PLUGIN):
        plain = plain_pack(folder, layout or Layout.PLUGIN)
        if plain.entries:
            yield plain
    if layout is not Layout.PLUGIN and folder.name == ".claude" and is_top:
        yield project_pack(folder.parent)
    elif layout is not Layout.PLUGIN and _has_pack_folders(folder / ".claude"):
        yield project_pack(folder)


def _has_pack_folders(folder: Path) -> bool:
    return any((folder / name).is_dir() for name in ("agents", "commands", "skills"))


def _around(path: Path, layout: Layout | None) -> Iterator[Root]:
    """The pack that a single file, or a folder inside a pack, belongs to, narrowed to it."""
    for folder in path.parents:
        roots = list(packs_at(folder, layout, is_top=True))
        for root in roots:
            inside = {entry.path for entry in root.entries}
            wanted = {entry for entry in inside if path == entry or path in entry.parents}
            if wanted or path.is_file():
                root.only = frozenset(wanted or {path})
                yield root
                return
        if roots:
            return
    yield from _lone_skill(path, layout)


def _lone_skill(path: Path, layout: Layout | None) -> Iterator[Root]:
    """A folder with a SKILL.md in no pack: a plugin that is one skill."""
    folder = path.parent if path.name == SKILL else path
    if layout is not Layout.PROJECT and (folder / SKILL).is_file():
        yield plain_pack(folder, Layout.PLUGIN)


def plain_pack(folder: Path, layout: Layout) -> Root:
    """The pack of a folder without a manifest."""
    root = Root(folder, folder, layout, folder.name)
    if layout is Layout.PROJECT:
        return _fill(root, links=True)
    return complete(_fill(root, links=False))


def project_pack(folder: Path) -> Root:
    """The pack of a project's .claude."""
    root = _fill(Root(folder, folder / ".claude", Layout.PROJECT, folder.name), links=True)
    root.strays += overlooked.skills(root)
    settings = (root.base / name for name in ("settings.json", "settings.local.json"))
    for path in settings:
        if path.is_file():
            root.manifests.append(path)
            root.faults += read_object(path, "the client passes over the whole file, permissions and hooks included")[1]
    return root


def _fill(root: Root, *, links: bool) -> Root:
    extensions = (".md",) if root.layout is Layout.PROJECT else (".md", ".MD")
    root.agents += markdown_below(root.base / "agents", extensions, links)
    root.commands += markdown_below(root.base / "commands", (".md",), links)
    is_project = root.layout is Layout.PROJECT
    root.skills += skills_at(root.base / "skills", alone=False) if is_project else plugin_skills(root.base)
    return root
