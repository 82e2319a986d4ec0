"""Characters that nobody sees, as newer clients take them out of a listing: all but those of an emoji or a word.

Evidence: a hundred texts listed by 2.1.328; tests/test_unseen.py holds them. The emoji are those that Unicode
recommends for general interchange (RGI).
"""

from __future__ import annotations

from packlint import regex
from packlint.memo import lru_cache

# Emoji by themselves; those that are a sign of text without U+FE0F; those that take a colour of skin.
_EMOJI = (
    "\u231a-\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd-\u25fe\u2614-\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa-\u26ab"
    "\u26bd-\u26be\u26c4-\u26c5\u26ce\u26d4\u26ea\u26f2-\u26f3\u26f5\u26fa\u26fd\u2705\u270a-\u270b\u2728\u274c\u274e"
    "\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b-\u2b1c\u2b50\u2b55\U0001f004\U0001f0cf\U0001f18e"
    "\U0001f191-\U0001f19a\U0001f201\U0001f21a\U0001f22f\U0001f232-\U0001f236\U0001f238-\U0001f23a"
    "\U0001f250-\U0001f251\U0001f300-\U0001f320\U0001f32d-\U0001f335\U0001f337-\U0001f37c\U0001f37e-\U0001f393"
    "\U0001f3a0-\U0001f3ca\U0001f3cf-\U0001f3d3\U0001f3e0-\U0001f3f0\U0001f3f4\U0001f3f8-\U0001f43e\U0001f440"
    "\U0001f442-\U0001f4fc\U0001f4ff-\U0001f53d\U0001f54b-\U0001f54e\U0001f550-\U0001f567\U0001f57a"
    "\U0001f595-\U0001f596\U0001f5a4\U0001f5fb-\U0001f64f\U0001f680-\U0001f6c5\U0001f6cc\U0001f6d0-\U0001f6d2"
    "\U0001f6d5-\U0001f6d8\U0001f6dc-\U0001f6df\U0001f6eb-\U0001f6ec\U0001f6f4-\U0001f6fc\U0001f7e0-\U0001f7eb"
    "\U0001f7f0\U0001f90c-\U0001f93a\U0001f93c-\U0001f945\U0001f947-\U0001f9ff\U0001fa70-\U0001fa7c"
    "\U0001fa80-\U0001fa8a\U0001fa8e-\U0001fac6\U0001fac8\U0001facd-\U0001fadc\U0001fadf-\U0001faea"
    "\U0001faef-\U0001faf8"
)
_SIGNS = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9-\u21aa\u2328\u23cf\u23ed-\u23ef\u23f1-\u23f2"
    "\u23f8-\u23fa\u24c2\u25aa-\u25ab\u25b6\u25c0\u25fb-\u25fc\u2600-\u2604\u260e\u2611\u2618\u261d\u2620"
    "\u2622-\u2623\u2626\u262a\u262e-\u262f\u2638-\u263a\u2640\u2642\u265f-\u2660\u2663\u2665-\u2666\u2668\u267b"
    "\u267e\u2692\u2694-\u2697\u2699\u269b-\u269c\u26a0\u26a7\u26b0-\u26b1\u26c8\u26cf\u26d1\u26d3\u26e9\u26f0-\u26f1"
    "\u26f4\u26f7-\u26f9\u2702\u2708-\u2709\u270c-\u270d\u270f\u2712\u2714\u2716\u271d\u2721\u2733-\u2734\u2744\u2747"
    "\u2763-\u2764\u27a1\u2934-\u2935\u2b05-\u2b07\u3030\u303d\u3297\u3299\U0001f170-\U0001f171\U0001f17e-\U0001f17f"
    "\U0001f202\U0001f237\U0001f321\U0001f324-\U0001f32c\U0001f336\U0001f37d\U0001f396-\U0001f397"
    "\U0001f399-\U0001f39b\U0001f39e-\U0001f39f\U0001f3cb-\U0001f3ce\U0001f3d4-\U0001f3df\U0001f3f3\U0001f3f5"
    "\U0001f3f7\U0001f43f\U0001f441\U0001f4fd\U0001f549-\U0001f54a\U0001f56f-\U0001f570\U0001f573-\U0001f579"
    "\U0001f587\U0001f58a-\U0001f58d\U0001f590\U0001f5a5\U0001f5a8\U0001f5b1-\U0001f5b2\U0001f5bc"
    "\U0001f5c2-\U0001f5c4\U0001f5d1-\U0001f5d3\U0001f5dc-\U0001f5de\U0001f5e1\U0001f5e3\U0001f5e8\U0001f5ef"
    "\U0001f5f3\U0001f5fa\U0001f6cb\U0001f6cd-\U0001f6cf\U0001f6e0-\U0001f6e5\U0001f6e9\U0001f6f0\U0001f6f3"
)
_SKINNED = (
    "\u261d\u26f9\u270a-\u270d\U0001f385\U0001f3c2-\U0001f3c4\U0001f3c7\U0001f3ca-\U0001f3cc\U0001f442-\U0001f443"
    "\U0001f446-\U0001f450\U0001f466-\U0001f469\U0001f46b-\U0001f478\U0001f47c\U0001f481-\U0001f483"
    "\U0001f485-\U0001f487\U0001f48f\U0001f491\U0001f4aa\U0001f574-\U0001f575\U0001f57a\U0001f590"
    "\U0001f595-\U0001f596\U0001f645-\U0001f647\U0001f64b-\U0001f64f\U0001f6a3\U0001f6b4-\U0001f6b6\U0001f6c0"
    "\U0001f6cc\U0001f90c\U0001f90f\U0001f918-\U0001f91f\U0001f926\U0001f930-\U0001f939\U0001f93c-\U0001f93e"
    "\U0001f977\U0001f9b5-\U0001f9b6\U0001f9b8-\U0001f9b9\U0001f9bb\U0001f9cd-\U0001f9cf\U0001f9d1-\U0001f9dd"
    "\U0001fac3-\U0001fac5\U0001faf0-\U0001faf8"
)
# What may follow a joiner: signs of sex, work and weather, and who else is in a family or holds hands.
_JOINED_SIGNS = "\u2640\u2642\u2695\u2696\u2708\u2764\u2620\u26a7\u2744\u2194\u2195\u27a1\U0001f5e8\U0001f32b"
_JOINED = (
    "\u2b1b\U0001f308\U0001f33e\U0001f373\U0001f37c\U0001f384\U0001f393\U0001f3a4\U0001f3a8\U0001f3eb\U0001f3ed\U0001f48b"
    "\U0001f4a5\U0001f4a8\U0001f4ab\U0001f4bb\U0001f4bc\U0001f525\U0001f527\U0001f52c\U0001f680\U0001f692\U0001f7e9\U0001f7eb"
    "\U0001f91d\U0001f9af-\U0001f9b3\U0001f9ba\U0001f9bc\U0001f9bd\U0001fa70\U0001fa79\U0001f466\U0001f467\U0001f9d2"
)
_PEOPLE = "\U0001f468\U0001f469\U0001f9d1"
_SKIN = "[\U0001f3fb-\U0001f3ff]"
_ONE = f"(?:[{_SKINNED}]{_SKIN}|[{_SIGNS}]\ufe0f|[{_EMOJI}])"
_JOINS = (
    f"\u200d(?:[{_JOINED_SIGNS}]\ufe0f|[{_JOINED}]{_SKIN}?|[{_PEOPLE}]{_SKIN}?(?=\u200d[\U0001f466\U0001f467\U0001f9d2])"
    f"|(?<=[\ufe0f\U0001f48b\U0001f91d]\u200d)[{_PEOPLE}]{_SKIN}?)"
)
_TAGGED = (
    "\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
    "|\U000e0077\U000e006c\U000e0073)\U000e007f"
)
_WHOLE = regex.lazy(f"[0-9#*]\ufe0f\u20e3|{_TAGGED}|{_ONE}(?:{_JOINS})*")
# Printable to Python and yet ignored or blank: what a font draws nothing for.
_UNDRAWN = regex.lazy(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
_JOINERS = "\u200c\u200d"
_VIRAMAS = "\u094d\u09cd\u0acd\u0b4d\u0c4d\u0ccd\u0d4d"
_SINHALA_VIRAMA = "\u0dca"


def without(text: str) -> str:
    """A text with a space for each run of characters that nobody sees: controls, joiners, what is not assigned."""
    pieces, position = list[str](), 0
    for match in _WHOLE.finditer(text):
        pieces += _blanked(text, position, match.start()), match[0]
        position = match.end()
    return "".join((*pieces, _blanked(text, position, len(text))))


def emoji_as(sign: str, text: str) -> str:
    """A text that `without` left as it was, with a sign in the place of each emoji, and no joiners in its words."""
    return _WHOLE.sub(sign, text).translate({ord(joiner): None for joiner in _JOINERS})


def _blanked(text: str, start: int, end: int) -> str:
    from itertools import groupby

    def is_blanked(at: int) -> bool:
        return _is_unseen(text[at]) and not (text[at] in _JOINERS and _joins_letters(text, at))

    runs = groupby(range(start, end), is_blanked)
    return "".join(" " if unseen else "".join(text[at] for at in places) for unseen, places in runs)


@lru_cache(maxsize=4096)
def _is_unseen(character: str) -> bool:
    if _UNDRAWN.match(character):
        return True
    if character.isprintable():
        return False
    import unicodedata

    # The spaces of other scripts, category Zs, stay.
    return unicodedata.category(character) != "Zs"


def _joins_letters(text: str, at: int) -> bool:
    """Whether a joiner or a non-joiner is part of a word: behind a virama, or between letters of Arabic."""
    joiner, before, after = text[at], text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if not before or not after.isalpha():
        return False
    if before in _VIRAMAS or (before == _SINHALA_VIRAMA and joiner == "\u200d"):
        return _block(before) == _block(after) and text[at - 2 : at - 1] != before
    letter = text[:at].rstrip("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")[-1:]
    return joiner == "\u200c" and letter.isalpha() and _is_arabic(letter) and _is_arabic(after)


def _block(character: str) -> int:
    """Which of the blocks of 128 that Indic scripts have."""
    return ord(character) >> 7


def _is_arabic(character: str) -> bool:
    return "\u0600" <= character <= "\u06ff" or "\u0750" <= character <= "\u077f"
