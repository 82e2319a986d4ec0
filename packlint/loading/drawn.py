"""Whether a name can be read as it is drawn: no character that nobody sees, no mark without its letter.

Evidence: the names that 2.1.328 refuses; tests/conformance/names.jsonl holds them.
"""

from __future__ import annotations

import unicodedata

from packlint import regex
from packlint.loading import unseen

# Drawn as a blank, or as nothing, though they are no spaces.
_BLANK = "\ufffc\U0001d159\U00013441\U00013442\U00016910\U00016fe4"
_SKIN_AFTER_SIGN = regex.lazy("\ufe0f[\U0001f3fb-\U0001f3ff]")
_KEYCAP = "\u20e3"
_EMOJI_SIGN = "\u263a"
# Vowels and final consonants of Hangul stand on the letter before them, as marks do.
_JAMO = regex.lazy("[\u1160-\u11ff\ud7b0-\ud7ff]")
_DOTLESS, _DOTTED, _DOT = "\u0131\u0237", "ij\u012f\u0249\u0268\u029d\u02b2\u0456\u0458\u1e2d\u1ecb", "\u0307"
# Marks that belong to no script, and so to every one.
_INHERITED = regex.lazy(
    "[\u0300-\u036f\u0485\u0486\u064b-\u0655\u0670\u0951-\u0954\u1ab0-\u1ace\u1cd0-\u1cf9\u1dc0-\u1dff\u20d0-\u20f0"
    "\u302a-\u302d\u3099\u309a\ufe20-\ufe2d]"
)
_MOST_MARKS = 8


def fault(name: str) -> str | None:
    """What makes a name unreadable to newer clients; None where nothing does."""
    if any(unicodedata.category(character) == "Zs" and character != " " for character in name):
        return "the name holds a blank that is no plain space"
    if unseen.without(name) != name or any(character in _BLANK for character in name):
        return "the name holds a character that nobody sees"
    plain = unseen.emoji_as(_EMOJI_SIGN, name)
    if _KEYCAP in plain or _SKIN_AFTER_SIGN.search(name) or _has_stray_mark(plain):
        return "the name holds a combining mark that its letter cannot carry"
    return None


def _has_stray_mark(text: str) -> bool:
    base, marks = "", 0
    for character in text:
        if not _is_mark(character):
            base, marks = character, 0
            continue
        marks += 1
        if marks > _MOST_MARKS or not base or not _carries(base, character):
            return True
    return False


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or bool(_JAMO.match(character))


def _carries(base: str, mark: str) -> bool:
    if unicodedata.category(base)[0] not in "LN" or (base in _DOTLESS and not _JAMO.match(mark)):
        return False
    if base in _DOTTED and mark == _DOT:
        return False
    return bool(_INHERITED.match(mark)) or not _is_of_every_script(base)


def _is_of_every_script(base: str) -> bool:
    """Whether a letter or digit is Latin, or common to all scripts."""
    return base.isascii() or unicodedata.name(base, "").startswith(("LATIN ", "FULLWIDTH ", "MODIFIER "))
