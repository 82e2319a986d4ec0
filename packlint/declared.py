"""Packs as their manifests describe them: a plugin, a marketplace of plugins, and what those declare."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from packlint import overlooked
from packlint.loader import Layout
from packlint.root import Entry, Fault, Root, markdown_below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MANIFEST = ".claude-plugin/plugin.json"
MARKETPLACE = ".claude-plugin/marketplace.json"


def marketplace_packs(folder: Path) -> Iterator[Root]:
    path = folder / MARKETPLACE
    catalogue, faults = read_object(path, "no plugin of this marketplace can be installed")
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
            roots[place] = plugin_pack(place, plugin.get("name"))
            for key in ("agents", "commands"):
                _add_declared(roots[place], key, plugin.get(key), path)
    if folder not in roots and ((folder / MANIFEST).is_file() or faults):
        roots[folder] = plugin_pack(folder)
    for root in list(roots.values())[:1]:
        root.manifests.insert(0, path)
        root.faults += faults
    yield from roots.values()


def plugin_pack(folder: Path, name: Any = None) -> Root:
    path = folder / MANIFEST
    manifest: dict[str, Any] = {}
    faults: list[Fault] = []
    if path.is_file():
        manifest, faults = read_object(path, "the client does not load this plugin")
    name = manifest.get("name", name)
    root = Root(folder, folder, Layout.PLUGIN, name if isinstance(name, str) and name else folder.name, faults=faults)
    root.manifests += [path] if path.is_file() else []
    for key, extensions in (("agents", (".md", ".MD")), ("commands", (".md",))):
        if key in manifest:
            _add_declared(root, key, manifest[key], path)
        else:
            _entries(root, key).extend(markdown_below(folder / key, extensions, links=False))
    hooks = manifest.get("hooks")
    return complete(root, hooks if isinstance(hooks, str) else "hooks/hooks.json")


def complete(root: Root, hooks: str = "hooks/hooks.json") -> Root:
    """A plugin with its hooks, and with what the client passes over."""
    path = Path(os.path.normpath(root.root / hooks))
    if path.is_relative_to(root.root) and path.is_file():
        root.manifests.append(path)
        root.faults += read_object(path, "the client loads no hook of this file")[1]
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
            found = markdown_below(place, (".md",), links=False)
            _entries(root, key).extend(entry for entry in found if entry.path not in known)
        elif not place.is_file():
            words = f"the {key} path '{text}' does not exist"
            root.faults.append(Fault(manifest, words, "the client reports the path and loads the rest", text))
        elif place not in known:
            _entries(root, key).append(Entry(place, (place.name,)))


def read_object(path: Path, consequence: str) -> tuple[dict[str, Any], list[Fault]]:
    """A JSON file's object, or an empty one and what is wrong with the file."""
    try:
        value = json.loads(path.read_bytes().decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        return {}, [Fault(path, f"not valid JSON: {error.msg}", consequence, offset=_offset(error))]
    except (OSError, ValueError, RecursionError) as error:
        return {}, [Fault(path, f"not valid JSON: {error}", consequence)]
    if not isinstance(value, dict):
        return {}, [Fault(path, "not a JSON object", consequence)]
    return value, []


def _offset(error: json.JSONDecodeError) -> int:
    """Where JSON is broken; a comma at the end is the fault itself, which older Pythons notice one step later."""
    before = error.doc[: error.pos].rstrip()
    is_last_comma = before.endswith(",") and error.doc[error.pos : error.pos + 1] in ("}", "]")
    return len(before) - 1 if is_last_comma else error.pos


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
