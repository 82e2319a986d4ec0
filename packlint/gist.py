"""What a pack needs to know of one file when the file's text is forgotten."""

from __future__ import annotations

import os

from packlint import mentions, overlap
from packlint.file import File, Kind
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.pack import Pack

_MARKDOWN = (".md", ".markdown")


@record(frozen=True)
class Gist:
    """One file in short.

    `name` and `invoke` are an agent's, where it is `loaded`; `words` what its description is about, in one text.
    `targets` are the documents it refers to, `meant` the paths that it means and does not reach, `calls` the agents
    that it calls by name.
    """

    name: str = ""
    invoke: str = ""
    loaded: bool = False
    words: str = ""
    targets: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()


def of(file: File, pack: Pack) -> Gist:
    """The gist of a file of this pack."""
    references = pack.references(file) if file.kind is not Kind.MANIFEST else ()
    name, invoke, loaded, words = "", "", False, ""
    if file.kind is Kind.AGENT:
        agent = file.agent(pack.client)
        name, invoke, loaded = agent.name, agent.invoke, agent.loaded and file.unreadable is None
        words = " ".join(sorted(overlap.content_words(agent.description))) if loaded and not agent.degraded else ""
    return Gist(
        name,
        invoke,
        loaded,
        words,
        tuple(target for reference in references if (target := _document(reference.target, file)) is not None)
        if pack.given is None
        else tuple(_with_given(file, pack)),
        tuple(reference.wrong_case or reference.path for reference in references if not reference.target),
        tuple(name for _, _, name, _ in mentions.calls(file, pack)) if mentions.may_call(file.document.raw) else (),
    )


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
            bases = (pack.location, os.path.dirname(file.location), pack.base_location)
            if any(os.path.normpath(f"{base}/{reference.path}") == pack.given[0] for base in bases):
                found.append(pack.given[0])
    return found
