"""A declared argument that the text never places.

What it checks: the names in `arguments` against the text. One placeholder that is replaced keeps the client from
appending what was typed, so an argument without a place is lost. Where the text has a placeholder of nearly that
name, the finding stands there.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (commands/rename.md):

    ---
    description: Rename a module
    arguments: [old, new]
    argument-hint: <old> <new>
    ---
    Rename the module $old to $knew.

Good (commands/rename.md):

    ---
    description: Rename a module
    arguments: [old, new]
    argument-hint: <old> <new>
    ---
    Rename the module $old to $new.
"""

from __future__ import annotations

from packlint import regex
from packlint.loading import toolset
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.prompts import arguments
from packlint.text.spelling import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CM012"
NAME = "lost-argument"
SEVERITY = Severity.WARNING
KINDS = (Kind.COMMAND, Kind.SKILL)

_WORD = regex.lazy(r"(?<![\\$])\$([A-Za-z_]\w*)")
_CONSEQUENCE = "clients 2.1.197 and 2.1.328 send the text without what was typed for it"


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found, text = file.document.frontmatter(pack.client), file.document.text
    names = arguments.declared_names(found.values.get("arguments"))
    placed = arguments.placeholders(text[found.body :], names) if names else []
    if not placed or any(each.index is None for each in placed):
        return
    lost = [name for index, name in enumerate(names) if index not in {each.index for each in placed}]
    for match in _WORD.finditer(text, found.body) if lost else ():
        meant = nearest(match[1], lost) if match[1] not in names else None
        if meant:
            lost.remove(meant)
            yield Finding(
                match.start(),
                match.end(),
                f"'{match[0]}' is no argument; did you mean '${meant}'?",
                _CONSEQUENCE,
                Fix(f"write '${meant}'", (Edit(match.start(), match.end(), f"${meant}"),), safe=False),
            )
    for token in toolset.locate(text, found, "arguments"):
        if token.text in lost:
            lost.remove(token.text)
            yield Finding(token.start, token.end, f"'{token.text}' has no place in the text", _CONSEQUENCE)
