"""What `packlint expand` writes: the prompt on stdout, everything else on stderr, or all of it as JSON."""

from __future__ import annotations

import json
import os
from pathlib import Path

from packlint.client import Client
from packlint.commandline.output import say
from packlint.commandline.terminal import printable, tame
from packlint.discover import PathError
from packlint.discovery.layout import Layout
from packlint.pack import File, Pack
from packlint.prompts.expand import Expansion, Note, expand
from packlint.reading.attachments import Attachment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from packlint.commandline.options import Given

_FATES = {
    "nothing": "not attached",
    "whole": "attached",
    "head": "attached in part",
    "lines": "attached in part",
    "listing": "listed",
    "image": "attached as a picture",
}


def show(packs: Sequence[Pack], given: Given, client: Client) -> tuple[bool, Iterator[str]]:
    """Whether the command that was given would be sent, and the lines to write.

    Raises:
        PathError: the file is no command and no skill, or the folder to run in does not exist.
    """
    if given.project is not None and not os.path.isdir(given.project):
        raise PathError(f"{given.project} is no folder")
    pack, file = _command(packs, given.file)
    folder = given.project or (pack.location if pack.layout is Layout.PROJECT else "")
    found = expand(file, pack, given.arguments, Path(os.path.abspath(folder)), client)
    if given.format == "json":
        return found.sent, as_json(found, client)
    for note in notes(found):
        say(f"{note}\n")
    return found.sent, as_text(found)


def _command(packs: Sequence[Pack], path: str) -> tuple[Pack, File]:
    for pack in packs:
        for file in (*pack.commands, *pack.skills):
            if _is_meant(file, path):
                if file.unreadable:
                    raise PathError(f"{path} cannot be read: {file.unreadable}")
                return pack, file
    raise PathError(f"{path} is no command or skill of a pack; give a file below commands/, or a SKILL.md")


def _is_meant(file: File, path: str) -> bool:
    """Whether a file is at a path; a command whose text a manifest has goes by `MANIFEST#NAME`."""
    if file.role.called and not os.path.exists(path):
        manifest, _, name = path.partition("#")
        place = file.location.rpartition("#")[0]
        return name == file.role.called and os.path.exists(place) and os.path.samefile(place, manifest)
    return os.path.exists(file.location) and os.path.exists(path) and os.path.samefile(file.location, path)


def as_text(found: Expansion) -> Iterator[str]:
    """The prompt alone, its controls as escapes; nothing where nothing would be sent."""
    if found.sent:
        yield tame(found.prompt)


def notes(found: Expansion) -> Iterator[str]:
    """What would stop the command, what could not be known, and what comes with the prompt."""
    path = found.file.shown
    lines = [(note.line, f"stops: {note.text}") for note in found.stops]
    lines += [(note.line, f"unknown: {note.text}") for note in found.unknown]
    for block in found.blocks:
        if block.refusal is None:
            lines.append((block.line, f"unknown: {block.text} would run, and its output stands here"))
    for line, each in found.files:
        lines.append((line, f"file: {each.text} {_FATES[each.amount]}" + (f": {each.reason}" if each.reason else "")))
    for line, text in sorted(lines):
        yield printable(f"{path}:{line}: {text}")
    if found.model != "inherit":
        yield printable(f"{path}: model: {found.model} answers")
    if found.subagent:
        yield printable(f"{path}: context: a subagent of type {found.subagent} gets the prompt")


def as_json(found: Expansion, client: Client) -> Iterator[str]:
    """One JSON object; docs/formats.md describes it."""
    yield json.dumps(
        {
            "version": 1,
            "client": client.version,
            "path": found.file.shown,
            "layout": found.file.layout.value,
            "invoke": found.command.invoke,
            "arguments": found.given,
            "sent": found.sent,
            "prompt": found.prompt if found.sent else None,
            "model": found.model,
            "subagent": found.subagent,
            "stops": [_note(note) for note in found.stops],
            "unknown": [_note(note) for note in found.unknown],
            "blocks": [
                {"line": block.line, "text": block.text, "runs": block.refusal is None, "reason": block.refusal}
                for block in found.blocks
            ],
            "files": [_file(line, each) for line, each in found.files],
        },
        indent=1,
    )


def _note(note: Note) -> dict[str, Any]:
    return {"line": note.line, "text": note.text}


def _file(line: int, each: Attachment) -> dict[str, Any]:
    return {"line": line, "text": each.text, "attached": each.amount, "reason": each.reason}
