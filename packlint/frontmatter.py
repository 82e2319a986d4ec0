"""Frontmatter as the Claude Code client finds, parses and recovers it.

The client takes everything between an opening ``---`` line and the *next* ``---``, wherever that
stands, even inside a word. When the YAML does not parse, it rewrites single top-level lines
and tries once more. Both are measured on 2.1.197 and 2.1.328; tests/conformance holds the labels.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from packlint import regex
from packlint.enumeration import StrEnum
from packlint.memo import cached_property
from packlint.parsing import plain
from packlint.parsing.node import Node, YamlError
from packlint.parsing.plain import Line
from packlint.parsing.scalars import js_string
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# What JavaScript's \s matches and trim() takes away, which the client's expressions use.
# Python's differs in \x1c-\x1f, \x85 and BOM.
JS_SPACE = (
    "\t\n\x0b\x0c\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)
_OPENING = regex.lazy(rf"---[{JS_SPACE}]*\n")
_CLOSING = regex.lazy(rf"---[{JS_SPACE}]*\n?")
_TOP_LEVEL_LINE = regex.lazy(rf"([a-zA-Z_-]+):[{JS_SPACE}]++([^\n\r\u2028\u2029]++)\Z")
_NEEDS_QUOTES = regex.lazy(r"[{}\[\]*&#!|>%@`]|: ")
# More than any frontmatter has; a line with brackets takes as long as a small text.
_MOST_LINES, _REPAIRS_OF_A_LINE = 2_000, 3
# At the beginning of a line, behind one that ends in a comma or opens what the bracket closes.
_LATE_BRACKET = regex.lazy(r"[\[{,][ \t]*\r?\n(?=[\]}])")
_LEADING_TABS = regex.lazy(r"\t+")


class State(StrEnum):
    """What became of a file's frontmatter."""

    ABSENT = "absent"
    UNCLOSED = "unclosed"
    PARSED = "parsed"
    RECOVERED = "recovered"
    LOST = "lost"


@record
class Field:
    """One top-level key: offsets of the key and of its value in the file's text."""

    key: str
    value: Any
    node: Node
    key_start: int
    key_end: int
    start: int
    end: int


@record
class Frontmatter:
    """A file's frontmatter for one client: its state, values and where they stand.

    `start` and `end` delimit the YAML text in the file, `body` is where the body begins. `values`
    is empty unless the YAML is a mapping. `error` is the first parse error, recovered or not; its
    line and column count from 0 within the YAML text.
    """

    state: State
    start: int = 0
    end: int = 0
    body: int = 0
    yaml: str = ""
    error: YamlError | None = None
    _root: Node | None = None
    _recovered: str | None = None
    _lines: list[Line] | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is of the plainest form: see `packlint.parsing.plain`."""
        return self._lines is not None

    @cached_property
    def root(self) -> Node | None:
        """The YAML document, None where there is none."""
        return self._root if self._lines is None else plain.root(self._lines, self.yaml)

    @cached_property
    def values(self) -> dict[str, Any]:
        """The top-level keys with their values, as the client holds them."""
        if self._lines is not None:
            return plain.values(self._lines)
        return self._root.value if self._root and isinstance(self._root.value, dict) else {}

    @property
    def is_mapping(self) -> bool:
        return self.is_plain or (self._root is not None and isinstance(self._root.value, dict))

    @cached_property
    def fields(self) -> list[Field]:
        """Every top-level key in order, duplicates included."""
        if self.root is None:
            return []
        return [self._placed(key, value) for key, value in self.root.entries]

    def _placed(self, key: Node, value: Node) -> Field:
        places = *self.place(key.start, key.end), *self.place(value.start, value.end)
        return Field(js_string(key.value), value.value, value, *places)

    def field(self, key: str) -> Field | None:
        """The occurrence of `key` that counts: the last one."""
        if self._lines is not None:
            line = next((line for line in self._lines if line.key == key), None)
            return None if line is None else self._placed(*line.nodes())
        return next((found for found in reversed(self.fields) if found.key == key), None)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the parsed YAML as offsets in the file's text.

        Recovery keeps the number of lines but makes lines longer, so a place in a recovered line
        is at most that line's end.
        """
        if self._recovered is None:
            return self.start + start, self.start + min(end, len(self.yaml))
        return self._original(start), self._original(end)

    def _original(self, offset: int) -> int:
        recovered, original = self._line_offsets
        line = bisect_right(recovered, offset, key=lambda each: each[0]) - 1
        start, quoted = recovered[line]
        before, written = original[min(line, len(original) - 1)]
        column = offset - start
        changed = written != quoted and column >= len(quoted)
        return self.start + before + (len(written) if changed else min(column, len(written)))

    @cached_property
    def _line_offsets(self) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
        """The lines as recovered and as written, each with its offset."""
        return _with_offsets(self._recovered or ""), _with_offsets(self.yaml)


