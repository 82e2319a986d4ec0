"""What the client accepts and libyaml does not, written so that both do: one place after another, as libyaml stops.

Evidence: ``Bun.YAML.parse`` asked directly, see docs/decisions.md.
"""

from __future__ import annotations

from packlint import regex
from packlint.parsing.node import YamlError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# How many repairs a text may take, and how many characters all of them may read: each reads the text anew.
MOST_REPAIRS, _MOST_READ = 100, 500_000
_BLANKS = regex.lazy(r"[ \t]*")
_INDICATOR = regex.lazy(r"[-?:](?=[ \t\r\n])")
_KEYS = regex.lazy(r"(?m)^[^\s#\-\]}][^\n]*?:(?=[ \t\r\n])")
_BETWEEN_QUOTES = regex.lazy(r'(?s)(?:[^"\\]++|\\.)*+')
_ESCAPE = regex.lazy(r"(?s)\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|.)")
_EXPLICIT = regex.lazy(r"[|>][-+]?[1-9]")
# A list that is written without brackets, of one key with its value, neither of which holds a bracket itself.
_PLAIN = r"(?:[^\s,\[\]{}:#'\"&*!|>%@`?-](?:[^\n\[\]{}:#]|:(?=[^\s:]))*+|'[^'\n]*'|\"[^\"\\\n]*\")"
_ITEM_AS_KEY = regex.lazy(rf"(?P<dashes>(?:- ++){{1,9}}+){_PLAIN}?+ *+: ++{_PLAIN} *+(?=:[ \t\r\n])")
_DASHES = regex.lazy(r"( *)(?:- +)*")
# Which the client ends at a blank alone, or at what parts values in brackets.
_NAMES = ("while scanning an anchor", "while scanning an alias")
_REST_OF_NAME = regex.lazy(r"[^ \t\r\n,\[\]{}]*")
_SET_AGAIN = "second occurrence"
_PRIVATE_USE = range(0xE000, 0xF900)


