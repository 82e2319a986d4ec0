"""Draws results.json: this pack's times, and time by the size of a pack in both layouts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("agg")

from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from benchmarks.drawing import INK, STYLE, title
from benchmarks.speed.cases import OWN
from benchmarks.speed.corpus import PLUGIN, PROJECT
from benchmarks.speed.figures import Results, case, cost, sized
from benchmarks.speed.programs import COLD, OURS, WARM, YAML
from benchmarks.tables import ms

OURS_COLOUR, PEER_COLOUR = "#e0703a", "#8b929c"
LINES = {
    COLD: "#e0703a",
    WARM: "#d9a21b",
    "agnix": "#3b82c4",
    "frontmatter-guard": "#1f9d8a",
    YAML: "#8b929c",
}


def draw(results: Results, place: Path) -> None:
    """Write the picture of the results; the suffix of the place decides the format."""
    with plt.rc_context(STYLE):
        figure = plt.figure(figsize=(9, 8.4), layout="constrained")
        grid = figure.add_gridspec(2, 2, height_ratios=[5, 4.6], hspace=0.09)
        own = case(results, OWN)
        assert own is not None
        bars(figure.add_subplot(grid[0, :]), own)
        left = figure.add_subplot(grid[1, 0])
        growth(left, results, PLUGIN)
        growth(figure.add_subplot(grid[1, 1], sharey=left), results, PROJECT)
        metadata = {"Date": None} if place.suffix == ".svg" else {}
        figure.savefig(place, transparent=True, metadata=metadata)
        plt.close(figure)


def bars(axes: Axes, found: Mapping[str, Any]) -> None:
    names = sorted(found["programs"], key=lambda name: cost(found, name))
    longest = max(cost(found, name) for name in names) * 1000
    for y, name in enumerate(names):
        wall = cost(found, name) * 1000
        axes.barh(y, wall, color=OURS_COLOUR if name in OURS else PEER_COLOUR, height=0.62, edgecolor="none")
        axes.text(wall + longest * 0.01, y, f"{ms(wall)} ms", va="center", fontsize=9)
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(names) - 0.5, -0.6)
    axes.set_xlim(0, longest * 1.12)
    axes.set_xlabel("ms")
    title(axes, "This pack", "wall time of the whole process")


def growth(axes: Axes, results: Results, layout: str) -> None:
    packs = sized(results, layout)
    ends = []
    for name, colour in LINES.items():
        measured = [found for found in packs if name in found["programs"]]
        sizes = [found["agents"] for found in measured]
        walls = [cost(found, name) * 1000 for found in measured]
        axes.plot(sizes, walls, "o-", color=colour, linewidth=1.6, markersize=4)
        ends.append((walls[-1], sizes[-1], name.partition(" on ")[0], colour))
    axes.set_xscale("log")
    axes.set_yscale("log")
    labels(axes, ends)
    ticks = [found["agents"] for found in packs]
    axes.set_xticks(ticks, [f"{each:,}" for each in ticks], fontsize=8, rotation=30)
    low, high = axes.get_ylim()
    powers = [10.0**power for power in range(1, 6) if low <= 10**power <= high]
    axes.set_yticks(powers, [f"{each:,.0f}" for each in powers])
    axes.minorticks_off()
    axes.spines["left"].set_visible(True)
    axes.grid(axis="y", color=INK, alpha=0.25, linewidth=0.6)
    axes.set_xlabel("agents; both axes logarithmic")
    if layout == PLUGIN:
        axes.set_ylabel("ms")
    title(axes, f"{layout.capitalize()} layout", "")


def labels(axes: Axes, ends: list[tuple[float, int, str, str]]) -> None:
    """Names beside the ends of their lines, moved apart where they would overlap."""
    height = 0.0
    bottom, top = axes.get_ylim()
    for wall, size, name, colour in sorted(ends):
        height = max(height * (top / bottom) ** 0.055, wall)
        axes.annotate(
            name, (size, wall), xytext=(size * 1.25, height), textcoords="data", color=colour, va="center", fontsize=8,
            weight="bold", annotation_clip=False,
        )  # fmt: skip
