"""Packs as their manifests describe them: a plugin, a marketplace of plugins, and what those declare."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from packlint import overlooked
from packlint.loader import Layout
from packlint.root import Entry, Fault, Keys, Root, markdown_below, skill_in, skills_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MANIFEST = ".claude-plugin/plugin.json"
MARKETPLACE = ".claude-plugin/marketplace.json"
_NOT_LOADED = "the client does not load it"
_KINDS = {"agents": (".md", ".MD"), "commands": (".md",)}


def marketplace_packs(folder: Path) -> Iterator[Root]:
    path = folder / MARKETPLACE
    catalogue, faults = read_object(path, "no plugin of this marketplace can be installed")
    metadata = catalogue.get("metadata")
    prefix = metadata.get("pluginRoot") if isinstance(metadata, dict) else None
    roots: dict[tuple[Path, str], Root] = {}
    plugins = catalogue.get("plugins")
    for index, plugin in enumerate(plugins if isinstance(plugins, list) else ()):
        if not isinstance(plugin, dict):
            continue
        source = plugin.get("source")
        if not isinstance(source, str) or "://" in source:
            continue
        place = Path(os.path.normpath(folder / (prefix if isinstance(prefix, str) else "") / source))
        if not place.is_relative_to(folder) or not place.is_dir():
            words = f"the source '{source}' of plugin '{plugin.get('name')}' is no folder of this marketplace"
            faults.append(Fault(path, words, "the client cannot install this plugin", ("plugins", index, "source")))
            continue
        root = plugin_pack(place, plugin.get("name"))
        if (place, root.name) not in roots:
            roots[place, root.name] = root
            _add_entry(root, plugin, index, path)
    if all(place != folder for place, _ in roots) and ((folder / MANIFEST).is_file() or faults):
        roots[folder, ""] = plugin_pack(folder)
    first = next(iter(roots.values()), None)
    if first is not None:
        first.manifests.insert(0, path)
        # The catalogue is judged once, with the first of its plugins.
        of_others = [fault for root in roots.values() for fault in root.faults if fault.path == path]
        for root in roots.values():
            root.faults = [fault for fault in root.faults if fault.path != path]
        first.faults += [*faults, *of_others]
    yield from roots.values()


def _add_entry(root: Root, plugin: dict[str, Any], index: int, catalogue: Path) -> None:
    """What the marketplace's entry says of a plugin's files (measured)."""
    named = [key for key in (*_KINDS, "skills") if plugin.get(key)]
    if plugin.get("strict") is False and named and (root.root / MANIFEST).is_file():
        words = f"'strict' is false, the entry of '{root.name}' names {named[0]}, and the plugin has a plugin.json"
        told = "clients 2.1.197 and 2.1.328 load nothing of this plugin"
        root.faults.append(Fault(catalogue, words, told, ("plugins", index, "strict")))
        root.agents, root.commands, root.skills = [], [], []
        return
    for key in _KINDS:
        _add_declared(root, key, plugin.get(key), catalogue, ("plugins", index))
    if plugin.get("skills"):
        skills = root.skills
        # Where the plugin is the marketplace's own folder, only the skills that the entry names are its own.
        root.skills = [] if root.root == catalogue.parents[1] else skills
        _add_skills(root, plugin["skills"], catalogue, ("plugins", index))
        root.skills = root.skills or skills


def plugin_pack(folder: Path, name: Any = None) -> Root:
    path = folder / MANIFEST
    manifest: dict[str, Any] = {}
    faults: list[Fault] = []
    if path.is_file():
        manifest, faults = read_object(path, "the client does not load this plugin")
    name = manifest.get("name", name)
    root = Root(folder, folder, Layout.PLUGIN, name if isinstance(name, str) and name else folder.name, faults=faults)
    root.manifests += [path] if path.is_file() else []
    for key, extensions in _KINDS.items():
        if key in manifest:
            _add_declared(root, key, manifest[key], path)
        else:
            _entries(root, key).extend(markdown_below(folder / key, extensions, links=False))
    root.skills += plugin_skills(folder, declared="skills" in manifest)
    _add_skills(root, manifest.get("skills"), path)
    hooks = manifest.get("hooks")
    return complete(root, hooks if isinstance(hooks, str) else "hooks/hooks.json")


def plugin_skills(folder: Path, *, declared: bool = False) -> list[Entry]:
    """The skills in skills/, or the one that the plugin's folder is where it has no others (measured)."""
    if declared or (folder / "skills").is_dir():
        return skills_at(folder / "skills", alone=True)
    found = skill_in(folder, alone=True)
    return [found] if found else []


