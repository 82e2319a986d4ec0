"""A key that plugin.json does not know.

What it checks: keys outside the client's list do nothing, and `claude plugin validate` warns of them.
`category` and `tags` belong to the plugin's entry in a marketplace. In marketplace.json only keys that look
misspelt are reported.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

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

from collections.abc import Iterator

from packlint import manifests, schema
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.spelling import Spelling

CODE = "PL006"
NAME = "unknown-manifest-key"
SEVERITY = Severity.WARNING
KINDS = (Kind.MANIFEST,)

_OF_AN_ENTRY = ("category", "tags", "strict", "source")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.PLUGIN, manifests.MARKETPLACE)
    if found is None:
        return
    kind = manifests.kind(file)
    known = schema.load(kind)["properties"]
    spelling = Spelling(known)
    for key in found.value:
        meant = spelling.nearest(key)
        if key in known or (kind == manifests.MARKETPLACE and meant is None):
            continue
        hint = f"; did you mean '{meant}'?" if meant else ""
        if key in _OF_AN_ENTRY:
            hint = "; it belongs to the plugin's entry in marketplace.json"
        spot = found.spot(key)
        yield Finding(
            spot.key_start,
            spot.key_end,
            f"unknown key '{key}'{hint}",
            "the client ignores it; `claude plugin validate` warns",
        )
