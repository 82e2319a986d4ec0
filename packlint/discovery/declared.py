"""Packs as their manifests describe them: a plugin, a marketplace of plugins, and what those declare."""

from __future__ import annotations

import os

from packlint.discovery import overlooked
from packlint.discovery.layout import Layout
from packlint.discovery.root import (
    SKILL,
    Entry,
    Fault,
    Root,
    is_below,
    markdown_below,
    read_object,
    skill_in,
    skills_at,
)
from packlint.files.disk import Disk
from packlint.files.filesystem import normal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from packlint.discovery.root import Says
    from packlint.parsing.jsonplace import Keys

MANIFEST = ".claude-plugin/plugin.json"
MARKETPLACE = ".claude-plugin/marketplace.json"
_NOT_LOADED = "the client does not load it"
_LEADS_OUT, _REFUSED = "is a link that leaves the plugin", "client 2.1.328 does not load it"
# What an object of commands may say of one, and the key of the frontmatter that it stands for.
_SAID = {
    "description": "description",
    "argumentHint": "argument-hint",
    "model": "model",
    "allowedTools": "allowed-tools",
}
_KINDS = ("agents", "commands")
# What an entry that is not strict may not name, empty or not, where the plugin has a plugin.json (measured).
_CONFLICTING = ("agents", "commands", "skills", "hooks", "outputStyles", "themes")


def marketplace_packs(disk: Disk, folder: str) -> Iterator[Root]:
    """The plugins of the marketplace in a folder whose files are there, and the one that the folder itself is."""
    path = f"{folder}/{MARKETPLACE}"
    catalogue, faults = read_object(disk, path, "no plugin of this marketplace can be installed")
    roots: dict[tuple[str, str], Root] = {}
    here: dict[str, Root] = {}
    plugins = catalogue["plugins"] if isinstance(catalogue.get("plugins"), list) else []
    for index, plugin in enumerate(plugins):
        place = _place_of(plugin, catalogue, folder)
        if place is None:
            continue
        if not is_below(place, folder) or not disk.is_folder(place):
            words = f"the source '{plugin['source']}' of plugin '{plugin.get('name')}' is no folder of this marketplace"
            faults.append(Fault(path, words, "the client cannot install this plugin", ("plugins", index, "source")))
            continue
        root = plugin_pack(disk, place, plugin.get("name"))
        known = roots.setdefault((place, root.name), root)
        if known is root:
            _add_entry(root, plugin, index, folder)
            root.listed = str(plugin.get("name"))
        known.listings.append((path, index))
        here.setdefault(str(plugin.get("name")), known)
    if all(place != folder for place, _ in roots) and (disk.is_file(f"{folder}/{MANIFEST}") or faults):
        roots[folder, ""] = plugin_pack(disk, folder)
    if catalogue and not roots:  # all its plugins are elsewhere
        roots[folder, ""] = Root(folder, folder, Layout.PLUGIN, os.path.basename(folder), disk)
    found = list(roots.values())
    said = [each for each in (*plugins, *(root.manifest for root in found)) if isinstance(each, dict)]
    if any("dependencies" in each for each in said):
        from packlint.discovery import market

        read = market.read(catalogue, plugins, here)
        for root in found:
            root.market = read
    if found:
        # With the pack of the marketplace's own folder, where it is one.
        _give_to_one(roots.get((folder, ""), found[0]), found, path, faults)
    yield from found


def _place_of(plugin: Any, catalogue: dict[str, Any], folder: str) -> str | None:
    """Where the files of a plugin should be; None where its entry names no place in the marketplace's folder."""
    source = plugin.get("source") if isinstance(plugin, dict) else None
    if not isinstance(source, str) or "://" in source:
        return None
    metadata = catalogue.get("metadata")
    prefix = metadata.get("pluginRoot") if isinstance(metadata, dict) else None
    is_path = source == "." or source.startswith(("./", "../"))
    if not is_path and prefix is None:
        return None  # the rule for marketplaces says it
    # Documented: `pluginRoot` is put before bare names alone, a path counts from the marketplace's folder.
    return normal(os.path.join(folder, prefix if isinstance(prefix, str) and not is_path else "", source))


def _give_to_one(chosen: Root, roots: list[Root], catalogue: str, faults: list[Fault]) -> None:
    """Let the catalogue be judged once, with the chosen pack, which gets the faults found for others, too."""
    of_others = [fault for root in roots for fault in root.faults if fault.path == catalogue]
    for root in roots:
        root.faults = [fault for fault in root.faults if fault.path != catalogue]
    chosen.manifests.insert(0, catalogue)
    chosen.faults += [*faults, *of_others]


