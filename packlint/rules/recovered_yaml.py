"""Frontmatter is not YAML, and the client loads it only by a second, lenient reading.

What it checks: a value such as `description: Use when: ...` is no YAML. The client quotes such lines
and loads the file, so nothing is lost - today, and in this client. Other readers do reject the file:
`claude plugin validate` before 2.1.328, editors, marketplaces, every YAML library. In recovery a
`# comment` behind a value also becomes part of it, so a model with a comment no longer exists.

The fix quotes the values that need it; the client then reads the same text without help.

Evidence: measured; one run for each file in tests/conformance.
Versions: loaded by 2.1.197 and 2.1.328; rejected by `claude plugin validate` 2.1.197.

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Use after an edit. Example: a new router
    ---
    You review Python changes.

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: "Use after an edit. Example: a new router"
    ---
    You review Python changes.
"""

from __future__ import annotations

from packlint import frontmatter
from packlint.client import clients
from packlint.frontmatter import Frontmatter, State
from packlint.pack import File, Kind, Pack
from packlint.parsing import yaml12
from packlint.parsing.node import YamlError
from packlint.problem import Edit, Finding, Fix, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "FM006"
NAME = "recovered-yaml"
SEVERITY = Severity.WARNING
KINDS = (Kind.AGENT, Kind.COMMAND, Kind.SKILL)


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = file.document.frontmatter(pack.client)
    if found.state is not State.RECOVERED or found.error is None:
        return
    lines = found.yaml.split("\n")
    line, column = _fault(lines, found.error)
    line_start = found.start + sum(len(text) + 1 for text in lines[:line])
    start = line_start + min(column, len(lines[line]))
    key = lines[line].partition(":")[0].strip()
    yield Finding(
        start,
        line_start + len(lines[line]),
        f"YAML does not parse: {found.error.reason} (in the value of '{key}')",
        _consequence(file, found),
        _fix(found),
    )


def _fault(lines: list[str], error: YamlError) -> tuple[int, int]:
    """Line and column of the fault: a bracket that is never closed is noticed further down, where nobody would look."""
    changed = (number for number, text in enumerate(lines) if frontmatter.recover_line(text) != text)
    line = next((number for number in changed if not _parses(lines[number])), error.line)
    if error.line <= line and error.line < len(lines):
        return error.line, error.column
    line = min(line, len(lines) - 1)
    key, colon, value = lines[line].partition(":")
    return line, len(key) + len(colon) + len(value) - len(value.lstrip())


def _consequence(file: File, found: Frontmatter) -> str:
    loading = [each.version for each in clients() if file.document.frontmatter(each).state is State.RECOVERED]
    rejecting = [each.version for each in clients() if not each.does("validate_accepts_recovered_yaml")]
    plural = len(loading) > 1
    words = f"client{'s' if plural else ''} {' and '.join(loading)} quote{'' if plural else 's'} the value and "
    words += f"load{'' if plural else 's'} the file with all its keys"
    words += f"; `claude plugin validate` {' and '.join(rejecting)} and strict YAML parsers reject it"
    glued = [field.key for field in found.fields if isinstance(field.value, str) and " #" in field.value]
    if glued and any(key in ("model", "tools", "color", "name") for key in glued):
        words += f"; the comment became part of {', '.join(glued)}"
    return words


def _fix(found: Frontmatter) -> Fix | None:
    """Quote the lines that do not parse alone; all the lines the client quotes, if that is not enough."""
    lines = found.yaml.split("\n")
    rewritten = [frontmatter.recover_line(line) for line in lines]
    needed = [new if new != old and not _parses(old) else old for old, new in zip(lines, rewritten, strict=True)]
    for candidate in (needed, rewritten):
        if _parses("\n".join(candidate)):
            return Fix("quote the value", tuple(_edits(found.start, lines, candidate)))
    return None


def _parses(text: str) -> bool:
    try:
        yaml12.parse(text)
    except YamlError:
        return False
    return True


def _edits(start: int, lines: list[str], rewritten: list[str]) -> Iterator[Edit]:
    for old, new in zip(lines, rewritten, strict=True):
        if old != new:
            same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
            yield Edit(start + same, start + len(old), new[same:])
        start += len(old) + 1
