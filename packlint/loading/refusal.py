"""Why a client loads nothing of a plugin.

The rules about plugin.json and files of hooks know it: the consequence of a finding says which clients do not load
the plugin.

Evidence: two hundred manifests loaded by 2.1.197 and 2.1.328; tests/conformance/manifests.jsonl holds them.
"""

from __future__ import annotations

from packlint.discovery import manifests
from packlint.pack import Pack
from packlint.rules import (
    hooks_shape,
    manifest_fault,
    manifest_value,
    path_form,
    plugin_name,
    unknown_hook_event,
    unmet_dependency,
)

_RULES = (manifest_fault, manifest_value, plugin_name, path_form, hooks_shape, unknown_hook_event, unmet_dependency)


def find(pack: Pack) -> str | None:
    """What is wrong with a manifest, where the pack's client does not load the plugin for it."""
    for file in pack.manifests:
        if manifests.kind(file) not in (manifests.PLUGIN, manifests.HOOKS):
            continue
        for rule in _RULES:
            for finding in rule.check(file, pack):
                if manifests.keeps_out(finding.consequence, pack.client):
                    return f"{file.shown}: {finding.message}"
    return None
