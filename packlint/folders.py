"""Folders of documents that a text names as a whole: who reads `patterns/` or `patterns/*.md` reads all in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice

from packlint import regex
from packlint.disk import normal
from packlint.file import File, Kind
from packlint.root import is_below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.pack import Pack

_WHOLE = regex.lazy(r"((?:[\w.@+-]+/)*[\w.@+-]+)/(?:\*\*/?)?(?:\*(?:\.\w+)?)?\Z")
# How such a name ends, in back-ticks or in a link.
_ENDS = (b"/`", b"/*", b"/)")
_UP = (".", "..")
# No text names so many folders.
_MOST = 5_000


def named(file: File, pack: Pack) -> Iterator[str]:
    """The real path of each folder of the pack that the body of a file names as a whole."""
    if file.kind is Kind.MANIFEST:
        return
    bases = [pack.location, pack.base_location, os.path.dirname(file.location), pack.skill_folder(file)]
    for path in set(islice(_paths(file, pack), _MOST)):
        first = path.partition("/")[0]
        near = [base for base in bases if base is not None and (first in _UP or first in pack.disk.entries(base))]
        for place in {normal(f"{base}/{path}") for base in near}:
            is_part = is_below(place, pack.location) and place not in (pack.location, pack.base_location)
            if is_part and pack.disk.is_folder(place):
                yield pack.disk.real(place)


def _paths(file: File, pack: Pack) -> Iterator[str]:
    for reference in pack.references(file):
        if reference.variable is not None and reference.path:
            whole = _WHOLE.match(reference.path)
            yield whole[1] if whole else reference.path
    if any(end in file.document.raw for end in _ENDS):
        parsed = file.document.markdown(pack.client)
        for part in (*parsed.code_spans, *parsed.links):
            if whole := _WHOLE.match(part.text):
                yield whole[1]


def named_by(pack: Pack) -> dict[str, set[str]]:
    """Real path of each folder that is named as a whole -> real paths of the files that name it."""
    found: dict[str, set[str]] = {}
    for file in pack.files:
        for folder in pack.gist(file).folders:
            found.setdefault(folder, set()).add(file.real)
    return found


def is_template(path: str, skill: str) -> bool:
    """Whether a document of a skill is what the skill writes from: its links lead somewhere else than here."""
    *folders, name = path[len(skill) + 1 :].split("/")
    return "template" in name.lower() or not {"assets", "templates", "template"}.isdisjoint(folders)
