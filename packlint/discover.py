"""Which packs a path holds, and which files of each the client would look at.

A pack is a plugin (its manifest, its marketplace entry, or plain agents/, commands/ and skills/ folders) or
a project (``.claude``). Only regular files are looked at, and nothing outside the path is searched.
"""

from __future__ import annotations

import os
import stat

from packlint.discovery import overlooked
from packlint.discovery.declared import (
    MANIFEST,
    MARKETPLACE,
    complete,
    marketplace_packs,
    plugin_pack,
    plugin_skills,
)
from packlint.discovery.layout import Layout
from packlint.discovery.root import BEHIND, SKILL, Root, is_below, markdown_below, read_object, skills_at
from packlint.files.disk import Disk
from packlint.files.filesystem import DANGLING, FILE, FOLDER, normal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SKIPPED = {"node_modules", "__pycache__", "site-packages", "venv", "dist", "build"}
PACK_FOLDERS = ("agents", "commands", "skills")
_MAX_DEPTH = 12


class PathError(Exception):
    """A path given by the user cannot be checked; the text says why and what to do."""


def discover(
    paths: Sequence[str | os.PathLike[str]],
    layout: Layout | None = None,
    exclude: Sequence[str] = (),
    disk: Disk | None = None,
    base: str | None = None,
) -> list[Root]:
    """The packs below `paths`, in order of their folders whatever the order of `paths`, each once.

    Args:
        paths: folders, or single agent, command or document files of a pack.
        layout: how to read folders that could be either; None decides by what is there.
        exclude: glob patterns of folders, matched against the path below each given folder and below `base`, or against
            the whole path where they are absolute.
        disk: looks at the files; a new one where there is none.
        base: the folder that patterns count from; the current one where None.

    Raises:
        PathError: a path does not exist or is neither a folder nor a file.
    """
    search = _Search(disk or Disk(), layout, exclude, base or os.getcwd())
    found: dict[tuple[str, Layout, str], Root] = {}
    for path in sorted({_checked(os.fspath(path)) for path in paths}):
        for root in search.below(path):
            known = found.setdefault((root.base, root.layout, root.name), root)
            known.only = None if known.only is None or root.only is None else known.only | root.only
    return list(found.values())


def _checked(path: str) -> str:
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        fault = f"is {DANGLING}" if os.path.islink(path) else "does not exist"
        raise PathError(f"{path} {fault}; give a folder with agents/, commands/ or skills/, or one file") from None
    except OSError as error:
        raise PathError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError:
        raise PathError(f"{path!r} cannot be a path") from None
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
        raise PathError(f"{path} is neither a folder nor a regular file")
    if stat.S_ISDIR(mode) and not os.access(path, os.R_OK | os.X_OK):
        raise PathError(f"{path} cannot be read: permission denied")
    return normal(os.path.abspath(path))


class _Search:
    """One search: the disk it looks at and what the user wants of it."""

    def __init__(self, disk: Disk, layout: Layout | None, exclude: Sequence[str], base: str) -> None:
        self._disk = disk
        self._layout = layout
        self._exclude = [_of_folder(pattern) for pattern in exclude]
        self._base = base

    def below(self, path: str) -> Iterator[Root]:
        if self._disk.is_file(path):
            yield from self._around(path)
            return
        plain: list[Root] = []
        found = False
        for folder in self._folders(path):
            for root in packs_at(self._disk, folder, self._layout, folder == path):
                found = True
                yield root
            if folder != path and _has_pack_folders(self._disk, folder):
                plain.append(plain_pack(self._disk, folder, self._layout or Layout.PLUGIN))
        if not found:
            with_files = _without_parts_of_skills([root for root in plain if root.entries])
            yield from with_files or settings_alone(self._disk, path, self._layout) or self._around(path)

    def _folders(self, top: str) -> Iterator[str]:
        """`top` and the folders below it, symlinks not followed, in a stable order."""
        stack = [(top, "", 0)]
        while stack:
            folder, below, depth = stack.pop()
            yield folder
            if depth == _MAX_DEPTH:
                continue
            names = [name for name, kind in self._disk.entries(folder).items() if kind == FOLDER]
            for name in reversed(names):
                place = f"{below}/{name}" if below else name
                if name not in _SKIPPED and name[0] != "." and not self._is_excluded(place, f"{folder}/{name}"):
                    stack.append((f"{folder}/{name}", place, depth + 1))

    def _is_excluded(self, place: str, full: str) -> bool:
        if not self._exclude:
            return False
        from packlint.text.wildcards import matches

        places = (place, normal(os.path.relpath(full, self._base)))
        return any(
            matches(each, pattern)
            for pattern in self._exclude
            for each in ((full,) if os.path.isabs(pattern) else places)
        )

    def _around(self, path: str) -> Iterator[Root]:
        """The pack that a single file, or a folder inside a pack, belongs to, narrowed to it."""
        for folder in above(path):
            roots = list(packs_at(self._disk, folder, self._layout, is_top=True))
            for root in roots:
                inside = {entry.path for entry in root.entries}
                wanted = {entry for entry in inside if is_below(entry, path)}
                if wanted or self._disk.is_file(path):
                    written = {entry for entry in inside if entry.startswith(f"{path}{BEHIND}")}
                    root.only = frozenset(wanted or {path, *written})
                    yield root
                    return
            if roots:
                return
        yield from self._lone_skill(path)

    def _lone_skill(self, path: str) -> Iterator[Root]:
        """A folder with a SKILL.md in no pack: a plugin that is one skill."""
        folder = os.path.dirname(path) if path.endswith(f"/{SKILL}") else path
        if self._layout is not Layout.PROJECT and self._disk.is_file(f"{folder}/{SKILL}"):
            yield plain_pack(self._disk, folder, Layout.PLUGIN)


