"""A path in plugin.json is written in a way that keeps the whole plugin from loading.

What it checks: every path in plugin.json, and in a plugin's entry of a marketplace, begins with `./`. Those of `agents`
name Markdown files, not a folder: leave `agents` out, and the client reads the agents folder. Those of `hooks`,
`mcpServers` and `lspServers` name JSON files, or a bundle of a server.

Evidence: measured; many published plugins fell into this.
Versions: 2.1.197, 2.1.328.

Bad (.claude-plugin/plugin.json):

    {"name": "shop", "agents": "./agents/"}

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Good (.claude-plugin/plugin.json):

    {"name": "shop"}

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.discovery import manifests
from packlint.files.filesystem import normal
from packlint.pack import File, Kind, Pack
from packlint.parsing.jsonplace import Json, Keys
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL004"
NAME = "path-form"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

# The keys that name files of the plugin, and how such a file must end.
_ENDINGS: dict[str, tuple[str, ...]] = {
    "agents": (".md",),
    "commands": (),
    "skills": (),
    "hooks": (".json",),
    "mcpServers": (".json", ".mcpb", ".dxt"),
    "lspServers": (".json",),
    "outputStyles": (),
    "themes": (),
    "monitors": (),
    "workflows": (),
}


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if found := manifests.read(file, manifests.PLUGIN):
        yield from _refused(found, (), pack)
    if found := manifests.read(file, manifests.MARKETPLACE):
        for _, around in manifests.entries(found):
            yield from _refused(found, around, pack)


def _refused(found: Json, around: Keys, pack: Pack) -> Iterator[Finding]:
    for key in _ENDINGS:
        for text, spot in manifests.paths(found, key, around):
            why = _why_refused(key, text, pack)
            told = "clients 2.1.197 and 2.1.328 do not load the plugin"
            if around:
                told = "clients 2.1.197 and 2.1.328 cannot install this plugin"
            elif (key, text) == ("skills", "."):
                told = "client 2.1.197 does not load the plugin"
            if why:
                yield Finding(spot.start, spot.end, f"'{text}' {why}", told)


def _why_refused(key: str, text: str, pack: Pack) -> str:
    if key == "agents" and (text.endswith("/") or pack.disk.is_folder(normal(f"{pack.location}/{text}"))):
        return "is a folder; leave 'agents' out, and agents/ is read"
    if _ENDINGS[key] and not text.endswith(_ENDINGS[key]):
        return f"is no {_ENDINGS[key][0]} file"
    return "" if text.startswith("./") or (key == "mcpServers" and "://" in text) else "must begin with './'"
