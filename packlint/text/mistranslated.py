"""Mojibake: UTF-8 text that was once decoded as Windows-1252 or Mac Roman, found and undone."""

from __future__ import annotations

from packlint import regex
from packlint.memo import cache
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator


@record(frozen=True)
class Run:
    """A stretch of mistranslated text: what stands there, what it was, and by which charset."""

    start: int
    end: int
    wrong: str
    right: str
    charset: str


_CHARSETS = {"Windows-1252": "cp1252", "Mac Roman": "mac_roman"}
_ASCII_TO_BLANK = bytes([ord(" ")] * 0x80) + bytes(range(0x80, 0x100))
_TWO_CHARACTERS = 4
_FIRST_BEGINNING = 0xC0
_NOT_ASCII = regex.lazy(r"[^\x00-\x7f]{2,}")


def may_be(characters: str) -> bool:
    """Whether mojibake can be among the characters of a text that are not ASCII, given in their order."""
    seen = set(characters)
    for charset in _CHARSETS:
        beginning, further = _members(charset)
        if not (seen.isdisjoint(beginning) or seen.isdisjoint(further)) and _reading(charset)[0].search(characters):
            return True
    return False


@cache
def _members(charset: str) -> tuple[frozenset[str], frozenset[str]]:
    """The characters for bytes that begin a sequence of UTF-8, and those for bytes that go on with one."""
    to_byte = _reading(charset)[1]
    beginning = frozenset(char for char, byte in to_byte.items() if byte >= _FIRST_BEGINNING)
    return beginning, frozenset(to_byte) - beginning


def may_be_in(raw: bytes) -> bool:
    """As `may_be`, told by a file's bytes, with an eye on which characters stand together."""
    stretches = (stretch for stretch in raw.translate(_ASCII_TO_BLANK).split() if len(stretch) >= _TWO_CHARACTERS)
    return may_be(b"\0".join(stretches).decode("utf-8", "replace"))


def runs(text: str) -> Iterator[Run]:
    """Every mistranslated stretch, in order; each becomes fewer characters when undone."""
    position = 0
    found = [
        run
        for stretch in _NOT_ASCII.finditer(text)
        for charset in _CHARSETS
        for run in _runs_of(text, charset, *stretch.span())
    ]
    for run in sorted(found, key=lambda run: (run.start, -run.end)):
        if run.start >= position:
            position = run.end
            yield run


def _runs_of(text: str, charset: str, start: int, end: int) -> Iterator[Run]:
    sequences, to_byte = _reading(charset)
    for match in sequences.finditer(text, start, end):
        right = _undone(match[0], to_byte)
        if right is None or not _is_plausible(match[0], right):
            continue
        again = next(_runs_of(right, charset, 0, len(right)), None)
        if again is not None and (again.start, again.end) == (0, len(right)):
            right = again.right
        yield Run(match.start(), match.end(), match[0], right, charset)


@cache
def _reading(charset: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """A pattern for characters that were UTF-8 sequences, and each character's byte.

    Windows-1252 leaves five bytes undefined; decoders give the control character instead.
    """
    to_char = {byte: bytes([byte]).decode(_CHARSETS[charset], "replace") for byte in range(0x80, 0x100)}
    to_char = {byte: chr(byte) if char == "\ufffd" else char for byte, char in to_char.items()}

    import re

    def among(first: int, last: int) -> str:
        return "[" + re.escape("".join(to_char[byte] for byte in range(first, last + 1))) + "]"

    more = among(0x80, 0xBF)
    one = f"(?:{among(0xC2, 0xDF)}{more}|{among(0xE0, 0xEF)}{more}{{2}}|{among(0xF0, 0xF4)}{more}{{3}})"
    return re.compile(f"{one}+"), {char: byte for byte, char in to_char.items()}


def _undone(wrong: str, to_byte: dict[str, int]) -> str | None:
    try:
        return bytes(to_byte[char] for char in wrong).decode("utf-8")
    except (UnicodeDecodeError, KeyError):
        return None


def _is_plausible(wrong: str, right: str) -> bool:
    """Whether a stretch is rather mojibake than text: what it becomes must make sense.

    Two or three characters may meet in real text by chance - an accented capital before a closing
    quote - so a single sequence counts only where it turns into punctuation, a symbol, an emoji
    or a Western European letter.
    """
    from unicodedata import category

    if any(category(char) in ("Cc", "Cn", "Co", "Cs") for char in right):
        return False
    if len(right) > 1 or len(wrong) == 4:
        return True
    if len(wrong) == 3:
        return "\u2000" <= right <= "\u2bff" or right in "\ufe0f\ufeff\uff01\uff1a"
    return "\xa0" <= right <= "\xff"
