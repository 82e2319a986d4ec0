"""Which packs a path holds, and which files of each the client would look at.

A pack is a plugin (its manifest, its marketplace entry, or plain agents/ and commands/ folders) or
a project (``.claude``). Only regular files are looked at, and nothing outside the path is searched.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from packlint import overlooked
from packlint.loader import Layout
from packlint.overlooked import Overlooked

_SKIPPED = {"node_modules", "__pycache__", "site-packages", "venv", "dist", "build"}
_MANIFEST = ".claude-plugin/plugin.json"
_MARKETPLACE = ".claude-plugin/marketplace.json"
_MAX_DEPTH = 12


class PathError(Exception):
    """A path given by the user cannot be checked; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in a role: `parts` is its place below agents/ or commands/."""

    path: Path
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a manifest: its file, the words, and the text in it that is concerned."""

    path: Path
    text: str
    consequence: str
    about: str = ""


@dataclass(slots=True)
class Root:
    """A pack found: `base` holds its agents/ and commands/, `root` is what paths resolve against."""

    root: Path
    base: Path
    layout: Layout
    name: str
    agents: list[Entry] = field(default_factory=list)
    commands: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    manifests: list[Path] = field(default_factory=list)
    overlooked: list[Overlooked] = field(default_factory=list)
    only: frozenset[Path] | None = None


def discover(paths: Sequence[Path], layout: Layout | None = None, exclude: Sequence[str] = ()) -> list[Root]:
    """The packs below `paths`, in order of their folders, each once.

    Args:
        paths: folders, or single agent, command or document files of a pack.
        layout: how to read folders that could be either; None decides by what is there.
        exclude: glob patterns, matched against the path below each given folder.

    Raises:
        PathError: a path does not exist or is neither a folder nor a file.
    """
    found: dict[tuple[Path, Layout], Root] = {}
    for path in paths:
        for root in _below(_checked(path), layout, exclude):
            known = found.setdefault((root.base, root.layout), root)
            known.only = None if known.only is None or root.only is None else known.only | root.only
    return list(found.values())


def _checked(path: Path) -> Path:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise PathError(f"{path} does not exist; give a folder with agents/ or commands/, or one file") from None
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
        for root in _packs_at(folder, layout, folder == path):
            found = True
            yield root
        if folder != path and _has_pack_folders(folder):
            plain.append(_plain(folder, layout or Layout.PLUGIN))
    if not found:
        with_files = [root for root in plain if root.agents or root.commands]
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


def _packs_at(folder: Path, layout: Layout | None, is_top: bool) -> Iterator[Root]:
    manifest = folder / _MANIFEST
    if layout is not Layout.PROJECT and (folder / _MARKETPLACE).is_file():
        yield from _marketplace(folder)
    elif layout is not Layout.PROJECT and manifest.is_file():
        yield _plugin(folder)
    elif is_top and _has_pack_folders(folder):
        plain = _plain(folder, layout or Layout.PLUGIN)
        if plain.agents or plain.commands:
            yield plain
    if layout is not Layout.PLUGIN and folder.name == ".claude" and is_top:
        yield _project(folder.parent)
    elif layout is not Layout.PLUGIN and _has_pack_folders(folder / ".claude"):
        yield _project(folder)


def _has_pack_folders(folder: Path) -> bool:
    return (folder / "agents").is_dir() or (folder / "commands").is_dir()


def _around(path: Path, layout: Layout | None) -> Iterator[Root]:
    """The pack that a single file, or a folder inside a pack, belongs to, narrowed to it."""
    for folder in path.parents:
        roots = list(_packs_at(folder, layout, is_top=True))
        for root in roots:
            inside = {entry.path for entry in (*root.agents, *root.commands)}
            wanted = {entry for entry in inside if path == entry or path in entry.parents}
            if wanted or path.is_file():
                root.only = frozenset(wanted or {path})
                yield root
                return
        if roots:
            return


def _marketplace(folder: Path) -> Iterator[Root]:
    path = folder / _MARKETPLACE
    catalogue, faults = _json(path, "no plugin of this marketplace can be installed")
    metadata = catalogue.get("metadata")
    prefix = metadata.get("pluginRoot") if isinstance(metadata, dict) else None
    roots: dict[Path, Root] = {}
    for plugin in _dicts(catalogue.get("plugins")):
        source = plugin.get("source")
        if not isinstance(source, str) or "://" in source:
            continue
        place = Path(os.path.normpath(folder / (prefix if isinstance(prefix, str) else "") / source))
        if not place.is_relative_to(folder) or not place.is_dir():
            words = f"the source '{source}' of plugin '{plugin.get('name')}' is no folder of this marketplace"
            faults.append(Fault(path, words, "the client cannot install this plugin", source))
        elif place not in roots:
            roots[place] = _plugin(place, plugin.get("name"))
            for key in ("agents", "commands"):
                _add_declared(roots[place], key, plugin.get(key), path)
    if folder not in roots and ((folder / _MANIFEST).is_file() or faults):
        roots[folder] = _plugin(folder)
    for root in list(roots.values())[:1]:
        root.manifests.insert(0, path)
        root.faults += faults
    yield from roots.values()


