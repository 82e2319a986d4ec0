"""Medians and ratios of results, and the demands that they are held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.pairing import ratios
from benchmarks.speed.cases import OWN, SIZES, case_name
from benchmarks.speed.corpus import PLUGIN, PROJECT
from benchmarks.speed.programs import COLD, FILLING, PASS, SCRIPT_COLD, SCRIPT_WARM, WARM

Results = Mapping[str, Any]

PAIRS = 7
LARGEST, GROWTH_FROM, GROWTH = 10_000, 1_000, 1.25
_AGNIX, _FMG = "agnix", "frontmatter-guard"
# Case, ours, theirs, at most, aim.
DEMANDED: tuple[tuple[str, tuple[str, ...], tuple[str, ...], float, float | None], ...] = (
    (OWN, (WARM, SCRIPT_WARM), (PASS,), 2.5, 2.0),
    (OWN, (WARM, SCRIPT_WARM), (_FMG,), 1.0, None),
    (OWN, (COLD, FILLING, SCRIPT_COLD), (_FMG,), 1.7, 1.0),
    (OWN, (COLD, FILLING), ("skillsaw", "skilllint", "claudelint", "cclint"), 0.25, None),
    (case_name(PLUGIN, LARGEST), (COLD, FILLING), (_AGNIX,), 1.0, 0.6),
    (case_name(PLUGIN, LARGEST), (WARM,), (_AGNIX,), 0.25, None),
    (case_name(PROJECT, 2_000), (COLD, FILLING), (_AGNIX,), 0.02, None),
)
# MiB of the largest process, and of all together.
_PEAK, _TOGETHER = 100.0, 200.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was demanded and what was measured, in how many pairs of runs; `figure` is None when it was not."""

    what: str
    figure: float | None
    most: float
    aim: float | None = None
    pairs: int | None = None
    unit: str = ""

    @property
    def is_met(self) -> bool:
        return self.figure is not None and self.figure <= self.most

    @property
    def shown(self) -> str:
        """The figure as text."""
        return "not measured" if self.figure is None else f"{self.figure:.3g}{self.unit}"

    def __str__(self) -> str:
        aim = "" if self.aim is None else f", aim {self.aim:g}"
        # Seven pairs are the rule; of runs that take very long there are fewer.
        few = "" if self.pairs is None or self.pairs >= PAIRS else f", {self.pairs} pairs"
        demand = f"at most {self.most:g}{self.unit}{aim}{few}"
        return f"{self.what}: {self.shown} ({demand}) {'ok' if self.is_met else 'MISSED'}"


def case(results: Results, name: str) -> Mapping[str, Any] | None:
    return next((each for each in results["cases"] if each["name"] == name), None)


def cost(found: Mapping[str, Any], program: str, measure: str = "wall") -> float:
    """The median of all runs of a program."""
    return float(median(found["programs"][program][measure]))


def pairs(found: Mapping[str, Any], ours: str, theirs: str, measure: str = "wall") -> list[float]:
    """How many times as long our program took as theirs in each round in which both ran, lowest first."""
    return ratios(found["programs"][ours][measure], found["programs"][theirs][measure])


def judgements(results: Results) -> Iterator[Judgement]:
    """Every demand with what was measured for it."""
    for name, ours, theirs, most, aim in DEMANDED:
        found = case(results, name)
        for our in ours:
            for their in theirs:
                what = f"{name}: {our} / {their}"
                if found is None:
                    yield Judgement(what, None, most, aim)
                else:
                    measured = pairs(found, our, their)
                    yield Judgement(what, median(measured), most, aim, len(measured))
    yield from _memory(results)
    for layout in (PLUGIN, PROJECT):
        yield from _growth(results, layout)
    texts = max(found["packlint_texts"] for found in results["cases"])
    yield Judgement("every pack: texts that packlint wrote about it, with cache and without", texts, 1)


def _memory(results: Results) -> Iterator[Judgement]:
    name = case_name(PLUGIN, LARGEST)
    found = case(results, name)
    for program in (COLD, FILLING, WARM):
        measured = found["programs"][program] if found else {}
        peak = float(max(measured["peak"])) if measured else None
        together = float(measured["together"]["resident"]) if measured else None
        yield Judgement(f"{name}: {program}, peak of the largest process", peak, _PEAK, unit=" MiB")
        yield Judgement(f"{name}: {program}, peak of all processes", together, _TOGETHER, unit=" MiB")


def sized(results: Results, layout: str) -> list[Mapping[str, Any]]:
    """The generated packs of a layout, smallest first."""
    found = (case(results, case_name(layout, size)) for size in SIZES)
    return [each for each in found if each is not None]


def _growth(results: Results, layout: str) -> Iterator[Judgement]:
    """Time per file in the largest pack by that in a smaller one, and the other way round."""
    small, large = (case(results, case_name(layout, size)) for size in (GROWTH_FROM, LARGEST))
    for program in (COLD, FILLING, WARM):
        what = f"{layout}: {program}, time per file at"
        grown: list[float] = []
        if small is not None and large is not None:
            times = ratios(large["programs"][program]["wall"], small["programs"][program]["wall"])
            grown = [each * GROWTH_FROM / LARGEST for each in times]
        up, down = (median(grown), 1 / median(grown)) if grown else (None, None)
        yield Judgement(f"{what} {LARGEST:,} / {GROWTH_FROM:,}", up, GROWTH, pairs=len(grown) or None)
        # Where a cache is warm, starting is most of a small pack's time.
        if program != WARM:
            yield Judgement(f"{what} {GROWTH_FROM:,} / {LARGEST:,}", down, GROWTH, pairs=len(grown) or None)
