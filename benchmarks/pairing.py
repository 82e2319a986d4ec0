"""Comparisons of what ran in the same round: the load of a machine that others use, too, changes between rounds."""

from __future__ import annotations

from collections.abc import Sequence


def rotated(targets: list[str], by: int) -> list[str]:
    """The targets in another order for each round.

    Whoever always came first would always find the caches that another had left.
    """
    by %= len(targets)
    return targets[by:] + targets[:by]


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """How many times as much one side took as the other in the same round, lowest first.

    Rounds at the end that only one side took part in are left out.
    """
    return sorted(our / their for our, their in zip(ours, theirs, strict=False))
