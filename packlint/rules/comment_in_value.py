"""A `#` after a space cuts a description short.

What it checks: in YAML ` #` starts a comment, so `description: Fixes issue #12` ends before the hash. The
client lists only the part before it. Keys whose values are single words, such as `tools` and
`model`, may carry a comment on purpose and are left alone.

Evidence: measured; `claude plugin validate` sees nothing.
Versions: 2.1.197, 2.1.328.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews C #pragma lines and macros
    ---
    You review changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: "Reviews C #pragma lines and macros"
    ---
    You review changes.
"""

from __future__ import annotations

from packlint import regex
from packlint.frontmatter import State, double_quoted
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM011"
NAME = "comment-in-value"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)

_PROSE_KEYS = {"description", "when_to_use", "argument-hint", "initialPrompt"}
_COMMENT = regex.lazy(r"[ \t]+#(?![ \t]*packlint:)[^\r\n]*")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    if found.state is not State.PARSED:
        return
    text = file.document.text
    for field in found.fields:
        if field.key not in _PROSE_KEYS or field.node.style or not isinstance(field.value, str | None):
            continue
        end = field.end if field.value is not None else field.key_end + 1
        comment = _COMMENT.match(text, end)
        if comment is None:
            continue
        start = field.start if field.value is not None else comment.end() - len(comment[0].lstrip())
        whole = text[start : comment.end()].rstrip()
        fix = None
        if "\n" not in whole:
            fix = Fix("quote the whole value", (Edit(start, start + len(whole), double_quoted(whole)),), safe=False)
        yield Finding(
            comment.end() - len(comment[0].lstrip()),
            comment.end(),
            f"'{comment[0].strip()}' is a YAML comment, not part of {field.key}",
            f"the client reads {field.key} without it",
            fix,
        )
