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
# Marks that belong to no script, and so to every one. Between two of one range there is none of another script.
_INHERITED = regex.lazy(
    "[\u0300-\u036f\u0485-\u0486\u064b-\u0655\u0670\u0951-\u0954\u1ab0-\u1aeb\u1cd0-\u1ce0\u1ce2-\u1cf4"
    "\u1cf8-\u20f0\u302a-\u302d\u3099-\u309a\ufe00-\ufe2d\U000101fd-\U000102e0\U0001133b\U0001cf00-\U0001cf46"
    "\U0001d167-\U0001d169\U0001d17b-\U0001d1ad\U000e0100-\U000e01ef]"
)
# Letters and digits that are Latin or common to all scripts, in ranges of the same kind.
_OF_EVERY_SCRIPT = regex.lazy(
    "[0-9A-Za-z\u00aa-\u02ee\u0374\u0640\u1ce9-\u1d25\u1d2c-\u1d5c\u1d62-\u1d65\u1d6b-\u1d77\u1d79-\u1dbe"
    "\u1e00-\u1eff\u2070-\u2124\u2128-\u2793\u2c60-\u2c7f\u2e2f\u3006\u3031-\u3035\u303c\u30fc\u3192-\u3195"
    "\u3220-\u32bf\ua717-\ua7ff\ua830-\ua835\ua9cf\uab30-\uab64\uab66-\uab69\ufb00-\ufb06\uff10-\uff5a\uff70"
    "\uff9e-\uff9f\U00010107-\U00010133\U000102e1-\U000102fb\U00010780-\U000107ba\U0001ccf0-\U0001df2a"
    "\U0001ec71-\U0001ed3d\U0001f100-\U0001fbf9]"
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
    return bool(_INHERITED.match(mark)) or not _OF_EVERY_SCRIPT.match(base)
