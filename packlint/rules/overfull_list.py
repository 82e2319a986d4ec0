"""The list of commands and skills has no room for all of the pack's descriptions.

What it checks: the model picks a command or a skill by its entry in one list. The client names all of them there, and
adds the descriptions while there is room: 30,000 characters for client 2.1.328, and for client 2.1.197 with a model of
a million tokens; 6,000 for client 2.1.197 with other models. The client's own entries take some 6,200 and 4,500 of
them. The finding stands at the first that is left without its description, if this pack is alone with the client.

Evidence: measured.
Versions: 2.1.197, 2.1.328.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "DS005"
NAME = "overfull-list"
SEVERITY = Severity.WARNING
KINDS = (Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = pack.overfull
    if found is None or found.first is not file:
        return
    frontmatter = file.document.frontmatter(pack.client)
    field = frontmatter.field("description")
    start, end = (field.start, field.end) if field is not None else (frontmatter.start, frontmatter.start)
    facts, measured = pack.client.command_listing, pack.client.measured
    room, own = facts["room"][measured], facts["own"][measured]
    yield Finding(
        start,
        end,
        f"the list of commands and skills has room for {room:,} characters, {own:,} of them for the client's own, and "
        f"would have {found.wanted:,}; shorten descriptions, or hide from the model what only people call",
        f"client {pack.client.version} lists about {found.lost:,} of this pack by name alone, from this one on",
    )
