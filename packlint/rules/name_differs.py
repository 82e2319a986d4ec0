"""An agent's name is not its file name, or a skill's not that of its folder.

What it checks: the client goes by `name` and ignores the file name. People look for the file by the name
they called, so keeping both the same saves a search.

A skill is called by its folder. Its `name` is a second name, if it holds no space; other tools want both to be the
same.

Evidence: measured.
Versions: 2.1.197, 2.1.328.

Bad (agents/rev.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.frontmatter import Field
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "NM005"
NAME = "name-differs"
SEVERITY = Severity.INFO
KINDS = (Kind.AGENT, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    field = file.document.frontmatter(pack.client).field("name")
    if field is not None and file.kind is Kind.SKILL:
        yield from _of_skill(file, pack, field)
        return
    if field is not None and isinstance(field.value, str) and field.value and field.value != file.role.stem:
        yield Finding(
            field.start,
            field.end,
            f"the name '{field.value}' is not the file name '{file.role.stem}'",
            "the client goes by the name",
        )


def _of_skill(file: File, pack: Pack, field: Field) -> Iterator[Finding]:
    skill, folder = file.command(pack.client), file.role.parts[-2]
    name = str(field.value)
    if file.role.alone or field.value in (None, "") or name == folder:
        return
    told = f"the client calls the skill '{skill.invoke}', after its folder"
    if skill.also:
        told += f", and '{skill.also[0]}'"
    yield Finding(field.start, field.end, f"the name '{name}' is not the folder's name '{folder}'", told)
