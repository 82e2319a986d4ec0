"""`$1` used as if it were the first argument.

What it checks: the client counts from zero: `$0` is the first argument and `$1` the second. In a command that
begins to count at `$1` the first word a person types never reaches the model, because one placeholder that
is replaced keeps the client from appending the rest.

The fix counts from zero.

Evidence: measured; fifteen published commands lose their first argument this way.
Versions: 2.1.197, 2.1.328.

Bad (commands/rename.md):

    ---
    description: Rename a module
    argument-hint: <old> <new>
    ---
    Rename the module $1 to $2.

Good (commands/rename.md):

    ---
    description: Rename a module
    argument-hint: <old> <new>
    ---
    Rename the module $0 to $1.
"""

from __future__ import annotations

from packlint import regex
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.prompts import accidental

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CM002"
NAME = "first-argument"
SEVERITY = Severity.ERROR
KINDS = (Kind.COMMAND, Kind.SKILL)

# Of so many placeholders, some beyond those that are read would keep their number.
_MOST_EDITS = 1_000
_NUMBER = regex.lazy(r"\d+")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    meant = [each for each, why in accidental.each_why(file, pack.client) if not why]
    first = next((each for each in meant if each.index == 1 and not each.named), None)
    if first is None or not all(each.index for each in meant):
        return
    edits = tuple(
        Edit(
            found.body + each.start + number.start(), found.body + each.start + number.end(), str((each.index or 1) - 1)
        )
        for each in meant
        if not each.named and (number := _NUMBER.search(each.text))
    )
    start = found.body + first.start
    yield Finding(
        start,
        start + len(first.text),
        f"'{first.text}' is the second argument; the first is '$0'",
        "clients 2.1.197 and 2.1.328 count from zero: the first word typed never reaches the model",
        Fix("count from zero", edits, safe=False) if len(edits) <= _MOST_EDITS else None,
    )
