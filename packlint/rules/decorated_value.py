"""A tag or an anchor eats the first word of a value.

What it checks: `!important first` is the YAML tag `!important` on the text `first`; `&x y` names the text
`y`. The client shows only what is left - nothing at all, when the tag was the whole value.

Evidence: measured; `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: !important use after every edit
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: "!important use after every edit"
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint.frontmatter import double_quoted
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM010"
NAME = "decorated-value"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for field in file.document.frontmatter(pack.client).fields:
        if not field.node.decorated or isinstance(field.value, dict | list):
            continue
        end = field.end
        source = file.document.text[field.start : end]
        eaten = source.split()[0]
        if eaten.startswith("!!"):
            continue
        fix = None
        if field.node.style is None and "\n" not in source:
            fix = Fix("quote the value", (Edit(field.start, end, double_quoted(source.rstrip())),))
        what = "tag" if eaten.startswith("!") else "anchor"
        yield Finding(
            field.start,
            end,
            f"'{eaten}' is read as a YAML {what}, not as text",
            f"the client sees {field.key} as {_shown(field.value)}",
            fix,
        )


def _shown(value: object) -> str:
    return f"'{value}'" if value not in (None, "") else "empty"
