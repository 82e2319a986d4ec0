"""Signs of characters that nobody sees, or that were once others."""

from __future__ import annotations

from packlint import regex
from packlint.signs.names import (
    BIDIRECTIONAL,
    BYTE_ORDER_MARK,
    CONTROL,
    MOJIBAKE,
    REPLACED,
    TAGS,
    ZERO_WIDTH,
)
from packlint.text import mistranslated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.document import Document

_PLAIN_BYTES = bytes([0x09, 0x0A, 0x0C, 0x0D, *range(0x20, 0x7F)])
_CONTROLS = frozenset("".join(map(chr, (*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F))))
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\u180e\ufeff\u00ad")
_BIDIRECTIONAL = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TAGS = regex.lazy("[\U000e0000-\U000e007f]|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3}")


def signs(document: Document) -> set[str]:
    """The signs of a file's characters; of most files there are none, and they are soon done with."""
    text = document.text
    odd = document.marks.translate(None, _PLAIN_BYTES)
    if not odd:
        return set()
    # What is left of UTF-8 text when single bytes are taken out is whole characters.
    characters = odd.decode("utf-8", "replace")
    found, seen = set(), set(characters)
    if not seen.isdisjoint(_CONTROLS):
        found.add(CONTROL)
    if "\ufffd" in text:
        found.add(REPLACED)
    if not seen.isdisjoint(_ZERO_WIDTH):
        found.add(ZERO_WIDTH)
    if not seen.isdisjoint(_BIDIRECTIONAL):
        found.add(BIDIRECTIONAL)
    if _TAGS.search(characters):
        found.add(TAGS)
    # What stands together in the text does so in its marks.
    if mistranslated.may_be(characters) and mistranslated.may_be_in(document.marks):
        found.add(MOJIBAKE)
    if text.startswith("\ufeff"):
        found.add(BYTE_ORDER_MARK)
    return found
