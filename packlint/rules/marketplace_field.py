"""A marketplace lacks what it needs.

What it checks: marketplace.json needs a `name`, an `owner` with a `name`, and `plugins`; each plugin needs a
`name` and a `source`, which is a path that begins with `./` or an object that says where to fetch it. Without the
first three the marketplace cannot be added; a plugin without the others cannot be installed.

Evidence: measured with `claude plugin marketplace add` and `claude plugin install`.
Versions: 2.1.197, 2.1.328.

Bad (.claude-plugin/marketplace.json):

    {"name": "tools", "plugins": [{"name": "shop", "source": "./"}]}

Bad (.claude-plugin/plugin.json):

    {"name": "shop"}

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good (.claude-plugin/marketplace.json):

    {"name": "tools", "owner": {"name": "Ann"}, "plugins": [{"name": "shop", "source": "./"}]}

Good (.claude-plugin/plugin.json):

    {"name": "shop"}

Good (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.
"""

from __future__ import annotations

from collections.abc import Iterator

from packlint import manifests
from packlint.jsonplace import Json, Path
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CODE = "PL007"
NAME = "marketplace-field"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

_NOT_ADDED = "clients 2.1.197 and 2.1.328 do not add this marketplace"
_NOT_INSTALLED = "clients 2.1.197 and 2.1.328 cannot install this plugin"


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.MARKETPLACE)
    if found is None:
        return
    yield from _text(found, found.value, "name", ())
    if " " in str(found.value.get("name")):
        yield _finding(found, ("name",), "a marketplace's name cannot hold a space")
    owner = found.value.get("owner")
    if isinstance(owner, dict):
        yield from _text(found, owner, "name", ("owner",))
    else:
        yield _finding(found, ("owner",), "'owner' must be a mapping with a 'name'")
    plugins = found.value.get("plugins")
    if not isinstance(plugins, list):
        yield _finding(found, ("plugins",), "'plugins' must be a list")
        return
    for index, entry in enumerate(plugins):
        if not isinstance(entry, dict):
            yield _finding(found, ("plugins", index), "a plugin must be a mapping with 'name' and 'source'")
            continue
        yield from _text(found, entry, "name", ("plugins", index))
        yield from _source(found, entry.get("source"), ("plugins", index, "source"))


def _has_plugin_root(found: Json) -> bool:
    metadata = found.value.get("metadata")
    return isinstance(metadata, dict) and "pluginRoot" in metadata


def _text(found: Json, value: dict[str, Any], key: str, around: Path) -> Iterator[Finding]:
    if not isinstance(value.get(key), str) or not value[key]:
        yield _finding(found, (*around, key), f"'{key}' must be a text that is not empty")


def _source(found: Json, source: Any, path: Path) -> Iterator[Finding]:
    if isinstance(source, str):
        if not source.startswith("./") and not _has_plugin_root(found):
            yield _finding(found, path, f"the source '{source}' must begin with './'")
    elif not isinstance(source, dict) or not isinstance(source.get("source"), str):
        yield _finding(found, path, "'source' must be a path or a mapping with a 'source'")


def _finding(found: Json, path: Path, message: str) -> Finding:
    spot = found.spot(*path)
    missing = path not in found.spots
    return Finding(
        spot.start, spot.start + 1 if missing else spot.end, message, _NOT_INSTALLED if len(path) > 2 else _NOT_ADDED
    )