def _add_entry(root: Root, plugin: dict[str, Any], index: int, folder: str) -> None:
    """What the entry of the marketplace in `folder` says of a plugin's files (measured)."""
    catalogue, around = f"{folder}/{MARKETPLACE}", ("plugins", index)
    named = [key for key in _CONFLICTING if plugin.get(key) not in (None, "")]
    if plugin.get("strict") is False and named and root.disk.is_file(f"{root.root}/{MANIFEST}"):
        words = f"'strict' is false, the entry of '{root.name}' names {named[0]}, and the plugin has a plugin.json"
        told = "clients 2.1.197 and 2.1.328 load nothing of this plugin"
        root.faults.append(Fault(catalogue, words, told, (*around, "strict")))
        root.agents, root.commands, root.skills = [], [], []
        return
    for key in _KINDS:
        _add_declared(root, key, plugin.get(key), catalogue, around)
    if plugin.get("skills"):
        skills = root.skills
        # Where the plugin is the marketplace's own folder, only the skills that the entry names are its own.
        root.skills = [] if root.root == folder else skills
        _add_skills(root, plugin["skills"], catalogue, around)
        root.skills = root.skills or skills


def plugin_pack(disk: Disk, folder: str, name: Any = None) -> Root:
    path = f"{folder}/{MANIFEST}"
    has_manifest, is_listed = disk.is_file(path), name is not None
    manifest: dict[str, Any] = {}
    faults: list[Fault] = []
    if has_manifest:
        manifest, faults = read_object(disk, path, "the client does not load this plugin")
    name = manifest.get("name", name)
    name = name if isinstance(name, str) and name else os.path.basename(folder)
    root = Root(folder, folder, Layout.PLUGIN, name, disk, faults=faults, manifest=manifest)
    root.manifests += [path] if has_manifest else []
    for key in _KINDS:
        if key in manifest:
            _add_declared(root, key, manifest[key], path)
        else:
            _entries(root, key).extend(markdown_below(disk, f"{folder}/{key}", in_plugin=True))
    root.skills += plugin_skills(disk, folder, declared="skills" in manifest)
    _add_skills(root, manifest.get("skills"), path)
    root = complete(root, [text for text, _ in _texts(manifest.get("hooks")) if text.startswith("./")])
    settings = f"{folder}/settings.json"
    # Without a plugin.json and an entry the folder may be anybody's, and the settings a person's own.
    if (has_manifest or is_listed) and settings not in root.manifests and disk.is_file(settings):
        root.manifests.append(settings)
        root.faults += read_object(disk, settings, "the client heeds nothing of this file")[1]
    return root


def plugin_skills(disk: Disk, folder: str, *, declared: bool = False) -> list[Entry]:
    """The skills in skills/, or the one that the plugin's folder is where it has no others (measured)."""
    if declared or disk.is_folder(f"{folder}/skills"):
        return skills_at(disk, f"{folder}/skills", alone=True)
    found = skill_in(disk, folder, alone=True)
    return [found] if found else []


def complete(root: Root, hooks: Iterable[str] = ()) -> Root:
    """A plugin with its servers, its hooks and the files of `hooks` that it adds, and with what is passed over."""
    servers = f"{root.root}/.mcp.json"
    if root.disk.is_file(servers):
        root.manifests.append(servers)
        root.faults += read_object(root.disk, servers, "the client loads no server of this file")[1]
    places = [normal(os.path.join(root.root, text)) for text in ("hooks/hooks.json", *hooks)]
    for path in dict.fromkeys(places):
        if is_below(path, root.root) and root.disk.is_file(path) and path not in root.manifests:
            root.manifests.append(path)
            root.faults += read_object(root.disk, path, "the client loads no hook of this file")[1]
    has = [name for name, entries in (("agents", root.agents), ("skills", root.skills)) if entries]
    root.overlooked += overlooked.find(root.disk, root.root, has)
    root.strays += overlooked.skills(root)
    return root


def _entries(root: Root, key: str) -> list[Entry]:
    return root.agents if key == "agents" else root.commands


