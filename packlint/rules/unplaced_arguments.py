"""What a person types after a command or a skill and what its text asks for do not agree.

What it checks: an `argument-hint` in a command whose text has no `$ARGUMENTS` or other placeholder, and a text
that takes arguments without a hint. Neither loses anything: without a placeholder the client appends a
line `ARGUMENTS: ...` at the very end, and without a hint the person is not told what to type. A hint that begins
with "none", "no arguments" or the like asks for nothing.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (commands/ship.md):

    ---
    description: Review and ship a change
    argument-hint: "[branch]"
    ---
    Review the branch and ship it.

Good (commands/ship.md):

    ---
    description: Review and ship a change
    argument-hint: "[branch]"
    ---
    Review the branch $ARGUMENTS and ship it.
"""

from __future__ import annotations

from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.prompts import arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CM001"
NAME = "unplaced-arguments"
SEVERITY = Severity.INFO
KINDS = (Kind.COMMAND, Kind.SKILL)

_NOTHING = ("no arg", "no param", "no input", "no option", "nothing", "none", "n/a")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    if not found.is_mapping:
        return
    hint = found.field("argument-hint")
    names = arguments.declared_names(found.values.get("arguments"))
    placeholders = arguments.placeholders(file.document.text[found.body :], names)
    if hint is not None and hint.value and not placeholders and not _asks_for_nothing(str(hint.value)):
        yield Finding(
            hint.key_start,
            hint.end,
            "the hint asks for arguments and the text has no $ARGUMENTS",
            "the client appends 'ARGUMENTS: ...' at the end; say where they belong",
        )
    whole = next((each for each in placeholders if each.index is None), None)
    if whole is not None and (hint is None or not hint.value):
        start = found.body + whole.start
        yield Finding(
            start,
            start + len(whole.text),
            "the text takes arguments and there is no 'argument-hint'",
            "the client cannot show what to type",
        )


def _asks_for_nothing(hint: str) -> bool:
    said = hint.lstrip(" ([<{-").lower()
    begun = next((word for word in _NOTHING if said.startswith(word)), None)
    return begun is not None and (" " in begun or not said[len(begun) : len(begun) + 1].isalnum())
