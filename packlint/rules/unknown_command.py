"""A text names a command of its own plugin that is not there.

What it checks: `/plugin:name` with this plugin's own name before the colon, in agents, commands, skills and documents
that a model is sent to, where the plugin has no command, skill or agent of that name. A name that a line calls
deprecated, removed, planned or the like is left alone, and so is a part of one, as `/plugin:<name>`, what a language
like Korean writes behind a name, and a mark such as `<!-- /plugin:part -->`.

The client is exact about capitals in such a name.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (.claude-plugin/plugin.json):

    {"name": "shop", "version": "1.0.0", "description": "Ships branches"}

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the branch, then hand off to `/shop:anounce`.

Good (.claude-plugin/plugin.json):

    {"name": "shop", "version": "1.0.0", "description": "Ships branches"}

Good (commands/announce.md):

    ---
    description: Announce a release
    ---
    Tell everybody.

Good (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the branch, then hand off to `/shop:announce`.
"""

from __future__ import annotations

from packlint.discovery import manifests
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.relations import commands, documents
from packlint.text.spelling import Spelling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "RF014"
NAME = "unknown-command"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    is_declared = any(manifests.kind(each) == manifests.PLUGIN for each in pack.manifests)
    if not is_declared or documents.is_for_people(file, pack):
        return
    known, seen, own = commands.known(pack), set(), f"{pack.name}:"
    # Without what all of them begin with, which would make any two names look alike.
    spelling = Spelling([each.removeprefix(own) for each in known])
    for start, _, name in commands.named(file, pack):
        missing = commands.missing(name, pack)
        if missing is None or missing in seen:
            continue
        seen.add(missing)
        end = start + len(f"/{missing}")
        nearest = spelling.nearest(missing.removeprefix(own))
        meant = f"{own}{nearest}" if nearest and f"{own}{nearest}" in known else None
        yield Finding(
            start,
            end,
            f"no command or skill '/{missing}' in this plugin" + (f"; did you mean '/{meant}'?" if meant else ""),
            'client 2.1.197 answers "Unknown command", 2.1.328 hands the words to the model as they are',
            Fix(f"write '/{meant}'", (Edit(start, end, f"/{meant}"),), safe=False) if meant else None,
        )
