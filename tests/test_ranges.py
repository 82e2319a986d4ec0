"""Versions and ranges as npm reads them, and so the clients, which installed plugins by all of the first table."""

from __future__ import annotations

import pytest

from packlint.loading import ranges

# A range, a version, and whether the clients load a plugin that needs one of this version.
ASKED = [
    ("^1.0.0", "1.0.0", True),
    ("^2.0.0", "1.0.0", False),
    ("*", "1.0.0", True),
    ("", "1.0.0", True),
    ("1.x", "1.4.0", True),
    (">=1.0.0 <2.0.0", "2.1.0", False),
    ("~1.2", "1.3.0", False),
    ("1.0.0 - 1.5.0", "1.5.1", False),
    ("^1.0.0 || ^3", "3.1.0", True),
    ("v1.0.0", "1.0.0", True),
    ("=1.0.0", "1.0.0", True),
    ("=1.0.0", "1.0.1", False),
    (">=1.0.0-beta", "1.0.0-beta.2", True),
    ("^1.0.0", "1.1.0-beta", False),
    ("^1.0", "1", True),
    ("^1.0", "v1.2", True),
    ("^1.0", "release 1.2.3", True),
    ("> 1", "1.5.0", False),
    ("^0.2.3", "0.2.9", True),
    ("^0.2.3", "0.3.0", False),
    ("~1", "1.9.0", True),
    ("<=1.2", "1.2.9", True),
    (">1.2", "1.2.9", False),
    ("*", "1.0.0-a", False),
    ("x", "2.0.0", True),
    ("^2.0.0", "2.0.0-rc.1", False),
]
# As the documentation of npm's ranges has them.
DOCUMENTED = [
    ("1.2.3 - 2.3", "2.3.9", True),
    ("1.2 - 2.3.4", "1.2.0", True),
    ("~0.2.3", "0.2.9", True),
    ("~0", "0.9.0", True),
    ("~1.2.3-beta.2", "1.2.3-beta.4", True),
    ("~1.2.3-beta.2", "1.2.4-beta.2", False),
    ("^0.0.3", "0.0.3", True),
    ("^0.0.3", "0.0.4", False),
    ("^0.0.x", "0.0.9", True),
    ("^0.0.x", "0.1.0", False),
    ("^0.x", "0.9.0", True),
    ("^1.2.x", "1.9.0", True),
    (">1.2.3", "1.2.3", False),
    (">=1.2.3", "1.2.3", True),
    ("<1.2", "1.2.0", False),
    ("<1.2", "1.1.9", True),
    (">1.2", "1.3.0", True),
    (">1.2", "1.3.0-alpha", False),
    (">*", "1.0.0", False),
    ("1.2.3-alpha.7", "1.2.3-alpha.7+build", True),
    (">1.0.0-alpha.9 <1.0.0", "1.0.0-alpha.10", True),
    (">1.0.0-alpha.9 <1.0.0", "1.0.0-alpha.b", True),
    (">1.0.0-alpha.9 <1.0.0", "1.0.0-alpha", False),
]


@pytest.mark.parametrize(("text", "version", "taken"), [*ASKED, *DOCUMENTED])
def test_what_a_range_takes(text: str, version: str, taken: bool) -> None:
    found, given = ranges.read(text), ranges.version(version)
    assert found is not None
    assert given is not None
    assert ranges.takes(found, given) is taken
    if taken:
        assert not ranges.is_below(found, given)
        assert not ranges.is_above(found, given)


@pytest.mark.parametrize(
    "text", ["abc", "latest", "^", "1.0.0 , 2", "01.2.3", "1.2.3.4", ">=1.0.0 and <2", "1.0.0 || abc"]
)
def test_what_is_no_range(text: str) -> None:
    assert ranges.read(text) is None


def test_a_version_without_a_number_is_none() -> None:
    assert ranges.version("abc") is None


@pytest.mark.parametrize(
    ("text", "version", "below", "above"),
    [
        ("^2.0.0", "1.0.0", True, False),
        ("^2.0.0", "2.0.0-rc.1", True, False),
        ("^1.0.0", "2.0.0", False, True),
        ("^1.0.0 || ^3.0.0", "2.0.0", False, False),
        (">=2 || 1.5.0", "1.0.0", True, False),
        ("<=2.1", "2.1.328", False, False),
        ("<2.1", "2.1.328", False, True),
        (">=1.2", "1.2.0-rc.1", True, False),
        ("*", "1.0.0-a", False, False),
    ],
)
def test_versions_beside_a_range(text: str, version: str, below: bool, above: bool) -> None:
    found, given = ranges.read(text), ranges.version(version)
    assert found is not None
    assert given is not None
    assert (ranges.is_below(found, given), ranges.is_above(found, given)) == (below, above)
