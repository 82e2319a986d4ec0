"""Code in fences, as a parser of its language would get it, with the way back to the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from packlint import regex, snippets
from packlint.client import Client
from packlint.document import Document
from packlint.record import record

_INDENT = regex.lazy(r"[ \t]*")
# What stands for something else: <name>, {{ value }}, {% tag %}, an ellipsis.
_PLACEHOLDER = regex.lazy(r"<[A-Za-z_][^<>\n]{0,60}>|\{\{|\{%|\$\{|\.\.\.|\u2026")
_DIFF = regex.lazy(r"^(?:@@ |[+-](?![+-])\S?)", re.MULTILINE)
_CONFLICT = regex.lazy(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)


@record(frozen=True)
class Code:
    """A fence's content without the indentation of the fence. `starts`: each line's offset in the file."""

    text: str
    start: int
    starts: list[int]

    def offset(self, line: int, column: int) -> int:
        """The file's offset of a line and column of the content, both counted from 0."""
        if not self.starts:
            return self.start
        line = min(max(line, 0), len(self.starts) - 1)
        length = len(self.text.split("\n")[line])
        return self.starts[line] + min(max(column, 0), length)

    def at(self, index: int) -> int:
        """The file's offset of an index into the content."""
        line = self.text.count("\n", 0, index)
        return self.offset(line, index - (self.text.rfind("\n", 0, index) + 1))

    def line(self, line: int) -> str:
        """One line of the content, counted from 0; empty beyond its end."""
        lines = self.text.split("\n")
        return lines[line] if 0 <= line < len(lines) else ""

    @property
    def has_placeholder(self) -> bool:
        """Whether something in it stands for something else, so that it is not meant to parse."""
        return _PLACEHOLDER.search(self.text) is not None

    @property
    def is_diff(self) -> bool:
        """Whether it shows lines that come and go, or both sides of a conflict."""
        lines = [line for line in self.text.split("\n") if line.strip()]
        changed = [line for line in lines if _DIFF.match(line)]
        return _CONFLICT.search(self.text) is not None or (len(changed) > 1 and len(changed) * 3 > len(lines))


def blocks(document: Document, client: Client, languages: Collection[str]) -> Iterator[Code]:
    """The closed, unquoted fences of these languages that hold anything.

    Code that a snippet comment ties to a source is judged there, not here.
    """
    tied = {snippet.fence.start for snippet in snippets.find(document, client) if snippet.fence is not None}
    for fence in document.markdown(client).fences:
        if fence.start in tied:
            continue
        words = fence.info.lower().split()
        opening = document.text[fence.start : document.line_end(fence.start)]
        if not fence.closed or not words or words[0] not in languages or ">" in opening.partition(words[0])[0]:
            continue
        code = _dedented(document.text, fence.content_start, fence.content_end)
        if code.text.strip():
            yield code


def _dedented(text: str, start: int, end: int) -> Code:
    lines = text[start:end].split("\n")
    lines = lines[:-1] if lines and not lines[-1] else lines
    widths = [len(_INDENT.match(line)[0]) for line in lines if line.strip()]  # type: ignore[index]
    width = min(widths, default=0)
    starts, kept = [], []
    for line in lines:
        cut = min(width, len(_INDENT.match(line)[0]))  # type: ignore[index]
        starts.append(start + cut)
        kept.append(line[cut:].rstrip("\r"))
        start += len(line) + 1
    return Code("\n".join(kept), starts[0] if starts else start, starts)
