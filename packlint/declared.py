"""Packs as their manifests describe them: a plugin, a marketplace of plugins, and what those declare."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

from packlint import overlooked
from packlint.disk import Disk, normal
from packlint.layout import Layout
from packlint.root import Entry, Fault, Root, is_below, markdown_below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MANIFEST = ".claude-plugin/plugin.json"
MARKETPLACE = ".claude-plugin/marketplace.json"


def marketplace_packs(disk: Disk, folder: str) -> Iterator[Root]:
    path = f"{folder}/{MARKETPLACE}"
    catalogue, faults = read_object(disk, path, "no plugin of this marketplace can be installed")
    metadata = catalogue.get("metadata")
    prefix = metadata.get("pluginRoot") if isinstance(metadata, dict) else None
    roots: dict[str, Root] = {}
    for plugin in _dicts(catalogue.get("plugins")):
        source = plugin.get("source")
        if not isinstance(source, str) or "://" in source:
            continue
        place = normal(os.path.join(folder, prefix if isinstance(prefix, str) else "", source))
        if not is_below(place, folder) or not disk.is_folder(place):
            words = f"the source '{source}' of plugin '{plugin.get('name')}' is no folder of this marketplace"
            faults.append(Fault(path, words, "the client cannot install this plugin", source))
        elif place not in roots:
            roots[place] = plugin_pack(disk, place, plugin.get("name"))
            for key in ("agents", "commands"):
                _add_declared(roots[place], key, plugin.get(key), path)
    if folder not in roots and (disk.is_file(f"{folder}/{MANIFEST}") or faults):
        roots[folder] = plugin_pack(disk, folder)
    for root in list(roots.values())[:1]:
        root.manifests.insert(0, path)
        root.faults += faults
    yield from roots.values()


def plugin_pack(disk: Disk, folder: str, name: Any = None) -> Root:
    path = f"{folder}/{MANIFEST}"
    has_manifest = disk.is_file(path)
    manifest: dict[str, Any] = {}
    faults: list[Fault] = []
    if has_manifest:
        manifest, faults = read_object(disk, path, "the client does not load this plugin")
    name = manifest.get("name", name)
    name = name if isinstance(name, str) and name else os.path.basename(folder)
    root = Root(folder, folder, Layout.PLUGIN, name, disk, faults=faults)
    root.manifests += [path] if has_manifest else []
    for key, extensions in (("agents", (".md", ".MD")), ("commands", (".md",))):
        if key in manifest:
            _add_declared(root, key, manifest[key], path)
        else:
            _entries(root, key).extend(markdown_below(disk, f"{folder}/{key}", extensions, links=False))
    hooks = manifest.get("hooks")
    return complete(root, hooks if isinstance(hooks, str) else "hooks/hooks.json")


def complete(root: Root, hooks: str = "hooks/hooks.json") -> Root:
    """A plugin with its hooks, and with what the client passes over."""
    path = normal(os.path.join(root.root, hooks))
    if is_below(path, root.root) and root.disk.is_file(path):
        root.manifests.append(path)
        root.faults += read_object(root.disk, path, "the client loads no hook of this file")[1]
    root.overlooked += overlooked.find(root.disk, root.root, bool(root.agents))
    return root


def _entries(root: Root, key: str) -> list[Entry]:
    return root.agents if key == "agents" else root.commands


def _add_declared(root: Root, key: str, declared: Any, manifest: str) -> None:
    """Files named in a manifest or a marketplace entry: a text, a list, or an object of sources."""
    if isinstance(declared, dict):
        declared = [value.get("source") for value in _dicts(list(declared.values()))]
    entries = _entries(root, key)
    known = {entry.path for entry in entries}
    for text in [declared] if isinstance(declared, str) else declared if isinstance(declared, list) else []:
        if not isinstance(text, str):
            continue
        place = normal(os.path.join(root.root, text))
        found: list[Entry] = []
        if not is_below(place, root.root):
            words = f"the {key} path '{text}' leaves the plugin"
            root.faults.append(Fault(manifest, words, "the client does not load it", text))
        elif root.disk.is_folder(place):
            found = markdown_below(root.disk, place, (".md",), links=False)
        elif root.disk.is_file(place):
            found = [Entry(place, (os.path.basename(place),))]
        else:
            words = f"the {key} path '{text}' does not exist"
            root.faults.append(Fault(manifest, words, "the client reports the path and loads the rest", text))
        entries += [entry for entry in found if entry.path not in known]
        known |= {entry.path for entry in found}


def read_object(disk: Disk, path: str, consequence: str) -> tuple[dict[str, Any], list[Fault]]:
    """A JSON file's object, or an empty one and what is wrong with the file."""
    raw, reason = disk.read(path)
    if reason is not None:
        return {}, [Fault(path, f"cannot be read: {reason}", consequence)]
    try:
        value = json.loads(raw.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        return {}, [Fault(path, f"not valid JSON: {error.msg}", consequence, offset=_offset(error))]
    except (ValueError, RecursionError) as error:
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