def _plugin(folder: Path, name: Any = None) -> Root:
    path = folder / _MANIFEST
    manifest: dict[str, Any] = {}
    faults: list[Fault] = []
    if path.is_file():
        manifest, faults = _json(path, "the client does not load this plugin")
    name = manifest.get("name", name)
    root = Root(folder, folder, Layout.PLUGIN, name if isinstance(name, str) and name else folder.name, faults=faults)
    root.manifests += [path] if path.is_file() else []
    for key, extensions in (("agents", (".md", ".MD")), ("commands", (".md",))):
        if key in manifest:
            _add_declared(root, key, manifest[key], path)
        else:
            _entries(root, key).extend(_markdown_below(folder / key, extensions, links=False))
    hooks = manifest.get("hooks")
    return _complete(root, hooks if isinstance(hooks, str) else "hooks/hooks.json")


def _complete(root: Root, hooks: str = "hooks/hooks.json") -> Root:
    """A plugin with its hooks, and with what the client passes over."""
    path = Path(os.path.normpath(root.root / hooks))
    if path.is_relative_to(root.root) and path.is_file():
        root.manifests.append(path)
        root.faults += _json(path, "the client loads no hook of this file")[1]
    root.overlooked += overlooked.find(root.root, bool(root.agents))
    return root


def _entries(root: Root, key: str) -> list[Entry]:
    return root.agents if key == "agents" else root.commands


def _add_declared(root: Root, key: str, declared: Any, manifest: Path) -> None:
    """Files named in a manifest or a marketplace entry: a text, a list, or an object of sources."""
    if isinstance(declared, dict):
        declared = [value.get("source") for value in _dicts(list(declared.values()))]
    for text in [declared] if isinstance(declared, str) else declared if isinstance(declared, list) else []:
        if not isinstance(text, str):
            continue
        place = Path(os.path.normpath(root.root / text))
        known = {entry.path for entry in _entries(root, key)}
        if not place.is_relative_to(root.root):
            words = f"the {key} path '{text}' leaves the plugin"
            root.faults.append(Fault(manifest, words, "the client does not load it", text))
        elif place.is_dir():
            found = _markdown_below(place, (".md",), links=False)
            _entries(root, key).extend(entry for entry in found if entry.path not in known)
        elif not place.is_file():
            words = f"the {key} path '{text}' does not exist"
            root.faults.append(Fault(manifest, words, "the client reports the path and loads the rest", text))
        elif place not in known:
            _entries(root, key).append(Entry(place, (place.name,)))


def _plain(folder: Path, layout: Layout) -> Root:
    root = Root(folder, folder, layout, folder.name)
    if layout is Layout.PROJECT:
        return _fill(root, links=True)
    return _complete(_fill(root, links=False))


def _project(folder: Path) -> Root:
    root = _fill(Root(folder, folder / ".claude", Layout.PROJECT, folder.name), links=True)
    settings = (root.base / name for name in ("settings.json", "settings.local.json"))
    root.manifests += [path for path in settings if path.is_file()]
    return root


def _fill(root: Root, *, links: bool) -> Root:
    extensions = (".md",) if root.layout is Layout.PROJECT else (".md", ".MD")
    root.agents += _markdown_below(root.base / "agents", extensions, links)
    root.commands += _markdown_below(root.base / "commands", (".md",), links)
    return root


def _markdown_below(top: Path, extensions: tuple[str, ...], links: bool) -> list[Entry]:
    """Regular Markdown files below `top`. A plugin's own folders may be links, what is in them not."""
    found, seen = [], set()
    for current, names, files in os.walk(top, followlinks=links):
        real = os.path.realpath(current)
        if real in seen:
            names[:] = []
            continue
        seen.add(real)
        names.sort()
        for name in sorted(files):
            path = Path(current, name)
            if name.endswith(extensions) and path.is_file() and (links or not path.is_symlink()):
                found.append(Entry(path, path.relative_to(top).parts))
    return found


def _json(path: Path, consequence: str) -> tuple[dict[str, Any], list[Fault]]:
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        return {}, [Fault(path, f"not valid JSON: {error}", consequence)]
    if not isinstance(value, dict):
        return {}, [Fault(path, "not a JSON object", consequence)]
    return value, []


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
