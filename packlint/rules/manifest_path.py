"""A path in plugin.json leads nowhere.

What it checks: `skills`, `hooks`, `mcpServers`, `lspServers`, `outputStyles`, `themes`, `monitors` and `workflows`
name files or folders of the plugin. Those of `agents` and `commands` are checked with the agents and commands
themselves.

Evidence: measured; the client reports some and passes over others.
Versions: 2.1.197, 2.1.328.

Bad (.claude-plugin/plugin.json):

    {"name": "shop", "hooks": "./hooks/edit.json"}

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good (.claude-plugin/plugin.json):

    {"name": "shop"}

Good (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.
"""

from __future__ import annotations

from packlint.discovery import manifests
from packlint.discovery.root import is_below
from packlint.files.filesystem import normal
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL005"
NAME = "manifest-path"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

_KEYS = ("skills", "hooks", "mcpServers", "lspServers", "outputStyles", "themes", "monitors", "workflows")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.PLUGIN)
    if found is None:
        return
    for key in _KEYS:
        for text, spot in manifests.paths(found, key):
            place = normal(f"{pack.location}/{text}")
            if key == "hooks" and pack.disk.is_file(place) and _leads_out(pack, place):
                words = f"the hooks path '{text}' is a link that leaves the plugin"
                yield Finding(spot.start, spot.end, words, "client 2.1.328 loads the plugin without it")
            # Any other form is what the rule for the form of paths is about.
            if not text.startswith("./") or "${" in text or pack.disk.is_exact(place):
                continue
            leaves = not is_below(place, pack.location)
            if not (leaves and key == "skills"):  # a fault that is found with the skills themselves
                yield Finding(
                    spot.start,
                    spot.end,
                    f"the {key} path '{text}' {'leaves the plugin' if leaves else 'does not exist'}",
                    "the client loads the plugin without it",
                )


def _leads_out(pack: Pack, place: str) -> bool:
    """Whether a place in the plugin is elsewhere once its links are followed."""
    return is_below(place, pack.location) and not is_below(pack.disk.real(place), pack.disk.real(pack.location))
