"""A key that plugin.json does not know.

What it checks: keys outside the client's list do nothing, and `claude plugin validate` warns of them.
`optionalDependencies` is known to 2.1.332, which installs those plugins as well where it finds them.
`category` and `tags` belong to the plugin's entry in a marketplace. In marketplace.json and its entries only
keys that look misspelt are reported.

Evidence: measured.
Versions: 2.1.197, 2.1.328, 2.1.332.

Bad (.claude-plugin/plugin.json):

    {"name": "shop", "keyword": ["orders"]}

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good (.claude-plugin/plugin.json):

    {"name": "shop", "keywords": ["orders"]}

Good (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.
"""

from __future__ import annotations

from packlint import schema
from packlint.discovery import manifests
from packlint.pack import File, Kind, Pack
from packlint.parsing.jsonplace import Json, Keys
from packlint.problem import Finding, Severity
from packlint.text.spelling import Spelling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from packlint.client import Client

CODE = "PL006"
NAME = "unknown-manifest-key"
SEVERITY = Severity.WARNING
KINDS = (Kind.MANIFEST,)

_IGNORED = "the client ignores it; `claude plugin validate` warns"
_ENTRY = "entry"
_OF_AN_ENTRY = ("category", "tags", "strict", "source")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.PLUGIN, manifests.MARKETPLACE)
    if found is None:
        return
    yield from _unknown(found, manifests.kind(file), found.value, pack.client)
    if manifests.kind(file) == manifests.MARKETPLACE:
        for entry, around in manifests.entries(found):
            yield from _unknown(found, _ENTRY, entry, pack.client, around)


def _known(kind: str) -> dict[str, Any]:
    if kind != _ENTRY:
        return dict(schema.load(kind)["properties"])
    entry = schema.load(manifests.MARKETPLACE)["properties"]["plugins"]["items"]["properties"]
    return dict(schema.load(manifests.PLUGIN)["properties"] | entry)


def _unknown(found: Json, kind: str, value: dict[str, Any], client: Client, around: Keys = ()) -> Iterator[Finding]:
    known = _known(kind)
    spelling = Spelling(known)
    for key in value:
        meant = spelling.nearest(key)
        since = known.get(key, {}).get("x-since")
        is_newer = since is not None and client.is_older(since)
        if (key in known and not is_newer) or (kind != manifests.PLUGIN and (meant is None or is_newer)):
            continue
        hint = f"; did you mean '{meant}'?" if meant else ""
        if kind == manifests.PLUGIN and key in _OF_AN_ENTRY:
            hint = "; it belongs to the plugin's entry in marketplace.json"
        words = f"'{key}' is a key of newer clients" if is_newer else f"unknown key '{key}'{hint}"
        spot = found.spot(*around, key)
        yield Finding(
            spot.key_start,
            spot.key_end,
            words,
            f"client {client.version} ignores it; `claude plugin validate` warns" if is_newer else _IGNORED,
        )
