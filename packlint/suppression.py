"""Comments in a file that silence findings.

`# packlint: ignore[CODE] reason` in frontmatter, `<!-- packlint: ignore[CODE] reason -->` in the body. A comment
covers its own line and, where it stands alone, the next line that is not blank; where that opens a block of code, in
which no comment can stand, the whole block. CODE may be a prefix or several, separated by commas.
"""

from __future__ import annotations

from bisect import bisect_right

from packlint import regex
from packlint.client import Client
from packlint.document import Document
from packlint.problem import Finding
from packlint.record import record
from packlint.rules import RULES
from packlint.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COMMENT = regex.lazy(
    r"(?m)(?:(?:^|[ \t])#[ \t]*packlint:[ \t]*ignore\b(?:\[([^\[\]\n]*)\])?([^\r\n]*)"
    r"|<!--[ \t]*packlint:[ \t]*ignore\b(?:\[([^\[\]\n]*)\])?((?:(?!<!--).)*?)-->)",
)
_BLANK = regex.lazy(r"\s*")
# How many lines below a comment that stands alone the line may be that it covers.
_NEAR = 20


@record
class Suppression:
    """One comment: its offsets, its codes, its reason, the lines it covers, and whether it was used."""

    start: int
    end: int
    codes: list[str]
    reason: str
    lines: frozenset[int]
    used: bool = False


def find(document: Document, client: Client) -> list[Suppression]:
    """The suppressions of a file as `client` reads it."""
    if "packlint:" not in document.text:
        return []
    body, found = document.frontmatter(client).body, []
    before = 0
    for match in _COMMENT.finditer(document.text):
        lines = frozenset(_lines(document, client, before, *match.span()))
        before = match.end()
        in_frontmatter = match[2] is not None
        if in_frontmatter != (match.start() < body):
            continue
        names, reason = match.group(1, 2) if in_frontmatter else match.group(3, 4)
        codes, reason = (names or "").replace(",", " ").split(), reason.strip(" \t:-")
        found.append(Suppression(match.start(), match.end(), codes, reason, lines))
    return found


def _lines(document: Document, client: Client, before: int, start: int, end: int) -> Iterator[int]:
    """The lines that a comment covers; `before` is where the one before it ends."""
    text, starts = document.text, document.line_starts
    own = bisect_right(starts, end)
    yield own
    line_start, line_end = starts[own - 1], document.line_end(end)
    is_alone = before <= line_start and not text[line_start:start].strip() and not text[end:line_end].strip()
    for line in range(own + 1, min(own + _NEAR, len(starts)) + 1) if is_alone else ():
        if not _BLANK.fullmatch(text, starts[line - 1], starts[line] if line < len(starts) else len(text)):
            yield line
            fences = document.markdown(client).fences if start >= document.markdown(client).start else ()
            opened = next((each for each in fences if bisect_right(starts, each.start) == line), None)
            yield from range(line + 1, bisect_right(starts, opened.end - 1) + 1) if opened else ()
            return


def apply(
    suppressions: Sequence[Suppression], document: Document, code: str, findings: Iterator[Finding]
) -> Iterator[Finding]:
    """The findings that no suppression covers; covering ones are marked as used."""
    by_line: dict[int, list[Suppression]] = {}
    for each in suppressions:
        for line in each.lines if any(code.startswith(prefix) for prefix in each.codes) else ():
            by_line.setdefault(line, []).append(each)
    for finding in findings:
        line = document.place(finding.start, finding.start).line
        if line not in by_line:
            yield finding
            continue
        for each in by_line[line]:
            each.used = True
        by_line[line] = []


def faults(suppressions: Sequence[Suppression], selected: Sequence[str]) -> Iterator[Finding]:
    """Findings on the comments themselves: unused ones, and those without a reason.

    A comment whose codes were not run this time is not judged; a code that no rule has never runs.
    """
    for each in suppressions:
        unknown = next((code for code in each.codes if not any(known.startswith(code) for known in RULES)), None)
        ran = any(code.startswith(prefix) for prefix in each.codes for code in selected)
        codes = ", ".join(each.codes)
        if not each.codes:
            yield Finding(
                each.start, each.end, "the suppression names no code", "it suppresses nothing; write ignore[CODE]"
            )
        elif unknown is not None:
            message = f"the suppression names '{unknown}', which no rule is called{did_you_mean(unknown, RULES)}"
            yield Finding(each.start, each.end, message, "it suppresses nothing by that")
        elif not each.used and ran:
            yield Finding(each.start, each.end, f"nothing to suppress here for {codes}", "remove the comment")
        elif not each.reason:
            yield Finding(
                each.start, each.end, f"the suppression of {codes} gives no reason", "say why behind the bracket"
            )
