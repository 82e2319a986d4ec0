"""Why a client loads nothing of a plugin.

The rules about manifests and files of hooks know it: the consequence of a finding says which clients do not load the
plugin, do not install it, or do not add the marketplace that has it.

Evidence: two hundred manifests loaded by 2.1.197 and 2.1.328; tests/conformance/manifests.jsonl holds them. A hundred
marketplaces whose plugins these installed.
"""

from __future__ import annotations

from packlint.discovery import manifests
from packlint.pack import File, Kind, Pack
from packlint.rules import (
    hooks_shape,
    manifest_fault,
    manifest_value,
    marketplace_field,
    path_form,
    plugin_name,
    unknown_hook_event,
    unmet_dependency,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_RULES = (manifest_fault, manifest_value, plugin_name, path_form, hooks_shape, unknown_hook_event, unmet_dependency)
_OF_MARKETPLACES = (marketplace_field, path_form, unmet_dependency)
# What keeps each entry of a marketplace from being installed, by its index, `_ALL` for all of them.
_Lost = dict[int, str]
_ALL = -1


def find(pack: Pack) -> str | None:
    """What is wrong with a manifest, where the pack's client does not load the plugin for it."""
    return of_each([pack])[id(pack)]


def of_each(packs: Iterable[Pack]) -> dict[int, str | None]:
    """The same for several packs, by their identities."""
    known: dict[str, _Lost] = {}
    return {id(pack): _of_plugin(pack) or _of_entries(pack, known) for pack in packs}


def _of_plugin(pack: Pack) -> str | None:
    for file in pack.manifests:
        if manifests.kind(file) not in (manifests.PLUGIN, manifests.HOOKS):
            continue
        for rule in _RULES:
            for finding in rule.check(file, pack):
                if manifests.keeps_out(finding.consequence, pack.client):
                    return f"{file.shown}: {finding.message}"
    return None


def _of_entries(pack: Pack, known: dict[str, _Lost]) -> str | None:
    """Why a plugin cannot be had from its marketplace; one with several entries there can be had by any of them."""
    found = []
    for path, index in pack.listings:
        if path not in known:
            known[path] = _not_installed(pack.file_at(Kind.MANIFEST, path), pack)
        found.append(known[path].get(index) or known[path].get(_ALL))
    return found[0] if found and all(found) else None


def _not_installed(file: File, pack: Pack) -> _Lost:
    found, lost = manifests.read(file, manifests.MARKETPLACE), _Lost()
    entries = [(int(around[-1]), found.spot(*around)) for _, around in manifests.entries(found)] if found else []
    for rule in _OF_MARKETPLACES:
        for finding in rule.check(file, pack):
            if manifests.keeps_out(finding.consequence, pack.client):
                index = next((index for index, spot in entries if spot.start <= finding.start < spot.end), _ALL)
                lost.setdefault(index, f"{file.shown}: {finding.message}")
    return lost
