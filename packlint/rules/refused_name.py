"""The client offers no command or skill of this name.

What it checks: 2.1.328 refuses a name that people cannot read or type as it stands: one with `<` or `>`, with a
character that nobody sees or a blank that is no plain space, with two spaces in a row, with a space or a colon at an
end, with a combining mark on no letter, of more than 256 characters, or without any: that of `commands/.md`. In a
project it also refuses the name `anthropic-skills`, alone or before a colon, of a file, of a skill's folder and in a
skill's `name`, and a skill's folder called `synced`. A plugin's skill is called by its folder with `-` for every such
character, and is offered. Such a name in frontmatter, beside a file's name that is not refused, is left unused.

Evidence: measured with 150 names, in both layouts; only the debug log says so.
Versions: 2.1.328; 2.1.197 offers all of them.

Bad (commands/a<b.md):

    ---
    description: Compare two branches
    ---
    Compare the two branches that are named last.

Bad (commands/ship.md):

    ---
    name: <ship>
    description: Review and ship a branch
    ---
    Review the current branch and ship it.

Good (commands/compare.md):

    ---
    name: compare-branches
    description: Compare two branches
    ---
    Compare the two branches that are named last.
"""

from __future__ import annotations

from packlint.client import clients
from packlint.loading import offered
from packlint.pack import File, Kind, Pack
from packlint.parsing.scalars import js_string
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "CM013"
NAME = "refused-name"
SEVERITY = Severity.ERROR
KINDS = (Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    refusing = [client for client in clients() if client.does("refuses_unclear_names")]
    severity = None if pack.client.does("refuses_unclear_names") else Severity.WARNING
    versions = f"client {' and '.join(client.version for client in refusing)}"
    field = file.document.frontmatter(pack.client).field("name")
    given = field.value if field is not None else None
    invoke = file.command(refusing[-1]).invoke
    by_place, why = (offered.refusal(invoke[1:], file.role, name, refusing[-1]) for name in (None, given))
    if why is not None:
        start, end = (field.start, field.end) if field is not None and by_place is None else (0, 0)
        told = f"{versions} does not load this {file.kind}, and says nothing"
        yield Finding(start, end, f"'{invoke}' is not offered: {why}", told, severity=severity)
        return
    is_used = given is not None and (file.role.in_skills or file.role.in_plugin)
    if field is not None and is_used and (why := offered.unclear(js_string(given))):
        told = f"{versions} calls this {file.kind} '{invoke}' alone"
        yield Finding(field.start, field.end, f"'name' is not used: {why}", told, severity=Severity.WARNING)
