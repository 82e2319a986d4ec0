"""A merge conflict that nobody settled.

What it checks: lines that begin with `<<<<<<<`, `|||||||` or `>>>>>>>`, as git writes them. The model reads
both versions, and the markers with them. A code block in a document that speaks of conflicts is taken for an
example.

Evidence: the format of git.
Versions: all; the client passes the text on as it is.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    <<<<<<< HEAD
    Review the diff.
    =======
    Review the whole file.
    >>>>>>> main

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    Review the diff.
"""

from __future__ import annotations

from packlint import regex
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CD007"
NAME = "merge-marker"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL, Kind.DOCUMENT)

_MARKER = regex.lazy(r"(?m)^(?:<{7}|>{7}|\|{7})(?: [^\r\n]*)?\r?$")
_CONFLICT = regex.lazy(r"(?i)\bconflict")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    text = file.document.text
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    parsed = file.document.markdown(pack.client)
    opening = text.find("<<<<<<<")
    told = [match.start() for match in _CONFLICT.finditer(text)]
    for match in _MARKER.finditer(text):
        if match[0][0] != "<" and 0 <= opening < match.start():
            continue
        fence = parsed.in_fence(match.start())
        if fence is not None and told and (told[0] < fence.content_start or told[-1] >= fence.end):
            continue
        yield Finding(
            match.start(),
            match.start() + len(match[0].rstrip("\r")),
            "a merge conflict that was not settled",
            "the client sends both versions, and the markers with them",
        )