def _without_parts_of_skills(plain: list[Root]) -> list[Root]:
    """Those of the packs that are none of another's skills: what a skill keeps in its agents/ are no agents."""
    folders = {f"{root.base}/skills" for root in plain if root.skills}
    made = ((os.path.dirname(skill.path), root.base) for root in plain for skill in root.skills)
    skills = {folder for folder, base in made if folder != base}
    return [root for root in plain if root.base not in folders and skills.isdisjoint((root.base, *above(root.base)))]


def _of_folder(pattern: str) -> str:
    """A pattern for a folder; who leaves out all that is in one leaves out the folder."""
    return pattern.removeprefix("./").rstrip("/").removesuffix("/**").removesuffix("/*")


def above(path: str) -> Iterator[str]:
    """The folders around a path, the nearest first."""
    while (folder := os.path.dirname(path)) != path:
        yield folder
        path = folder


def packs_at(disk: Disk, folder: str, layout: Layout | None, is_top: bool) -> Iterator[Root]:
    """The packs whose root is `folder`; `is_top` says that the user named it, or something in it."""
    names = disk.entries(folder)
    has_manifests = ".claude-plugin" in names and layout is not Layout.PROJECT
    if has_manifests and disk.is_file(f"{folder}/{MARKETPLACE}"):
        yield from marketplace_packs(disk, folder)
    elif has_manifests and disk.is_file(f"{folder}/{MANIFEST}"):
        yield plugin_pack(disk, folder)
    elif is_top and _has_pack_folders(disk, folder) and (not is_dot_claude(folder) or layout is Layout.PLUGIN):
        plain = plain_pack(disk, folder, layout or Layout.PLUGIN)
        if plain.entries:
            yield plain
    if layout is not Layout.PLUGIN and is_dot_claude(folder) and is_top:
        yield project_pack(disk, os.path.dirname(folder))
    elif layout is not Layout.PLUGIN and ".claude" in names and _has_pack_folders(disk, f"{folder}/.claude", FILE):
        yield project_pack(disk, folder)


def is_dot_claude(folder: str) -> bool:
    return folder.endswith("/.claude")


def _has_pack_folders(disk: Disk, folder: str, *also: str) -> bool:
    """Whether a folder has those of a pack; `also`: what may be there in their place."""
    names = disk.entries(folder)
    if names.keys().isdisjoint(PACK_FOLDERS):
        return False
    return any(name in names and disk.kind(f"{folder}/{name}") in (FOLDER, *also) for name in PACK_FOLDERS)


def plain_pack(disk: Disk, folder: str, layout: Layout) -> Root:
    """The pack of a folder without a manifest."""
    root = _fill(Root(folder, folder, layout, os.path.basename(folder), disk))
    root.is_plain = _has_pack_folders(disk, folder)
    # Nobody declared that its agents/ holds agents: where that has packs inside, they are something else.
    inner = list(_inner_packs(disk, f"{folder}/agents"))
    root.agents = [entry for entry in root.agents if not any(is_below(entry.path, place) for place in inner)]
    return root if layout is Layout.PROJECT else complete(root)


def _inner_packs(disk: Disk, folder: str) -> Iterator[str]:
    for name, kind in disk.entries(folder).items() if disk.is_folder(folder) else ():
        if kind == FOLDER and _has_pack_folders(disk, f"{folder}/{name}"):
            yield f"{folder}/{name}"


def project_pack(disk: Disk, folder: str) -> Root:
    """The pack of a project's .claude."""
    base = f"{folder.rstrip('/')}/.claude"
    root = _fill(Root(folder, base, Layout.PROJECT, os.path.basename(folder), disk))
    root.strays += [*overlooked.folders(root), *overlooked.skills(root)]
    for name in ("settings.json", "settings.local.json"):
        path = f"{base}/{name}"
        if disk.is_file(path):
            root.manifests.append(path)
            consequence = "the client passes over the whole file, permissions and hooks included"
            root.faults += read_object(disk, path, consequence)[1]
    return root


def settings_alone(disk: Disk, folder: str, layout: Layout | None) -> list[Root]:
    """A project that has settings and neither agents, commands nor skills."""
    is_project = layout is not Layout.PLUGIN and disk.is_folder(f"{folder}/.claude")
    found = [project_pack(disk, folder)] if is_project else []
    return [root for root in found if root.manifests]


def _fill(root: Root) -> Root:
    is_project = root.layout is Layout.PROJECT
    root.agents += markdown_below(root.disk, f"{root.base}/agents", in_plugin=not is_project)
    root.commands += markdown_below(root.disk, f"{root.base}/commands", in_plugin=not is_project)
    folder = f"{root.base}/skills"
    root.skills += skills_at(root.disk, folder, alone=False) if is_project else plugin_skills(root.disk, root.base)
    return root
