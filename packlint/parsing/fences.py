"""Code in fences, as a parser of its language would get it, with the way back to the file."""

from __future__ import annotations

from packlint import regex
from packlint.client import Client
from packlint.document import Document
from packlint.memo import cached_property
from packlint.reading import snippets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# What stands for something else: <name>, {{ value }}, {% tag %}, an ellipsis.
_PLACEHOLDER = regex.lazy(r"<[A-Za-z_][^<>\n]{0,60}>|\{\{|\{%|\$\{|\.\.\.|\u2026")
_DIFF = regex.lazy(r"(?m)^(?:@@ |[+-](?![+-])\S?)")
# A sample of code is shorter, in characters; some parsers of the standard library take a second for a megabyte.
_LONGEST = 100_000
_CONFLICT = regex.lazy(r"(?m)^(?:<{7}|>{7})(?: |$)")


class Code:
    """A fence's content without the indentation of the fence.

    Args:
        text: the content.
        document: the file's text.
        start: where the content begins in it.
        end: where it ends.
        width: how much indentation was taken off each line.
    """

    def __init__(self, text: str, document: str, start: int, end: int, width: int) -> None:
        self.text = text
        self._document = document
        self._start = start
        self._end = end
        self._width = width

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins in the file."""
        found, start = [], self._start
        for line in _content_lines(self._document[self._start : self._end]):
            found.append(start + min(self._width, _indent(line)))
            start += len(line) + 1
        return found

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def offset(self, line: int, column: int) -> int:
        """The file's offset of a line and column of the content, both counted from 0."""
        line = min(max(line, 0), len(self._starts) - 1)
        return self._starts[line] + min(max(column, 0), len(self._lines[line]))

    def at(self, index: int) -> int:
        """The file's offset of an index into the content."""
        line = self.text.count("\n", 0, index)
        return self.offset(line, index - (self.text.rfind("\n", 0, index) + 1))

    def line(self, line: int) -> str:
        """One line of the content, counted from 0; empty beyond its end."""
        return self._lines[line] if 0 <= line < len(self._lines) else ""

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
        if fence.start in tied or not fence.closed or fence.language not in languages:
            continue
        opening = document.text[fence.start : document.line_end(fence.start)]
        if ">" in opening.partition(fence.info)[0]:
            continue
        code = _dedented(document.text, fence.content_start, fence.content_end)
        if len(code.text) <= _LONGEST and code.text.strip():
            yield code


def _dedented(text: str, start: int, end: int) -> Code:
    content = text[start:end]
    if content and not content[0].isspace() and "\r" not in content:  # as most are
        return Code(content.removesuffix("\n"), text, start, end, 0)
    lines = _content_lines(content)
    width = min((_indent(line) for line in lines if line.strip()), default=0)
    if width or "\r" in content:
        lines = [line[min(width, _indent(line)) :].rstrip("\r") for line in lines]
    return Code("\n".join(lines), text, start, end, width)


def _content_lines(content: str) -> list[str]:
    lines = content.split("\n")
    return lines[:-1] if not lines[-1] else lines


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
