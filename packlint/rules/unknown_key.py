"""A frontmatter key that the client does not know.

What it checks: keys outside the client's own list do nothing. New clients add keys, so this is a
warning; where the client itself suggests another key, or one is near, it is named. `when_to_use` and `when-to-use`
stand in for a description in a plugin's agent, and do nothing in a project's.

`version`, `author`, `tags`, `category`, `license`, `homepage` and `metadata` are common notes to people: they are
not reported. Keys that a pack has for itself, for a program of its own say, are not either once its settings name them:
`own-keys = ["origin"]` in `[tool.packlint]`.

Evidence: measured; 2.1.328 writes a warning for each unknown agent key to its debug log.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    max_turns: 5
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    maxTurns: 5
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.discovery.layout import Layout
from packlint.loading import hooks, keys
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.text.spelling import Spelling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM013"
NAME = "unknown-key"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)

_NOTES = {
    "version",
    "author",
    "authors",
    "tags",
    "category",
    "license",
    "homepage",
    "repository",
    "keywords",
    "metadata",
    "title",
    "date",
    "updated",
    "created",
}


def check(file: File, pack: Pack) -> Iterator[Finding]:
    client = pack.client
    fields_of = {Kind.AGENT: client.agent_fields, Kind.COMMAND: client.command_fields}
    facts = fields_of.get(file.kind) or client.skill_fields
    known = [key for key in facts if file.layout is Layout.PLUGIN or not facts[key].get("project_ignored")]
    hints = client.agent_key_hints if file.kind is Kind.AGENT else {}
    fields = file.document.frontmatter(client).fields
    present = {field.key for field in fields}
    spelling = Spelling(known)
    guarding = _guarding(file, pack)
    for field in fields:
        if (
            field.key in guarding
            or field.key in known
            or field.key.lower() in _NOTES
            or field.key in pack.own_keys
            or keys.replacement(file, field.key, client)
        ):
            continue
        meant = hints.get(field.key) or spelling.nearest(field.key)
        if meant in present:
            meant = None
        hint, advice = (
            (f"; did you mean '{meant}'?", "") if meant else ("", "; 'own-keys' names those of the pack's own")
        )
        fix = None
        if meant:
            edit = Edit(field.key_start, field.key_end, meant)
            fix = Fix(f"rename the key to '{meant}'", (edit,), safe=False)
        yield Finding(
            field.key_start,
            field.key_end,
            f"unknown key '{field.key}'{hint}",
            f"client {client.version} ignores it{advice}",
            fix,
        )


def _guarding(file: File, pack: Pack) -> set[str]:
    """Keys that are more than unknown: hooks stand below them, which is another rule's."""
    if file.kind is Kind.AGENT and file.layout is Layout.PLUGIN:
        return set()
    values = file.document.frontmatter(pack.client).values
    return {str(fault.path[0]) for fault in hooks.faults(values, True, pack.client)} - {"hooks"}
