"""Expressions that are compiled ahead are what the standard library makes of them, or are not used."""

from __future__ import annotations

import importlib
import marshal
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import packlint
from packlint import ahead, regex

EXPRESSIONS = [
    ("a(?P<name>b)|(c)", re.IGNORECASE),
    (r"(?x) a  # one", 0),
    (r"^\s*(?:é|[^\w-])++$", re.MULTILINE | re.DOTALL),
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where expressions are kept during one test."""
    found = tmp_path / "kept.expressions"
    monkeypatch.setattr(ahead, "_place", lambda: str(found))
    ahead._kept.cache_clear()
    yield found
    ahead._kept.cache_clear()


@pytest.mark.usefixtures("place")
def test_every_expression_of_the_package_is_what_the_standard_library_makes_of_it() -> None:
    for module in pkgutil.walk_packages(packlint.__path__, "packlint."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    ahead.keep((each.pattern, each.flags) for each in regex.expressions)
    assert len(regex.expressions) > 100
    ahead._kept.cache_clear()
    for each in regex.expressions:
        found = ahead.find(each.pattern, each.flags)
        assert found is not None
        assert found == re.compile(each.pattern, each.flags)
        assert found.groupindex == re.compile(each.pattern, each.flags).groupindex


@pytest.mark.parametrize(("pattern", "flags"), EXPRESSIONS)
@pytest.mark.usefixtures("place")
def test_one_that_is_not_kept_is_not_found(pattern: str, flags: int) -> None:
    assert ahead.find(pattern, flags) is None
    ahead.keep(EXPRESSIONS)
    ahead._kept.cache_clear()
    assert ahead.find(pattern, flags) == re.compile(pattern, flags)
    assert ahead.find(pattern, flags | re.ASCII) is None


_KEY = (EXPRESSIONS[0][0], int(EXPRESSIONS[0][1]))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no marshalled value",
        marshal.dumps(3),
        marshal.dumps(("another Python", {_KEY: marshal.dumps(ahead._compiled(*_KEY))})),
        marshal.dumps((ahead._this_python(), {_KEY: b"?"})),
        marshal.dumps((ahead._this_python(), {_KEY: b""})),
        marshal.dumps((ahead._this_python(), {_KEY: marshal.dumps((0, [99]))})),
        marshal.dumps((ahead._this_python(), {_KEY: marshal.dumps((0, [99], 0, {}, (None,)))})),
    ],
)
def test_what_is_damaged_or_another_pythons_is_not_used(content: bytes, place: Path) -> None:
    place.write_bytes(content)
    pattern, flags = EXPRESSIONS[0]
    assert ahead.find(pattern, flags) is None
    assert regex.lazy(pattern, flags).fullmatch("AB")


def test_what_a_run_had_to_compile_is_kept_where_bytecode_is(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for writes_none in (True, False):
        monkeypatch.setattr(sys, "dont_write_bytecode", writes_none)
        monkeypatch.setattr(ahead, "_missed", [])
        assert all(ahead.find(pattern, flags) is None for pattern, flags in EXPRESSIONS)
        ahead.keep_missed()
        assert place.exists() is not writes_none
    ahead._kept.cache_clear()
    assert all(ahead.find(pattern, flags) == re.compile(pattern, flags) for pattern, flags in EXPRESSIONS)
    monkeypatch.setattr(ahead, "_place", lambda: str(place / "no" / "folder"))
    monkeypatch.setattr(ahead, "_missed", [*EXPRESSIONS])
    ahead.keep_missed()


def test_a_place_that_cannot_be_written_is_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_place", lambda: str(place / "no" / "folder"))
    with pytest.raises(OSError, match="No such file"):
        ahead.keep(EXPRESSIONS)
