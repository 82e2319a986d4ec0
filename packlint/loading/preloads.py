"""The skills that an agent's `skills` key names, and what the client finds under each name.

Evidence: forty values of `skills` in both layouts on 2.1.197 and 2.1.328; tests/test_skills.py holds them.
"""

from __future__ import annotations

from packlint.loading import toolset
from packlint.loading.toolset import Token
from packlint.pack import File, Pack
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


@record(frozen=True)
class Preload:
    """One name of the list, the file it means, None where the pack has none, and whether the client finds it."""

    token: Token
    file: File | None
    found: bool


def find(agent: File, pack: Pack) -> Iterator[Preload]:
    """What an agent names, in order. A command counts as a skill."""
    frontmatter = agent.document.frontmatter(pack.client)
    tokens = toolset.locate(agent.document.text, frontmatter, "skills")
    if tokens:
        known = names(pack)
        for token in tokens:
            file = known.get(token.text)
            yield Preload(token, file, file is not None and _is_offered(file, pack))


def names(pack: Pack) -> dict[str, File]:
    """Every name under which an agent of this pack may name a skill or a command of it."""
    known: dict[str, File] = {}
    files = [file for file in (*pack.skills, *pack.commands) if id(file) not in pack.hidden]
    for file in sorted(files, key=lambda file: not _is_offered(file, pack)):
        command = file.command(pack.client)
        called = [name.removeprefix("/") for name in (command.invoke, *command.also)]
        if file.role.in_plugin:
            called += [name.removeprefix(f"{pack.name}:") for name in called]
        # The last parts of a name in folders are enough.
        parts = command.name.split(":")
        called += [":".join(parts[start:]) for start in range(1, len(parts))]
        for name in called:
            known.setdefault(name, file)
    return known


def _is_offered(file: File, pack: Pack) -> bool:
    command = file.command(pack.client)
    return not (file.unreadable or command.refused or command.hidden_from_model or command.waits_for)
