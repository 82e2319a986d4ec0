"""A command has no description.

What it checks: a plugin's command without a usable description is hidden from the model: only a person can type
it. A project's command is listed with the first line of its text instead.

A README among commands becomes one; put it elsewhere. A command that says `disable-model-invocation: true` means to be
hidden.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (commands/ship.md):

    ---
    argument-hint: <branch>
    ---
    Review the branch $ARGUMENTS and ship it.

Good (commands/ship.md):

    ---
    description: Review and ship a branch
    argument-hint: <branch>
    ---
    Review the branch $ARGUMENTS and ship it.
"""

from __future__ import annotations

from packlint.discovery import linked
from packlint.discovery.layout import Layout
from packlint.frontmatter import State
from packlint.loading import switches
from packlint.pack import File, Kind, Pack
from packlint.parsing import late
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CM007"
NAME = "undescribed-command"
SEVERITY = Severity.WARNING
KINDS = (Kind.COMMAND,)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    if found.state in (State.LOST, State.UNCLOSED) or late.opening(file.document.text):
        return
    if linked.target(file):
        return
    if found.state is not State.ABSENT and not found.is_mapping:
        return
    field = found.field("description")
    value = field.value if field is not None else None
    is_given = value.strip() if isinstance(value, str) else value is not None
    is_said = "description" in dict(file.role.says)
    if is_given or is_said or switches.hides(found.values, pack.client):
        return
    plugin = file.layout is Layout.PLUGIN
    is_readme = file.role.stem.lower() == "readme" and field is None
    start, end = (field.key_start, field.end) if field else (found.start, found.start)
    yield Finding(
        start,
        end,
        _message(is_readme, field is not None),
        "the client hides the command from the model; only a person can type it"
        if plugin
        else "the client lists the first line of the text instead",
        severity=None if plugin else Severity.INFO,
    )


def _message(is_readme: bool, is_there: bool) -> str:
    if is_readme:
        return "a README in commands/ becomes a command"
    return "'description' is empty" if is_there else "no description"
