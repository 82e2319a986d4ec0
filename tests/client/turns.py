"""Cases that clients are asked in turn: `make test` asks each version about a part, `make client-tests` about all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import pytest

from tests.client import versions

Case = TypeVar("Case")
Test = TypeVar("Test", bound=Callable[..., object])
# Set, every version is asked about every case.
EVERY_CASE = "PACKLINT_EVERY_CASE"


def in_turn(
    name: str,
    cases: Iterable[Case],
    *,
    differ: Callable[[Case], bool] = lambda _: False,
    ids: Callable[[Case], str] = str,
) -> Callable[[Test], Test]:
    """Parametrizes a test by `version` and by its case, each case with the next version.

    Args:
        name: the test's parameter for a case.
        cases: the cases; to ask about one takes seconds.
        differ: whether the versions do not do the same in a case, so that each is asked.
        ids: a case's name.
    """
    rows = []
    for number, case in enumerate(cases):
        turn = versions.VERSIONS[number % len(versions.VERSIONS)]
        asked = versions.VERSIONS if differ(case) or os.environ.get(EVERY_CASE) else (turn,)
        rows += [pytest.param(version, case, id=f"{version}-{ids(case)}") for version in asked]
    return pytest.mark.parametrize(("version", name), rows, indirect=["version"], scope="module")


def sampled(rows: Sequence[Case], every: int, version: str) -> Sequence[Case]:
    """One row in so many, other ones for each version; all of them where every case is asked for."""
    turns = len(versions.VERSIONS)
    if os.environ.get(EVERY_CASE):
        return rows
    return rows[versions.VERSIONS.index(version) * every :: every * turns]
