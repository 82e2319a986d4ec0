"""One file, read once: its text, where its lines begin, its frontmatter and its Markdown."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from packlint import frontmatter
from packlint.client import Client
from packlint.frontmatter import Frontmatter
from packlint.memo import cached_property
from packlint.parsing.markdown import Markdown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.problem import Place
    from packlint.reading.surroundings import Surroundings


# To count lines up to so many places takes less time than to note where every line begins.
_FEW = 12


class Document:
    """A file's bytes and everything derived from them, computed when first asked for.

    Args:
        location: where the file is.
        shown: its name in reports: relative, with forward slashes.
        raw: its bytes.
    """

    def __init__(self, location: str, shown: str, raw: bytes) -> None:
        self.location = location
        self.shown = shown
        self.raw = raw
        # By client version: the signs of the text, see `packlint.signs`.
        self.signs: dict[str, frozenset[str]] = {}
        self._frontmatter: dict[str, Frontmatter] = {}
        self._parsed: Markdown | None = None
        self._asked = 0

    def renamed(self, location: str, shown: str) -> Document:
        """The same text at another place, with everything that was derived from it so far."""
        found = Document(location, shown, self.raw)
        derived = {name: value for name, value in self.__dict__.items() if name not in ("location", "shown")}
        found.__dict__.update(derived)
        return found

    @cached_property
    def surroundings(self) -> Surroundings:
        """What the words around a place in the text say."""
        from packlint.reading.surroundings import Surroundings

        return Surroundings(self.text, self.line_starts)

    @cached_property
    def text(self) -> str:
        """The text as the client reads it: bytes that are not UTF-8 become U+FFFD."""
        return self.raw.decode("utf-8", "replace")

    @cached_property
    def marks(self) -> bytes:
        """The file's bytes without small letters, spaces and newlines.

        Most of what signs are looked for by is in these, which are a seventh of a text and searched as much faster.
        """
        return self.raw.translate(None, b"abcdefghijklmnopqrstuvwxyz \n")

    @cached_property
    def is_utf8(self) -> bool:
        if "\ufffd" not in self.text:
            return True
        try:
            self.raw.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return True

    @property
    def is_mendable(self) -> bool:
        """Whether a fix can be applied to the text."""
        return self.is_utf8

    @cached_property
    def line_starts(self) -> list[int]:
        """The offsets at which lines begin."""
        return list(accumulate((len(line) + 1 for line in self.text.split("\n")[:-1]), initial=0))

    def place(self, start: int, end: int) -> Place:
        """Lines and columns of a range of offsets."""
        from packlint.problem import Place

        line, column = self._line_and_column(start)
        end = max(start, end)
        if self.text.find("\n", start, end) < 0:
            return Place(line, column, line, column + end - start)
        return Place(line, column, *self._line_and_column(end))

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        self._asked += 1
        if self._asked < _FEW:
            line = self.text.count("\n", 0, offset) + 1
            return line, offset - self.text.rfind("\n", 0, offset)
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_start(self, line: int) -> int:
        """The offset at which a line, counted from 1, begins; the last one where a change has left fewer of them."""
        return self.line_starts[min(line, len(self.line_starts)) - 1]

    def line_end(self, offset: int) -> int:
        """The offset at which the line around `offset` ends, its newline left out."""
        end = self.text.find("\n", offset)
        end = len(self.text) if end < 0 else end
        return end - 1 if end > offset and self.text[end - 1] == "\r" else end

    def frontmatter(self, client: Client) -> Frontmatter:
        """The frontmatter as one client version reads it."""
        known = self._frontmatter.get(client.version)
        if known is None:
            known = self._frontmatter[client.version] = frontmatter.read(
                self.text,
                strips_bom=client.does("strips_bom"),
                refuses_nul=client.does("refuses_nul"),
                refuses_late_bracket=client.does("refuses_late_bracket"),
            )
        return known

    def markdown(self, client: Client) -> Markdown:
        """The body's Markdown, its offsets counted in the whole text."""
        body = self.frontmatter(client).body
        if self._parsed is None or self._parsed.start != body:
            self._parsed = Markdown(self.text, body)
        return self._parsed


def line_near(text: str, start: int, end: int, distance: int) -> str:
    """The line around two offsets of a text, or so much of it as is no farther away than `distance` characters."""
    first, last = max(0, start - distance), end + distance
    line_end = text.find("\n", end, last)
    return text[max(first, text.rfind("\n", first, start) + 1) : last if line_end < 0 else line_end]
