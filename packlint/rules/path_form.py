"""A path in plugin.json is written in a way that keeps the whole plugin from loading.

What it checks: paths below `agents`, `commands` and `skills` begin with `./`; those of `agents` name Markdown files,
not a folder. Leave `agents` out: the client then reads the agents folder.

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

from collections.abc import Iterator

from packlint import manifests
from packlint.disk import normal
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

CODE = "PL004"
NAME = "path-form"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

_KEYS = ("agents", "commands", "skills")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.PLUGIN)
    for key in _KEYS if found is not None else ():
        for text, spot in manifests.paths(found, key) if found is not None else ():
            why = _why_refused(key, text, pack)
            if why:
                yield Finding(
                    spot.start, spot.end, f"'{text}' {why}", "clients 2.1.197 and 2.1.328 do not load the plugin"
                )


def _why_refused(key: str, text: str, pack: Pack) -> str:
    if key == "agents" and (text.endswith("/") or pack.disk.is_folder(normal(f"{pack.location}/{text}"))):
        return "is a folder; leave 'agents' out, and agents/ is read"
    if key == "agents" and not text.endswith(".md"):
        return "is no .md file"
    if ".." in text.split("/"):
        return ""
    return "" if text.startswith("./") else "must begin with './'"
