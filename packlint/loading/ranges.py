"""Versions and the ranges that take them, as the client reads both: those of npm.

Evidence: dependencies between plugins that were installed by 2.1.197 and 2.1.328; tests/test_ranges.py holds them.
"""

from __future__ import annotations

from packlint import regex
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from re import Match

_NUMBER = r"(?:0|[1-9][0-9]*)"
_PART = rf"(?:{_NUMBER}|[xX*])"
_PRE = r"(?:-(?P<pre>[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?"
_VERSION = regex.lazy(rf"[v=\s]*(?P<a>{_NUMBER})\.(?P<b>{_NUMBER})\.(?P<c>{_NUMBER}){_PRE}\Z")
# Any other text is taken for the first number in it, with up to two more behind dots.
_COERCED = regex.lazy(r"(?<![0-9])(?P<a>[0-9]{1,16})(?:\.(?P<b>[0-9]{1,16}))?(?:\.(?P<c>[0-9]{1,16}))?(?![0-9])")
_COMPARATOR = regex.lazy(
    rf"(?P<sign>[<>]=?|=|~>?|\^)?v?(?P<a>{_PART})(?:\.(?P<b>{_PART})(?:\.(?P<c>{_PART}){_PRE})?)?\Z"
)
_HYPHEN = regex.lazy(r"(\S+)\s+-\s+(\S+)\Z")
_BLANKS = regex.lazy(r"([<>=~^])\s+")
_LONGEST = 256

# A version as a value that can be compared: what stands behind a dash is lower than nothing there.
Version = tuple[int, int, int, int, tuple[tuple[int, int, str], ...]]


@record(frozen=True)
class Bound:
    """One bound of a range: `sign` is one of `>`, `>=`, `<` and `<=`; `is_pre` where what it names is no release."""

    sign: str
    version: Version
    is_pre: bool = False


Range = list[list[Bound]]


def version(text: str) -> Version | None:
    """A plugin's version; None for a text without a number."""
    match = _VERSION.match(text.strip()) or _COERCED.search(text)
    if match is None:
        return None
    found = match.groupdict()
    return _version(int(found["a"]), int(found["b"] or 0), int(found["c"] or 0), found.get("pre"))


def _version(major: int, minor: int = 0, patch: int = 0, pre: str | None = None) -> Version:
    names = [(0, int(each), "") if each.isdecimal() else (1, 0, each) for each in pre.split(".")] if pre else []
    return major, minor, patch, 0 if pre else 1, tuple(names)


def read(text: str) -> Range | None:
    """The alternatives of a range, each with its bounds; None for what the client takes for no range."""
    found: Range = []
    for each in text[:_LONGEST].split("||"):
        bounds = _alternative(each.strip())
        if bounds is None:
            return None
        found.append(bounds)
    return found


def _alternative(text: str) -> list[Bound] | None:
    ends = _HYPHEN.match(text)
    parts = [f">={ends[1]}", f"<={ends[2]}"] if ends else _BLANKS.sub(r"\1", text).split()
    matches = [_COMPARATOR.match(part) for part in parts]
    return None if None in matches else [bound for match in matches if match for bound in _bounds(match)]


def _bounds(match: Match[str]) -> Iterator[Bound]:
    sign = match["sign"] or "="
    numbers = [int(each) if each and each.isdecimal() else None for each in (match["a"], match["b"], match["c"])]
    major, minor, patch = numbers
    if major is None:
        if sign in ("<", ">"):
            yield Bound("<", _lowest(0))  # nothing
        return
    is_whole = minor is not None and patch is not None
    pre = match["pre"] if is_whole else None
    lower = _version(major, minor or 0, (patch or 0) if minor is not None else 0, pre)
    upper = _lowest(major + 1) if minor is None else _lowest(major, minor + 1)
    if sign in (">=", "<") or (is_whole and sign in (">", "<=")):
        yield Bound(sign, lower if is_whole or sign == ">=" else _lowest(*lower[:3]), pre is not None)
    elif sign == ">":
        yield Bound(">=", (*upper[:3], 1, ()))
    elif sign == "<=":
        yield Bound("<", upper)
    else:
        yield Bound(">=", lower, pre is not None)
        if sign == "=" and is_whole:
            yield Bound("<=", lower, pre is not None)
        else:
            yield Bound("<", _caret(major, minor, patch) if sign == "^" else upper)


def _caret(major: int, minor: int | None, patch: int | None) -> Version:
    """Where a range ends that keeps the first number which is not 0."""
    if major or minor is None:
        return _lowest(major + 1)
    return _lowest(0, minor + 1) if minor or patch is None else _lowest(0, 0, patch + 1)


def _lowest(major: int, minor: int = 0, patch: int = 0) -> Version:
    """What is below every version of these numbers."""
    return major, minor, patch, 0, ()


def takes(found: Range, given: Version) -> bool:
    """Whether a range takes a version; one that is no release only where a bound names another of its numbers."""
    return any(
        all(_holds(bound, given) for bound in bounds)
        and (given[3] == 1 or any(bound.is_pre and bound.version[:3] == given[:3] for bound in bounds))
        for bounds in found
    )


def is_below(found: Range, given: Version) -> bool:
    """Whether a version is too low for a range."""
    return all(any(bound.sign[0] == ">" and not _holds(bound, given) for bound in bounds) for bounds in found)


def is_above(found: Range, given: Version) -> bool:
    """Whether a version is too high for a range."""
    return all(any(bound.sign[0] == "<" and not _holds(bound, given) for bound in bounds) for bounds in found)


def _holds(bound: Bound, given: Version) -> bool:
    if bound.sign[0] == ">":
        return given > bound.version or (bound.sign == ">=" and given == bound.version)
    return given < bound.version or (bound.sign == "<=" and given == bound.version)