class Eased:
    """A text as libyaml can read it.

    `text` is for libyaml, `shown` the same with the tabs that stood where `text` has spaces. `added` are the offsets in
    both of characters that were put in, `disguises` the characters that stand for others.
    """

    def __init__(self, text: str, disguises: dict[str, str], repairs: int) -> None:
        self.text = self.shown = text
        self._repairs = repairs
        self.added: list[int] = []
        self.disguises = disguises

    def compose(self, compose: Callable[[str], Any], compose_anew: Callable[[str], Any], error: YamlError) -> Any:
        """The node of the text, at which `compose` failed with `error`; `compose_anew` lets anchors be set again.

        Raises:
            YamlError: the client cannot read the text either.
        """
        for _ in range(min(self._repairs, _MOST_READ // len(self.text))):
            if error.reason == _SET_AGAIN and compose is not compose_anew:
                compose = compose_anew
            elif not self._mend(error):
                break
            try:
                return compose(self.text)
            except YamlError as next_error:
                error = next_error
        line_start = self.text.rfind("\n", 0, max(error.at, 0)) + 1
        moved = sum(line_start <= place < error.at for place in self.added)
        raise YamlError(error.reason, error.line, error.column - moved)

    def _mend(self, error: YamlError) -> bool:
        at, found = error.at, self.text[error.at : error.at + 1] if error.at >= 0 else ""
        in_block = error.context.startswith("while parsing a block")
        if error.context.endswith("a quoted scalar"):
            return "escape" in error.reason and self._join_halves(error.begun)
        if found == "\t":
            return self._space_out(at, error)
        if found == "," and in_block:
            self._put(at, self.disguises[","], self.disguises[","])
        elif error.context in _NAMES and (name := self._rest_of_name(at)):
            self._put(at, "_" * len(name), name)
        elif found == "-" and error.reason == "did not find expected key":
            return self._bracket_key(at)
        elif error.context == "while scanning a tag" and found and found in ",]}":
            self._add(at, " ")
        elif found == ":" and error.reason == "found unexpected ':'":
            self._add(at + 1, " ")
        elif found == ":" and error.reason == "did not find expected ',' or '}'":
            return self._join_key(at)
        elif found == ":" and (in_block or error.reason == "did not find expected node content"):
            if in_block or self.text[at + 1] in " \t\r\n,]}":
                self._add(at, "~")
            else:
                self._put(at, self._free_for(":"), ":")
        else:
            return False
        return True

    def _rest_of_name(self, at: int) -> str:
        """What the client takes for the rest of the name of an anchor: up to a blank, a comma or a bracket."""
        found = _REST_OF_NAME.match(self.shown, at)
        return found[0].partition(self.disguises[","])[0] if found else ""

    def _join_key(self, at: int) -> bool:
        """A colon on the line behind its key, put on that line."""
        start = len(self.text[:at].rstrip(" \t\r\n"))
        if "\n" not in self.text[start:at]:
            return False
        self._put(start, " " * (at - start), self.shown[start:at])
        return True

    def _bracket_key(self, at: int) -> bool:
        """An item where a key belongs, with a colon behind it: a list that is a key, as in `- a: b: c`."""
        item = _ITEM_AS_KEY.match(self.text, at)
        if item is None:
            return False
        opening = item["dashes"].replace("-", "[")[:-1] + "{"
        text, shown = opening + item[0][len(opening) :], self.shown[at : item.end()]
        self._put(at, *(each.replace(",", self.disguises[","]) for each in (text, shown)))
        for closing in reversed("}" + "]" * opening.count("[")):
            self._add(item.end(), closing)
        return True

    def _put(self, at: int, text: str, shown: str) -> None:
        self.text = self.text[:at] + text + self.text[at + len(text) :]
        self.shown = self.shown[:at] + shown + self.shown[at + len(text) :]

    def _add(self, at: int, character: str) -> None:
        self.text = self.text[:at] + character + self.text[at:]
        self.shown = self.shown[:at] + character + self.shown[at:]
        self.added = sorted([*(place + (place >= at) for place in self.added), at])

    def _join_halves(self, start: int) -> bool:
        """Escapes of the two halves of one character, which JSON has beyond the sixteen-bit range, between quotes."""
        inside = _BETWEEN_QUOTES.match(self.text, start + 1)
        joined = _ESCAPE.sub(lambda found: self._joined(found[0], found[1], found[2]), inside[0]) if inside else ""
        if not inside or joined == inside[0]:
            return False
        self._put(start + 1, joined, joined)
        return True

    def _joined(self, source: str, high: str | None, low: str | None) -> str:
        if high is None or low is None:
            return source
        meant = (bytes.fromhex(high) + bytes.fromhex(low)).decode("utf-16-be")
        return "".join(f"\\u{ord(self._free_for(each)):04x}" for each in (meant, ""))

    def _free_for(self, meant: str) -> str:
        """A character that can be written with four digits and stands for `meant`."""
        if meant not in self.disguises:
            text, used = self.text.lower(), set(self.disguises.values())
            free = (code for code in _PRIVATE_USE if chr(code) not in text and f"\\u{code:x}" not in text)
            self.disguises[meant] = next(chr(code) for code in free if chr(code) not in used)
        return self.disguises[meant]

    def _space_out(self, at: int, error: YamlError) -> bool:
        """A tab that parts words or stands on an empty line is a space for the client; one that indents is none.

        Once a second key has begun, the first character of a line may not be one, but behind a text without quotes.
        """
        text, blanks = self.text, _BLANKS.match(self.text, at)
        end = blanks.end() if blanks else at
        following = text[end : end + 1]
        before = text[text.rfind("\n", 0, at) + 1 : at]
        is_empty = following in ("", "\r", "\n")
        if error.context == "while scanning a block scalar":
            lines = [line.strip("\r") for line in self.shown[error.begun : at - len(before)].split("\n")[1:-1]]
            indent = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")), None)
            if indent is None and before and not _EXPLICIT.match(text, error.begun):
                return self._tell_width(error.begun, len(before))
            if indent is None or not (before or lines[-1]):
                return False
            if following == "#":
                # Nearer to the edge, for spaces in place of the tab could make it a part of the text.
                self._put(at - len(before), "#", self.shown[at - len(before)])
                return True
            if not (is_empty and self._ends_block(end, indent)):
                return False
        elif error.context == "while scanning a plain scalar":
            if not (is_empty or following in "#]},"):
                return False
        elif _INDICATOR.match(text, end) or (not before and len(_KEYS.findall(text, 0, at)) > 1):
            return False
        self._put(at, " " * (end - at), self.shown[at:end])
        return True

    def _tell_width(self, header: int, indent: int) -> bool:
        """How far a text of a block is indented, put in its header: libyaml takes no tab for its first character."""
        line = self.text[self.text.rfind("\n", 0, header) + 1 : header]
        dashes = _DASHES.match(line)
        around = 0 if dashes is None else len(dashes[1] if dashes.end() == len(line) else dashes[0])
        if not 0 < indent - around < 10:
            return False
        self._add(header + 1, str(indent - around))
        return True

    def _ends_block(self, end: int, indent: int) -> bool:
        """Whether the text of a block that is so far indented goes no further than `end`."""
        following = next((line for line in self.text[end:].split("\n")[1:] if line.strip(" \t\r")), "")
        return len(following) - len(following.lstrip(" ")) < indent
