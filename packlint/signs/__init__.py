"""What a file shows at first sight, so that only rules that could speak are asked.

A rule without a sign of its own in a file has nothing to say about it: that is the contract, and tests hold every rule
to it. A sign may be there without the fault. To look for signs takes a few microseconds each; to ask a hundred rules
took a hundred times that, and their import longer than a small pack's whole run.
"""

from __future__ import annotations

from packlint.discovery import linked
from packlint.discovery.layout import Layout
from packlint.file import File, Kind
from packlint.relations import commands
from packlint.signs import characters, keys, mentioned, prose
from packlint.signs.names import *  # noqa: F403 - the table of rules reads as `signs.KEYS`
from packlint.signs.names import (
    BUILTIN_NAME,
    DENIED_CALL,
    DEPENDENCIES,
    FAULT,
    HOOKS,
    MARKETPLACE_JSON,
    MCP_JSON,
    OVERFULL,
    OVERLAP,
    OVERLOOKED,
    OWN_SETTINGS,
    PATH_ALONE,
    PLUGIN_JSON,
    PLUGIN_PATHS,
    SAME_NAME,
    SETTINGS_JSON,
    SKILL_FILE,
    STRAY,
    UNKNOWN_CALL,
    UNKNOWN_COMMAND,
    UNREAD,
    UNREADABLE,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.pack import Pack


# Any other manifest is a file of hooks.
_MANIFESTS = {
    "plugin.json": PLUGIN_JSON,
    "marketplace.json": MARKETPLACE_JSON,
    ".mcp.json": MCP_JSON,
    "settings.json": SETTINGS_JSON,
    "settings.local.json": SETTINGS_JSON,
}
_PATH_KEYS = (
    '"agents"', '"commands"', '"skills"', '"hooks"', '"mcpServers"', '"lspServers"', '"outputStyles"', '"themes"',
    '"monitors"', '"workflows"',
)  # fmt: skip


def of(file: File, pack: Pack) -> set[str]:
    """The signs that a file shows by itself."""
    found = {OVERLOOKED} if pack.overlooked and file is pack.front else set()
    if file.unreadable is not None:
        return found | {UNREADABLE}
    if file.kind is Kind.MANIFEST:
        return found | characters.signs(file.document) | _of_manifest(file, pack)
    found |= _of_text(file, pack)
    if linked.may_be(file.document.raw):
        found.add(PATH_ALONE)
    if file.kind is Kind.STRAY:
        return found | {STRAY}
    found |= mentioned.signs(file, pack)
    if file.kind is not Kind.DOCUMENT:
        found |= keys.signs(file, pack)
    if file.kind in (Kind.COMMAND, Kind.SKILL):
        if file.kind is Kind.COMMAND and file.role.is_skill:
            found.add(SKILL_FILE)
        own = file.role.parts[-2] if file.kind is Kind.SKILL else file.role.stem
        given = file.document.frontmatter(pack.client).values.get("name")
        is_kept = isinstance(given, str) and pack.client.keeps(given, from_plugin=file.role.in_plugin)
        if is_kept or own in pack.client.replaceable_commands:
            found.add(BUILTIN_NAME)
    return found


def _of_text(file: File, pack: Pack) -> frozenset[str]:
    """The signs of the text alone, which are the same in every pack."""
    known = file.document.signs.get(pack.client.version)
    if known is None:
        known = frozenset(characters.signs(file.document) | prose.signs(file, pack))
        file.document.signs[pack.client.version] = known
    return known


def _of_manifest(file: File, pack: Pack) -> set[str]:
    text = file.document.text
    found = prose.signs_of_any_text(file.document)
    kind = _MANIFESTS.get(file.location.rpartition("/")[2])
    if kind == SETTINGS_JSON and file.role.in_plugin:
        kind = OWN_SETTINGS
    if kind == PLUGIN_JSON and ('"settings"' in text or "\\u00" in text):
        found.add(OWN_SETTINGS)
    if kind is not None:
        found.add(kind)
    hook_keys = ("hooks", *pack.client.guarding_events)
    if kind is None or any(f'"{key}"' in text for key in hook_keys) or "\\u00" in text:
        found.add(HOOKS)
    if kind in (PLUGIN_JSON, MARKETPLACE_JSON) and (any(key in text for key in _PATH_KEYS) or "\\u00" in text):
        found.add(PLUGIN_PATHS)
    if pack.market is not None and kind in (PLUGIN_JSON, MARKETPLACE_JSON):
        found.add(DEPENDENCIES)
    if text.startswith("\ufeff") or any(fault.path == file.location for fault in pack.faults):
        found.add(FAULT)
    return found


def in_pack(file: File, pack: Pack) -> set[str]:
    """The signs that only the rest of the pack gives a file."""
    found: set[str] = set()
    known = pack.gist(file)
    if file.kind is Kind.AGENT and known.loaded and len(pack.agents_by_name.get(known.invoke, ())) > 1:
        found.add(SAME_NAME)
    if file.kind in (Kind.COMMAND, Kind.SKILL) and _has_others_name(file, pack):
        found.add(SAME_NAME)
    if file.kind in (Kind.AGENT, Kind.SKILL) and id(file) in pack.overlaps:
        found.add(OVERLAP)
    if known.listed[0] and pack.overfull is not None and pack.overfull.first is file:
        found.add(OVERFULL)
    if known.calls and pack.agents:
        is_unknown = any(name not in pack.callable_agents for name in known.calls)
        # A plugin's agents can be started by their full names alone.
        is_bare = pack.layout is Layout.PLUGIN and any(name not in pack.agents_by_name for name in known.started)
        if is_unknown or is_bare:
            found.add(UNKNOWN_CALL)
    if (
        known.calls
        and pack.layout is Layout.PROJECT
        and pack.manifests
        and not pack.denied.keys().isdisjoint(known.calls)
    ):
        found.add(DENIED_CALL)
    if known.typed and any(commands.missing(name, pack) for name in known.typed):
        found.add(UNKNOWN_COMMAND)
    if file.kind is Kind.DOCUMENT and file.real not in pack.referenced_by:
        found.add(UNREAD)
    return found


def _has_others_name(file: File, pack: Pack) -> bool:
    also = pack.gist(file).also
    return id(file) in pack.hidden or (bool(also) and any(pack.called.get(name) is not file for name in also))
