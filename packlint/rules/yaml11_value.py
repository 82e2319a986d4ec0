"""A plain value that YAML 1.1 readers take for something else than the client does.

What it checks: to the client, which reads YAML 1.2, `yes`, `on`, `2024-01-01`, `1_000` and `12:30` are
texts. Most YAML libraries still read them as a boolean, a date or a number, so a catalogue, an
editor or a script sees another name or description. Quotes make all readers agree.

Evidence: Bun.YAML 1.4.5, the client's parser, against PyYAML 6.0.3.
Versions: 2.1.197, 2.1.328.

Bad (agents/yes.md):

    ---
    name: yes
    description: Confirms a change. Use after a review.
    ---
    You confirm changes.

Good (agents/yes.md):

    ---
    name: "yes"
    description: Confirms a change. Use after a review.
    ---
    You confirm changes.
"""

from __future__ import annotations

from packlint import regex
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM009"
NAME = "yaml11-value"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)

_TEXT_KEYS = {"name", "description", "model", "color", "tools", "argument-hint", "when_to_use", "memory", "agent"}
_OTHER_TYPE = regex.lazy(
    r"(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)\Z|\d{4}-\d\d?-\d\d?(?:[Tt ].*)?\Z|[-+]?\d+_[\d_]*\Z|"
    r"[-+]?\d+(?::[0-5]?\d)+(?:\.\d*)?\Z|0[0-7]*_[0-7_]*\Z"
)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for field in file.document.frontmatter(pack.client).fields:
        if field.key not in _TEXT_KEYS or not isinstance(field.value, str) or field.node.style:
            continue
        if _OTHER_TYPE.match(field.value):
            yield Finding(
                field.start,
                field.end,
                f"'{field.value}' is a text to the client and something else to YAML 1.1 readers",
                "the client keeps the text; other tools see a boolean, a date or a number",
                Fix("quote the value", (Edit(field.start, field.end, f'"{field.value}"'),)),
            )
