"""A plugin's name is one that the client or its validator refuses.

What it checks: the name in plugin.json stands before every agent and command, `name:agent`. With white space in
it the plugin does not load; with `:`, `@`, a slash or a character that nobody sees newer clients do not load it; names
that begin with `claude-` or `anthropic-` are reserved; anything but small letters, digits and hyphens is refused where
plugins are listed.

Evidence: measured.
Versions: white space 2.1.197 and 2.1.328; `:` and its like 2.1.328; the rest `claude plugin validate`.

Bad (.claude-plugin/plugin.json):

    {"name": "my shop"}

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good (.claude-plugin/plugin.json):

    {"name": "my-shop"}

Good (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.
"""

from __future__ import annotations

from packlint import regex
from packlint.discovery import manifests
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL003"
NAME = "plugin-name"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

_LISTED = regex.lazy(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REFUSED = regex.lazy(r"[@:/\\\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_RESERVED = ("claude-", "anthropic-")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.PLUGIN)
    name = found.value.get("name") if found is not None else None
    if found is None or not isinstance(name, str) or not name:
        return
    spot = found.spot("name")
    if any(map(str.isspace, name)):
        yield Finding(
            spot.start, spot.end, f"white space in '{name}'", "clients 2.1.197 and 2.1.328 do not load the plugin"
        )
    elif refused := _REFUSED.search(name):
        words = (
            f"'{refused[0]}' in '{name}'" if refused[0].isprintable() else f"a character that nobody sees in '{name}'"
        )
        yield Finding(spot.start, spot.end, words, "client 2.1.328 does not load the plugin")
    elif name.lower().startswith(_RESERVED):
        yield Finding(
            spot.start,
            spot.end,
            f"'{name}' begins with a reserved word",
            "the client loads it, and `claude plugin validate` of 2.1.328 refuses it",
            severity=Severity.WARNING,
        )
    elif not _LISTED.fullmatch(name):
        yield Finding(
            spot.start,
            spot.end,
            f"'{name}' is not of small letters, digits and single hyphens",
            "the client loads it, and `claude plugin validate --strict` refuses it",
            severity=Severity.WARNING,
        )