def _add_declared(root: Root, key: str, declared: Any, manifest: str, around: Keys = ()) -> None:
    """Files named in a manifest or a marketplace entry: a text, a list, or an object of commands."""
    entries = _entries(root, key)
    known = {entry.path for entry in entries}
    for text, spot, called, says in _commands(declared) if isinstance(declared, dict) else _files(declared):
        place, where = normal(os.path.join(root.root, text)), (*around, key, *spot)
        found: list[Entry] = []
        if not text.startswith("./"):
            continue  # the rule for the form of paths says it
        if not is_below(place, root.root):
            root.faults.append(Fault(manifest, f"the {key} path '{text}' leaves the plugin", _NOT_LOADED, where))
        elif root.disk.is_folder(place):
            found = _of_folder(root.disk, place)
        elif not root.disk.is_file(place):
            told = "the client reports the path and loads the rest"
            root.faults.append(Fault(manifest, f"the {key} path '{text}' does not exist", told, where))
        elif place.endswith(".md"):
            name = os.path.basename(place)
            found = [Entry(place, (name,), called=called or name[:-3] * _is_skill(place), says=says)]
        elif key == "commands":
            told = "the client loads no command from it"
            root.faults.append(Fault(manifest, f"the {key} path '{text}' is no .md file", told, where))
        found = _judged(root, found, place, Fault(manifest, f"the {key} path '{text}' {_LEADS_OUT}", _REFUSED, where))
        entries += [entry for entry in found if entry.path not in known]
        known |= {entry.path for entry in found}
    values = declared.values() if isinstance(declared, dict) and key == "commands" else ()
    if any(isinstance(value, dict) and "content" in value for value in values):
        from packlint import written

        if around:
            root.faults += written.unused(declared, manifest, around)
        else:
            entries += written.entries(declared, manifest, _SAID)


def _judged(root: Root, found: list[Entry], place: str, fault: Fault) -> list[Entry]:
    """What was found at a place that a manifest names; the fault is one where the place leads out of the plugin."""
    if not found or is_below(root.disk.real(place), root.disk.real(root.root)):
        return found
    root.faults.append(fault)
    return [Entry(entry.path, entry.parts, entry.alone, entry.called, entry.says, leads_out=True) for entry in found]


def _of_folder(disk: Disk, place: str) -> list[Entry]:
    """The files in a folder that is named; a skill that stands in it itself has its name (measured)."""
    name = os.path.basename(place)
    return [
        Entry(entry.path, entry.parts, called=name) if len(entry.parts) == 1 and _is_skill(entry.path) else entry
        for entry in markdown_below(disk, place, in_plugin=True)
    ]


def _is_skill(path: str) -> bool:
    return os.path.basename(path).lower() == SKILL.lower()


def _add_skills(root: Root, declared: Any, manifest: str, around: Keys = ()) -> None:
    """Folders named as skills, or as folders of skills: they come to those in skills/ (measured)."""
    for text, spot in _texts(declared):
        place, where = normal(os.path.join(root.root, text)), (*around, "skills", *spot)
        if not text.startswith("./") and text != ".":
            continue
        known = {entry.path for entry in root.skills}
        if not is_below(place, root.root):
            root.faults.append(Fault(manifest, f"the skills path '{text}' leaves the plugin", _NOT_LOADED, where))
        elif root.disk.is_folder(place):
            fault = Fault(manifest, f"the skills path '{text}' {_LEADS_OUT}", _REFUSED, where)
            found = _judged(root, skills_at(root.disk, place, alone=True), place, fault)
            root.skills += [entry for entry in found if entry.path not in known]
        elif root.disk.is_file(place):
            told = "the client reports it and loads no skill from it; name the folder that holds SKILL.md"
            root.faults.append(Fault(manifest, f"the skills path '{text}' is a file", told, where))
        elif around:  # the rule for paths of plugin.json says it there
            told = "the client loads the plugin without it"
            root.faults.append(Fault(manifest, f"the skills path '{text}' does not exist", told, where))


def _texts(declared: Any) -> Iterator[tuple[str, Keys]]:
    if isinstance(declared, str):
        yield declared, ()
    for index, text in enumerate(declared if isinstance(declared, list) else ()):
        if isinstance(text, str):
            yield text, (index,)


def _files(declared: Any) -> Iterator[tuple[str, Keys, str, Says]]:
    for text, spot in _texts(declared):
        yield text, spot, "", ()


def _commands(declared: dict[str, Any]) -> Iterator[tuple[str, Keys, str, Says]]:
    """The files of an object of commands; each key is a name, and what stands beside `source` wins (measured)."""
    for name, value in declared.items():
        if isinstance(value, dict) and isinstance(value.get("source"), str):
            says = tuple((meant, value[key]) for key, meant in _SAID.items() if value.get(key))
            yield value["source"], (name, "source"), name, says
