"""Comments in a file that silence findings.

`# packlint: ignore[CODE] reason` in frontmatter, `<!-- packlint: ignore[CODE] reason -->` in the body. A comment
covers its own line and, where it stands alone, the next line that is not blank. CODE may be a prefix
or several, separated by commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from packlint import regex
from packlint.document import Document
from packlint.problem import Finding
from packlint.record import record

_COMMENT = regex.lazy(
    r"(?:(?:^|[ \t])#[ \t]*packlint:[ \t]*ignore\[([^\]\n]*)\]([^\r\n]*)"
    r"|<!--[ \t]*packlint:[ \t]*ignore\[([^\]\n]*)\](.*?)-->)",
    re.MULTILINE,
)


@record
class Suppression:
    """One comment: its offsets, its codes, its reason, the lines it covers, and whether it was used."""

    start: int
    end: int
    codes: list[str]
    reason: str
    lines: frozenset[int]
    used: bool = False

    def covers(self, code: str, line: int) -> bool:
        return line in self.lines and any(code.startswith(prefix) for prefix in self.codes)


def find(document: Document, body: int) -> list[Suppression]:
    """The suppressions of a file whose body begins at offset `body`."""
    if "packlint:" not in document.text:
        return []
    found = []
    for match in _COMMENT.finditer(document.text):
        in_frontmatter = match[1] is not None
        if in_frontmatter != (match.start() < body):
            continue
        codes = (match[1] if in_frontmatter else match[3]).replace(",", " ").split()
        reason = (match[2] if in_frontmatter else match[4]).strip(" \t:-")
        lines = frozenset(_lines(document, *match.span()))
        found.append(Suppression(match.start(), match.end(), codes, reason, lines))
    return found


def _lines(document: Document, start: int, end: int) -> Iterator[int]:
    text = document.text
    own = document.place(end, end).line
    yield own
    alone = not text[text.rfind("\n", 0, end) + 1 : start].strip() and not text[end : document.line_end(end)].strip()
    lines = text[document.line_end(end) :].split("\n", 20)[1:] if alone else []
    for distance, line in enumerate(lines, 1):
        if line.strip():
            yield own + distance
            return


def apply(
    suppressions: Sequence[Suppression], document: Document, code: str, findings: Iterator[Finding]
) -> Iterator[Finding]:
    """The findings that no suppression covers; covering ones are marked as used."""
    for finding in findings:
        line = document.place(finding.start, finding.start).line
        covering = [each for each in suppressions if each.covers(code, line)]
        for each in covering:
            each.used = True
        if not covering:
            yield finding


def faults(suppressions: Sequence[Suppression], selected: Sequence[str]) -> Iterator[Finding]:
    """Findings on the comments themselves: unused ones, and those without a reason.

    A comment whose codes were not run this time is not judged.
    """
    for each in suppressions:
        ran = any(code.startswith(prefix) for prefix in each.codes for code in selected)
        codes = ", ".join(each.codes)
        if not each.codes:
            yield Finding(each.start, each.end, "the suppression names no code", "it suppresses nothing")
        elif not each.used and ran:
            yield Finding(each.start, each.end, f"nothing to suppress here for {codes}", "remove the comment")
        elif not each.reason:
            yield Finding(
                each.start, each.end, f"the suppression of {codes} gives no reason", "say why behind the bracket"
            )
