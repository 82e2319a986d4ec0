"""Characters that a reader does not see and a model does."""

from __future__ import annotations

import unicodedata

from packlint import regex
from packlint.document import line_near
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_ZERO_WIDTH = regex.lazy("[\u200b-\u200d\u2060-\u2064\u180e\ufeff\u00ad]+")
_BIDI = regex.lazy("[\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = regex.lazy("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
_TAGS = regex.lazy("(?P<flag>\U0001f3f4)?(?P<tags>[\U000e0000-\U000e007f]+)")
_SELECTORS = regex.lazy("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3,}")
_CONTROLS = regex.lazy("[\x00-\x08\x0b\x0e-\x1f\x7f]+")
# Used between letters of scripts that need them; elsewhere they only hide.
_JOINERS = "\u200c\u200d"
_LAST_LATIN = 0x24F
# How far away, in characters, right-to-left letters may stand.
_NEAR = 500


@record(frozen=True)
class Hidden:
    """A run of such characters: its offsets and what it is, in words."""

    start: int
    end: int
    words: str


def zero_width(text: str) -> Iterator[Hidden]:
    """Characters without width, where no script and no emoji needs them."""
    if text.isascii():
        return
    for match in _ZERO_WIDTH.finditer(text):
        if match[0] == "\u00ad" or match.start() == 0:
            continue
        before, after = text[match.start() - 1], text[match.end() : match.end() + 1]
        if any(_needs_it(character, match[0]) for character in (before, after)):
            continue
        yield Hidden(*match.span(), ", ".join(dict.fromkeys(_name(character) for character in match[0])))


def _needs_it(neighbour: str, run: str) -> bool:
    """Whether a neighbour may want the run: a letter or sign of another script, or part of an emoji."""
    if not neighbour or ord(neighbour) <= _LAST_LATIN:
        return False
    category = unicodedata.category(neighbour)
    return category[0] in "LM" or (category[0] == "S" and any(joiner in run for joiner in _JOINERS))


def bidirectional(text: str) -> Iterator[Hidden]:
    """Controls that turn the order of the text around, on lines without right-to-left letters."""
    if text.isascii():
        return
    for match in _BIDI.finditer(text):
        line = line_near(text, match.start(), match.end(), _NEAR)
        if match[0] in "\u202d\u202e" or not _RIGHT_TO_LEFT.search(line):
            yield Hidden(*match.span(), _name(match[0]))


def tags(text: str) -> Iterator[Hidden]:
    """Tag characters, which spell ASCII text that nobody sees, and long runs of variation selectors."""
    if text.isascii():
        return
    for match in _TAGS.finditer(text):
        if match["flag"] and match["tags"].endswith("\U000e007f") and len(match["tags"]) <= len("gbeng") + 2:
            continue
        spelt = "".join(chr(ord(each) - 0xE0000) for each in match["tags"] if 0xE0020 <= ord(each) < 0xE007F)
        yield Hidden(match.start("tags"), match.end(), f"tag characters that spell '{spelt}'")
    for match in _SELECTORS.finditer(text):
        yield Hidden(*match.span(), f"{len(match[0])} variation selectors in a row")


def controls(text: str) -> Iterator[Hidden]:
    """NUL, escape and the other control characters that have no place in a text."""
    for match in _CONTROLS.finditer(text):
        names = dict.fromkeys("NUL" if each == "\0" else f"U+{ord(each):04X}" for each in match[0])
        yield Hidden(*match.span(), ", ".join(names))


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '').lower()}".strip()