def _with_offsets(text: str) -> list[tuple[int, str]]:
    lines = text.split("\n")
    return list(zip(accumulate((len(line) + 1 for line in lines), initial=0), lines, strict=False))


def split(text: str) -> tuple[State, int, int, int]:
    """Where the YAML starts and ends and the body begins.

    The state is ABSENT or UNCLOSED where there is none (the whole text is body), else PARSED.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return State.ABSENT, 0, 0, 0
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        return State.UNCLOSED, 0, 0, 0
    return State.PARSED, opening.end(), closing.start(), closing.end()


def read(text: str, *, strips_bom: bool, refuses_nul: bool, refuses_late_bracket: bool = False) -> Frontmatter:
    """A file's frontmatter as one client version sees it; the flags are client facts."""
    skipped = 1 if strips_bom and text.startswith("\ufeff") else 0
    state, start, end, body = split(text[skipped:])
    if state is not State.PARSED:
        return Frontmatter(state)
    source = text[skipped + start : skipped + end]
    found = Frontmatter(State.PARSED, start + skipped, end + skipped, body + skipped, source)
    found._lines = plain.read(_readable(source, refuses_nul))
    if found._lines is None:
        _parse(found, source, refuses_nul, refuses_late_bracket)
    return found


def _readable(source: str, refuses_nul: bool) -> str:
    """What the client's parser sees of a text: one that does not refuse NUL takes it for the end."""
    return source if refuses_nul else source.partition("\x00")[0]


def _parse(found: Frontmatter, source: str, refuses_nul: bool, refuses_late_bracket: bool) -> None:
    from packlint.parsing import yaml12

    try:
        if refuses_late_bracket and (late := _LATE_BRACKET.search(source)):
            raise YamlError("a bracket that ends a list behind a comma", source.count("\n", 0, late.end()), 0)
        found._root = yaml12.parse(_readable(source, refuses_nul))
    except YamlError as error:
        found.error = error
        found.state = _recover(found, source, refuses_nul)


def _recover(found: Frontmatter, source: str, refuses_nul: bool) -> State:
    from packlint.parsing import yaml12

    recovered = recover(source)
    try:
        found._root = yaml12.parse(_readable(recovered, refuses_nul))
    except YamlError:
        return State.LOST
    found._recovered = recovered
    return State.RECOVERED


def recover(source: str) -> str:
    """The client's second reading of YAML that does not parse: one line in, one line out."""
    lines = source.split("\n")
    return "\n".join(map(recover_line, lines)) if len(lines) <= _MOST_LINES else source


def recover_line(line: str) -> str:
    """A top-level `key: value` line with its value quoted, where the client would quote it."""
    line = _LEADING_TABS.sub(lambda tabs: "  " * len(tabs[0]), line, count=1) if line[:1] == "\t" else line
    found = _TOP_LEVEL_LINE.match(line)
    if found is None:
        return line
    key, value = found.groups()
    if not _NEEDS_QUOTES.search(value) or _is_quoted(value) or _is_sequence(value):
        return line
    return f"{key}: {double_quoted(value)}"


def double_quoted(value: str) -> str:
    """`value` as a YAML double-quoted scalar."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_quoted(value: str) -> bool:
    return value[0] in "\"'" and value[-1] == value[0]


def _is_sequence(value: str) -> bool:
    if not (value.startswith("[") and value.endswith("]")):
        return False
    from packlint.parsing import yaml12

    try:
        # Where NUL is refused, the whole is lost anyway.
        node = yaml12.parse(_readable(value, refuses_nul=False), _REPAIRS_OF_A_LINE)
    except YamlError:
        return False
    return node is not None and isinstance(node.value, list)
