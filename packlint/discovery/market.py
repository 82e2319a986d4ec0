"""What a marketplace says of the plugins that others of it need.

The client looks for what an entry needs when it installs the plugin, and for what plugin.json needs whenever it loads
it; an entry counts there only where it stands for a plugin.json. It knows plugins by the names of their entries.

Evidence: a hundred marketplaces whose plugins 2.1.197 and 2.1.328 installed; tests/client/test_dependencies.py.
"""

from __future__ import annotations

from packlint import regex
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from packlint.discovery.root import Root

_NAME = r"[A-Za-z0-9][-A-Za-z0-9._]*"
# A range behind a second `@` restricts nothing.
_NEED = regex.lazy(rf"(?P<name>{_NAME})(?:@(?P<market>{_NAME}))?(?:@\^[^@]*)?\Z")
# More plugins than anybody lets need each other in a row.
_DEEPEST = 100


@record(frozen=True)
class Need:
    """A plugin that another needs: `market` is empty where it is to be of the same marketplace."""

    index: int
    name: str
    market: str
    version: str = ""


@record(frozen=True)
class Listed:
    """An entry: what it says that the plugin needs, what the client asks for when it loads it, and its version.

    `is_here`: its files are in the marketplace, so that all of this is known.
    """

    asks: list[Need]
    needs: list[Need]
    version: str
    is_here: bool


@record(frozen=True)
class Market:
    """A marketplace: its name, the others whose plugins it may bring along, and its entries by their names."""

    name: str
    allowed: frozenset[str]
    plugins: dict[str, Listed]

    def is_own(self, need: Need) -> bool:
        """Whether a plugin is to be of this marketplace."""
        return need.market in ("", self.name)

    def lacks(self, plugin: str, need: Need) -> str:
        """Why the client does not load what a plugin needs of this marketplace; empty where it does.

        Plugins that need each other are all loaded, and so is one that needs itself.
        """
        return self._lack(need, {plugin}, 0)

    def _lack(self, need: Need, seen: set[str], depth: int) -> str:
        if not self.is_own(need) or need.name in seen or depth > _DEEPEST:
            return ""
        seen.add(need.name)
        listed = self.plugins.get(need.name)
        if listed is None:
            return f"this marketplace has no plugin '{need.name}'"
        why = next(filter(None, (self._lack(each, seen, depth + 1) for each in listed.needs)), "")
        return f"'{need.name}' is not loaded: {why}" if why else ""

    def cycle(self, plugin: str, need: Need) -> tuple[str, ...]:
        """The entries that lead from what an entry asks for back to one of them; empty where they end."""
        return self._cycle(need, (plugin,), set())

    def _cycle(self, need: Need, chain: tuple[str, ...], ended: set[str]) -> tuple[str, ...]:
        if not self.is_own(need) or need.name not in self.plugins or need.name in ended or len(chain) > _DEEPEST:
            return ()
        chain += (need.name,)
        if need.name in chain[:-1]:
            return chain
        found = next(filter(None, (self._cycle(each, chain, ended) for each in self.plugins[need.name].asks)), ())
        ended.add(need.name)
        return found


def read(catalogue: dict[str, Any], entries: list[Any], here: dict[str, Root]) -> Market:
    """A marketplace, with its plugins whose files are here by the names of their entries."""
    allowed = catalogue.get("allowCrossMarketplaceDependenciesOn")
    plugins: dict[str, Listed] = {}
    for entry in entries:
        name = entry.get("name") if isinstance(entry, dict) else None
        if isinstance(name, str) and name not in plugins:  # the client takes the first of a name
            root = here.get(name)
            asks = list(needs(entry.get("dependencies")))
            loads = asks if root is None or not root.manifest else list(needs(root.manifest.get("dependencies")))
            versions = (each.get("version") for each in ([root.manifest] if root else []) + [entry])
            version = next((each for each in versions if isinstance(each, str) and each), "")
            plugins[name] = Listed(asks, loads, version, root is not None)
    name = catalogue.get("name")
    names = [each for each in allowed if isinstance(each, str)] if isinstance(allowed, list) else ()
    return Market(name if isinstance(name, str) else "", frozenset(names), plugins)


def needs(declared: Any) -> Iterator[Need]:
    """The plugins of a `dependencies`, without those that the client refuses."""
    for index, each in enumerate(declared if isinstance(declared, list) else ()):
        text, version = each, ""
        if isinstance(each, dict):
            version = each["version"] if isinstance(each.get("version"), str) else ""
            market = each.get("marketplace")
            text = f"{each.get('name')}@{market}" if isinstance(market, str) else each.get("name")
        match = _NEED.match(text) if isinstance(text, str) else None
        if match is not None:
            yield Need(index, match["name"], match["market"] or "", version)
