"""What a file shows at first sight, so that only rules that could speak are asked.

A rule without a sign of its own in a file has nothing to say about it: that is the contract, and tests hold every rule
to it. A sign may be there without the fault. To look for signs takes a few microseconds each; to ask a hundred rules
took a hundred times that, and their import longer than a small pack's whole run.
"""

from __future__ import annotations

from packlint.file import File, Kind
from packlint.signs import characters, keys, mentioned, prose
from packlint.signs.names import *  # noqa: F403 - the table of rules reads as `signs.KEYS`
from packlint.signs.names import (
    BUILTIN_NAME,
    HOOKS,
    MANIFEST,
    OVERLAP,
    OVERLOOKED,
    SAME_NAME,
    SKILL_FILE,
    UNKNOWN_CALL,
    UNREAD,
    UNREADABLE,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.pack import Pack


# Manifests that are about hooks only where they say so.
_WITHOUT_HOOKS = ("plugin.json", "marketplace.json", "settings.json", "settings.local.json")


def of(file: File, pack: Pack) -> set[str]:
    """The signs that a file shows by itself."""
    found = {OVERLOOKED} if pack.overlooked and file is pack.front else set()
    if file.unreadable is not None:
        return found | {UNREADABLE}
    found |= characters.signs(file.document.raw, file.document.text)
    if file.kind is Kind.MANIFEST:
        return found | _of_manifest(file)
    found |= prose.signs(file, pack)
    found |= mentioned.signs(file, pack)
    if file.kind is not Kind.DOCUMENT:
        found |= keys.signs(file, pack)
    if file.kind is Kind.COMMAND:
        name = file.role.stem
        if file.role.is_skill:
            found.add(SKILL_FILE)
        if name in pack.client.builtin_commands or file.layout == "project":
            found.add(BUILTIN_NAME)
    return found


def _of_manifest(file: File) -> set[str]:
    text = file.document.text
    found = {MANIFEST} | prose.signs_of_any_text(text)
    if '"hooks"' in text or file.location.rpartition("/")[2] not in _WITHOUT_HOOKS:
        found.add(HOOKS)
    return found


def in_pack(file: File, pack: Pack) -> set[str]:
    """The signs that only the rest of the pack gives a file."""
    found: set[str] = set()
    known = pack.gist(file)
    if known.loaded and len(pack.agents_by_name.get(known.invoke, ())) > 1:
        found.add(SAME_NAME)
    if file.kind is Kind.AGENT and id(file) in pack.overlaps:
        found.add(OVERLAP)
    if known.calls and pack.agents:
        names = pack.agent_names
        if any(name not in names for name in known.calls):
            found.add(UNKNOWN_CALL)
    if file.kind is Kind.DOCUMENT and file.real not in pack.referenced_by:
        found.add(UNREAD)
    return found
