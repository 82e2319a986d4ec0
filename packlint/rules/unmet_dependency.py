"""A plugin needs another one that its marketplace does not bring along.

What it checks: `dependencies` in plugin.json, of plugins that stand in a marketplace of the same repository. Whenever
the client loads such a plugin, it looks for each plugin that this names, and where one is not there, it loads nothing:
no agent, no command, and a session that nobody watches says nothing of it. A bare name, and one with this marketplace
behind `@`, is that of an entry, whatever the plugin.json behind the entry calls itself. `dependencies` of an entry are
looked for when the plugin is installed, and must not lead back to it.

A plugin of another marketplace is brought along only where `allowCrossMarketplaceDependenciesOn` in marketplace.json
names that one: else a person must install it first. A `version` is a range as npm's; where the plugin that is here is
too old for it, a tag `name--v1.2.3` of the repository may have a newer one.

Silent where no marketplace is known, for the plugin may then come with whatever it needs.

Evidence: measured, a hundred marketplaces; `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (.claude-plugin/marketplace.json):

    {"name": "tools", "owner": {"name": "Ann"}, "plugins": [{"name": "shop", "source": "./"}]}

Bad (.claude-plugin/plugin.json):

    {"name": "shop", "dependencies": ["desk"]}

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good (.claude-plugin/marketplace.json):

    {"name": "tools", "owner": {"name": "Ann"}, "plugins": [{"name": "shop", "source": "./"},
     {"name": "desk", "source": {"source": "github", "repo": "ann/desk"}}]}

Good (.claude-plugin/plugin.json):

    {"name": "shop", "dependencies": ["desk"]}

Good (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.
"""

from __future__ import annotations

from packlint.discovery import manifests
from packlint.pack import File, Kind, Pack
from packlint.parsing.jsonplace import Json, Keys
from packlint.problem import Finding, Severity
from packlint.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from packlint.discovery.market import Market, Need

CODE = "PL019"
NAME = "unmet-dependency"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

_CLIENTS = "clients 2.1.197 and 2.1.328"
_ALLOWED = "allowCrossMarketplaceDependenciesOn"


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.PLUGIN, manifests.MARKETPLACE)
    if found is None or pack.market is None:
        return
    from packlint.discovery import market

    if manifests.kind(file) == manifests.PLUGIN:
        if pack.listed in pack.market.plugins:
            for need in market.needs(found.value.get("dependencies")):
                yield from _of_plugin(found, need, pack.listed, pack.market)
        return
    for entry, around in manifests.entries(found):
        for need in market.needs(entry.get("dependencies")):
            yield from _of_entry(found, need, str(entry.get("name")), around, pack.market)


def _of_plugin(found: Json, need: Need, plugin: str, market: Market) -> Iterator[Finding]:
    """What keeps the client from loading a plugin that is installed, by one that its plugin.json needs."""
    spot = found.spot("dependencies", need.index)
    if not market.is_own(need):
        if need.market not in market.allowed:
            told = f"{_CLIENTS} load nothing of the plugin until a person installs that one"
            yield _of_another(found, need, ("dependencies", need.index), told)
        return
    if why := market.lacks(plugin, need):
        meant = did_you_mean(need.name, market.plugins) if need.name not in market.plugins else ""
        told = f"{_CLIENTS} do not load the plugin that is installed from there"
        yield Finding(spot.start, spot.end, why + meant, told)
    elif need.version:
        yield from _of_version(found, need, market)


def _of_version(found: Json, need: Need, market: Market) -> Iterator[Finding]:
    from packlint.loading import ranges

    spot = found.spot("dependencies", need.index, "version")
    asked = ranges.read(need.version)
    if asked is None:
        told = f"{_CLIENTS} cannot install this plugin"
        yield Finding(spot.start, spot.end, f"'{need.version}' is no range of versions", told)
        return
    listed = market.plugins[need.name]
    given = ranges.version(listed.version)
    if listed.is_here and (given is None or (ranges.is_below(asked, given) and not ranges.takes(asked, given))):
        has = f"'{need.name}' here is {listed.version}" if listed.version else f"'{need.name}' here has no version"
        told = f"{_CLIENTS} load nothing of the plugin, unless a tag '{need.name}--v…' has such a version"
        yield Finding(spot.start, spot.end, f"{has}, and {need.version} is needed", told, severity=Severity.WARNING)


def _of_entry(found: Json, need: Need, plugin: str, around: Keys, market: Market) -> Iterator[Finding]:
    """What keeps the client from installing a plugin, by one that its entry needs."""
    path = (*around, "dependencies", need.index)
    spot = found.spot(*path)
    if not market.is_own(need):
        if need.market not in market.allowed:
            yield _of_another(found, need, path, f"{_CLIENTS} install this plugin only where a person has that one")
    elif chain := market.cycle(plugin, need):
        words = f"this leads back: {' → '.join(chain)}"
        yield Finding(spot.start, spot.end, words, f"{_CLIENTS} cannot install this plugin")


def _of_another(found: Json, need: Need, path: Keys, consequence: str) -> Finding:
    spot = found.spot(*path)
    words = f"'{need.name}' is of the marketplace '{need.market}', which '{_ALLOWED}' does not name"
    return Finding(spot.start, spot.end, words, consequence, severity=Severity.WARNING)
