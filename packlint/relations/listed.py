"""How much of the list of commands and skills that the model gets is a pack's, and what the list has no room for.

The client names every command and skill; the descriptions come in as long as there is room. Other plugins, and what
the user has, want room in the same list: what is found here is so with this pack alone.

Evidence: lists of up to 400 skills sent by 2.1.197 and 2.1.328 to models of 200,000 and of a million tokens.
"""

from __future__ import annotations

from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.pack import File, Pack

# A dash and a blank before a name and the end of the line behind it; a colon and a blank before a description.
_AROUND_NAME, _BEFORE_DESCRIPTION = 3, 2


@record(frozen=True)
class Overfull:
    """A list without room for a pack's descriptions: the first file that loses its own, and how many do.

    `wanted` is how many characters the list would have, the client's own entries included.
    """

    first: File
    lost: int
    wanted: int


def overfull(pack: Pack) -> Overfull | None:
    """What the list has no room for; None where all of the pack's descriptions are in it."""
    facts, version = pack.client.command_listing, pack.client.measured
    entries = [
        (file, *pack.gist(file).listed) for file in (*pack.commands, *pack.skills) if id(file) not in pack.hidden
    ]
    shown = [entry for entry in entries if entry[1]]
    taken = facts["own"][version] + sum(name + _AROUND_NAME for _, name, _ in shown)
    wanted = taken + sum(description + _BEFORE_DESCRIPTION for _, _, description in shown)
    if wanted <= facts["room"][version]:
        return None
    lost = []
    for file, _, description in shown:
        taken += description + _BEFORE_DESCRIPTION
        if taken > facts["room"][version]:
            lost.append(file)
    return Overfull(lost[0], len(lost), wanted)
