"""What a pack needs to know of one file when the file's text is forgotten."""

from __future__ import annotations

import os

from packlint.file import File, Kind
from packlint.record import record
from packlint.relations import commands, mentions, overlap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.pack import Pack

_MARKDOWN = (".md", ".markdown")


@record(frozen=True)
class Gist:
    """One file in short.

    Attributes:
        name: of an agent that is `loaded`, of a command or a skill: its name without the plugin before it.
        invoke: the name by which it is called, the plugin before it included.
        also: further names by which a command or a skill can be called.
        waits: a skill is not there before the session reaches a certain file.
        loaded: the client loads the agent, or does not refuse the command or the skill.
        words: what the description of an agent or a skill is about: its words in alphabetical order, in one text.
        listed: the lengths of a command's or a skill's name and of its description in the list that the model gets; 0
            and 0 where it is not in there.
        targets: the documents that the file refers to.
        meant: the paths that it refers to and that lead nowhere as they are written.
        calls: the agents that it calls by name.
        started: those of them that it surely starts.
        typed: the commands and skills of its own plugin that it names.
    """

    name: str = ""
    invoke: str = ""
    also: tuple[str, ...] = ()
    waits: bool = False
    loaded: bool = False
    words: str = ""
    listed: tuple[int, int] = (0, 0)
    targets: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    started: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()


def of(file: File, pack: Pack) -> Gist:
    """The gist of a file of this pack."""
    before = pack.disk.judge(file.location)
    found = _of(file, pack)
    pack.disk.judge(before)
    return found


def _of(file: File, pack: Pack) -> Gist:
    references = pack.references(file) if file.kind is not Kind.MANIFEST else ()
    name, invoke, words = "", "", ""
    also: tuple[str, ...] = ()
    loaded, waits, listed = False, False, (0, 0)
    if file.kind is Kind.AGENT:
        agent = file.agent(pack.client)
        name, invoke, loaded = agent.name, agent.invoke, agent.loaded and file.unreadable is None
        words = _words(agent.description) if loaded and not agent.degraded else ""
    elif file.kind in (Kind.COMMAND, Kind.SKILL):
        command = file.command(pack.client)
        name, invoke, also = command.name, command.invoke[1:], tuple(other[1:] for other in command.also)
        waits, loaded = bool(command.waits_for), command.refused is None
        is_shown = command.loaded and not command.hidden_from_model and file.unreadable is None
        listed = (len(command.listed_as), len(command.description)) if is_shown and not waits else listed
        words = _words(command.description) if is_shown and file.kind is Kind.SKILL else ""
    calls = list(mentions.calls(file, pack))
    return Gist(
        name,
        invoke,
        also,
        waits,
        loaded,
        words,
        listed,
        tuple(target for reference in references if (target := _document(reference.target, file)) is not None)
        if pack.given is None
        else tuple(_with_given(file, pack)),
        tuple(reference.wrong_case or reference.path for reference in references if not reference.target),
        tuple(name for _, _, name, _ in calls),
        tuple(name for _, _, name, sureness in calls if sureness == mentions.SURE),
        tuple({name: None for _, _, name in commands.named(file, pack)}),
    )


def _words(description: str) -> str:
    return " ".join(sorted(overlap.content_words(description)))


def _document(target: str | None, file: File) -> str | None:
    is_document = target is not None and target.lower().endswith(_MARKDOWN) and file.disk.is_file(target)
    return target if is_document else None


def _with_given(file: File, pack: Pack) -> list[str]:
    """As `targets`, with the file that is judged before it is on the disk."""
    found = []
    for reference in pack.references(file):
        target = _document(reference.target, file)
        if target is not None:
            found.append(target)
        elif reference.target is None and reference.path and pack.given is not None:
            skill = pack.skill_folder(file) or pack.location
            bases = (pack.location, os.path.dirname(file.location), pack.base_location, skill)
            if any(os.path.normpath(f"{base}/{reference.path}") == pack.given[0] for base in bases):
                found.append(pack.given[0])
    return found
