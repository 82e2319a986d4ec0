"""Plain patterns are matched without an expression, and mean what the expression means."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from hypothesis import example, given
from hypothesis import strategies as st

from packlint.text import wildcards

NAMES = st.text(alphabet="aAb.*-k\u212a\u017f\n", max_size=5)
PIECES = st.sampled_from(
    ["*", "**", "?", "[ab]", "[!a]", "a", "B", "k", "\u212a", "\u017f", ".", "/", "//", "./", "\\", "\n"]
)
PATTERNS = st.lists(PIECES, max_size=7).map("".join)
PATHS = st.lists(
    st.sampled_from(["a", "A", "b", "k", "\u212a", "s", "\u017f", "ab.a", "", ".", "a\nb"]), max_size=5
).map("/".join)


def covers_by_expression(pattern: str, path: str) -> bool:
    """As `covers`, with an expression for every pattern."""
    own = pattern.removeprefix("./").removesuffix("/**").rstrip("/")
    wanted = f"**/{own}" if own not in ("", "**") and "/" not in own else own.lstrip("/") or "**"
    parts = path.split("/")
    lengths = range(1, len(parts) + (not pattern.endswith("/")))
    return any(wildcards.of_path(wanted).match("/".join(parts[:length])) for length in lengths)


@given(PATTERNS, PATHS)
@example("patterns/*.md", "PATTERNS/a.MD")
@example("*", "a/b")
@example("a/", "a")
@example("k", "\u212a")
def test_a_grant_covers_what_its_expression_matches(pattern: str, path: str) -> None:
    assert wildcards.covers(pattern, path) == covers_by_expression(pattern, path)


@given(NAMES, NAMES)
@example("aa", "a*a*a")
@example("", "*")
def test_stars_stand_for_anything(text: str, pattern: str) -> None:
    assert wildcards.fits(text, pattern) == fnmatchcase(text, pattern)
    assert wildcards.fits(text, pattern) == bool(wildcards.of_words(pattern).match(text))
    assert wildcards.fits(text, re.sub(r"\*+", "*", pattern)) == wildcards.fits(text, pattern)
