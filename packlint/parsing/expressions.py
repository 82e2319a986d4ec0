"""JavaScript's regular expressions, as far as Python can say what they are and what they match.

Evidence: 110 matchers of hooks on 2.1.197, 2.1.328 and 2.1.332; tests/client/test_matchers.py asks again for some.
"""

from __future__ import annotations

from packlint import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

# Nobody writes a longer one, and to compile it may take as long as somebody likes.
_LONGEST = 1_000
# With more that repeats, or with repetitions in one another, to look for it may.
_MOST_REPEATED = 3
_REPEATS, _REPEATED_GROUP = regex.lazy(r"[*+{]"), regex.lazy(r"\)[*+{]")
_ESCAPE_OR_SET = regex.lazy(r"(?s)\\.|\[(?:\\.|[^\]\\])*\]")
_EMPTY_SET = regex.lazy(r"\[\^?\]")
# What only Python reads: a `+` that gives nothing back, and groups that JavaScript does not know.
_FOREIGN = regex.lazy(r"(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\+|\(\?(?![:=!]|<[=!A-Za-z_$]|[ims]*(?:-[ims]+)?:)")
_ESCAPE = regex.lazy(r"(?s)\\(.)")
# Letters that mean something behind a backslash; any other stands for itself in JavaScript.
_MEANT = frozenset("bBdDwWsSfnrtvcxuk")
_NAMED = regex.lazy(r"\(\?<(?=[A-Za-z_])")
# What the two read differently, so that Python tells nothing about it.
_UNSURE = regex.lazy(r"\\[ckxu0-9]|\{,")
_BROKEN = (
    "nothing to repeat",
    "multiple repeat",
    "min repeat greater",
    "unknown extension ?)",
    "missing )",
    "unbalanced parenthesis",
    "unterminated character set",
    "bad escape (end of pattern)",
)


def is_broken(text: str) -> bool:
    """Whether JavaScript cannot read an expression; where unsure, it can."""
    if len(text) > _LONGEST:
        return False
    if _FOREIGN.search(_ESCAPE_OR_SET.sub("x", text)):
        return True
    import re

    try:
        _compiled(text)
    except re.error as error:
        return error.msg.startswith(_BROKEN)
    except (OverflowError, RecursionError):
        return False
    return False


def match_none(text: str, names: Iterable[str]) -> bool:
    """Whether an expression is surely found in none of these short texts."""
    bare = _ESCAPE_OR_SET.sub("x", text)
    is_slow = len(text) > _LONGEST or len(_REPEATS.findall(bare)) > _MOST_REPEATED or _REPEATED_GROUP.search(bare)
    if is_slow or _UNSURE.search(text):
        return False
    import re

    try:
        found = _compiled(text)
    except (re.error, OverflowError, RecursionError):
        return False
    return not any(found.search(name) for name in names)


def _compiled(text: str) -> re.Pattern[str]:
    import re
    import warnings

    text = _EMPTY_SET.sub(lambda found: "(?!)" if found[0] == "[]" else r"[\s\S]", text)
    text = _ESCAPE.sub(lambda found: found[1] if found[1].isalpha() and found[1] not in _MEANT else found[0], text)
    text = _NAMED.sub("(?P<", text)
    with warnings.catch_warnings(action="ignore"):
        return re.compile(text)
