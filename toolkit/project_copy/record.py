"""What an install has put into a project, so that it can be renewed and taken out again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from toolkit.failure import ToolkitError

NAME = "fastapi-pack.json"
_FORMAT = 1


@dataclass
class Record:
    """What was put in.

    `files` maps a path below `.claude/` to the hashes that it may have without being the user's work: one, or two
    while an install is under way and the record not `complete`. `folders` were made for them. `hooks` stand in
    settings.json, as the texts `inserted` there, in a file that did not exist before where `made_settings` is set.
    """

    version: str = ""
    files: dict[str, list[str]] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    hooks: dict[str, list[Any]] = field(default_factory=dict)
    inserted: list[str] = field(default_factory=list)
    made_settings: bool = False
    complete: bool = True

    def text(self) -> str:
        return json.dumps({"format": _FORMAT, **vars(self)}, indent=2, ensure_ascii=False) + "\n"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read(base: Path) -> Record | None:
    """The record of a project, None where nothing was installed.

    Args:
        base: the project's `.claude`.

    Raises:
        ToolkitError: the file is not a record.
    """
    path = base / NAME
    try:
        found = json.loads(path.read_bytes())
        if found.pop("format") != _FORMAT:
            raise ValueError("it was written by another version")
        record = Record(**found)
        _check(record)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ToolkitError(
            f"{path} is no record of an install ({error}): restore it, or delete it and install anew with --force"
        ) from None
    return record


def _check(record: Record) -> None:
    """A record comes with the project, from anybody: it must not lead out of `.claude`."""
    for name in (*record.files, *record.folders):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name:
            raise ValueError(f"{name!r} is no path below .claude")
    if not all(isinstance(each, str) for hashes in record.files.values() for each in hashes):
        raise TypeError("a hash is a text")
    if not all(isinstance(groups, list) for groups in record.hooks.values()):
        raise TypeError("the hooks of an event are a list")
    if not all(isinstance(each, str) for each in record.inserted):
        raise TypeError("what was inserted is text")