def complete(root: Root, hooks: str = "hooks/hooks.json") -> Root:
    """A plugin with its hooks, and with what the client passes over."""
    path = Path(os.path.normpath(root.root / hooks))
    if path.is_relative_to(root.root) and path.is_file():
        root.manifests.append(path)
        root.faults += read_object(path, "the client loads no hook of this file")[1]
    has = [name for name, entries in (("agents", root.agents), ("skills", root.skills)) if entries]
    root.overlooked += overlooked.find(root.root, has)
    root.strays += overlooked.skills(root)
    return root


def _entries(root: Root, key: str) -> list[Entry]:
    return root.agents if key == "agents" else root.commands


def _add_declared(root: Root, key: str, declared: Any, manifest: Path, around: Keys = ()) -> None:
    """Files named in a manifest or a marketplace entry: a text, a list, or an object of sources."""
    for text, spot in _sources(declared) if isinstance(declared, dict) else _texts(declared):
        place = Path(os.path.normpath(root.root / text))
        known = {entry.path for entry in _entries(root, key)}
        if not place.is_relative_to(root.root):
            _blame(root, manifest, (*around, key, *spot), f"the {key} path '{text}' leaves the plugin", _NOT_LOADED)
        elif place.is_dir():
            found = markdown_below(place, (".md",), links=False)
            _entries(root, key).extend(entry for entry in found if entry.path not in known)
        elif not place.is_file():
            told = "the client reports the path and loads the rest"
            _blame(root, manifest, (*around, key, *spot), f"the {key} path '{text}' does not exist", told)
        elif place not in known:
            _entries(root, key).append(Entry(place, (place.name,)))


def _add_skills(root: Root, declared: Any, manifest: Path, around: Keys = ()) -> None:
    """Folders named as skills, or as folders of skills: they come to those in skills/ (measured)."""
    for text, spot in _texts(declared):
        place = Path(os.path.normpath(root.root / text))
        known = {entry.path for entry in root.skills}
        if not place.is_relative_to(root.root):
            _blame(
                root, manifest, (*around, "skills", *spot), f"the skills path '{text}' leaves the plugin", _NOT_LOADED
            )
        elif place.is_file():
            told = "the client reports it and loads no skill from it; name the folder that holds SKILL.md"
            _blame(root, manifest, (*around, "skills", *spot), f"the skills path '{text}' is a file", told)
        elif place.is_dir():
            root.skills += [entry for entry in skills_at(place, alone=True) if entry.path not in known]
        elif around:  # the rule for paths of plugin.json says it there
            told = "the client loads the plugin without it"
            _blame(root, manifest, (*around, "skills", *spot), f"the skills path '{text}' does not exist", told)


def _texts(declared: Any) -> Iterator[tuple[str, Keys]]:
    if isinstance(declared, str):
        yield declared, ()
    for index, text in enumerate(declared if isinstance(declared, list) else ()):
        if isinstance(text, str):
            yield text, (index,)


def _sources(declared: dict[str, Any]) -> Iterator[tuple[str, Keys]]:
    for name, value in declared.items():
        if isinstance(value, dict) and isinstance(value.get("source"), str):
            yield value["source"], (name, "source")


def _blame(root: Root, manifest: Path, spot: Keys, words: str, told: str) -> None:
    root.faults.append(Fault(manifest, words, told, spot))


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
