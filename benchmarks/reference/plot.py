from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("agg")

from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from benchmarks.drawing import INK, STYLE, title
from benchmarks.reference.figures import BARE, LIMIT_CONNECTIONS, LIMIT_MS, RAW, SERVICE, Results, ratio
from benchmarks.reference.layers import DATABASE, FRAMEWORK, GROUP_ORDER, OBSERVED, REST, THREADS, grouped
from benchmarks.reference.page import at, cpu_ms
from benchmarks.tables import TIMES, ms

# Colour, distance from the middle of the row, and on which side of the first dot the name stands.
TARGETS = {RAW: ("#8b929c", -0.13, "center"), BARE: ("#1f9d8a", 0.13, "left"), SERVICE: ("#e0703a", 0.0, "left")}
COLOURS = {DATABASE: "#3b82c4", FRAMEWORK: "#1f9d8a", THREADS: "#e0703a", OBSERVED: "#a66fc9", REST: "#8b929c"}


def draw(results: Results, place: Path) -> None:
    """Write the picture of the results; the suffix of the place decides the format."""
    with plt.rc_context(STYLE):
        figure, (above, below) = plt.subplots(2, 1, figsize=(9, 7.6), height_ratios=[8, 6.6], layout="constrained")
        figure.get_layout_engine().set(hspace=0.09)
        latencies(above, at(results, LIMIT_CONNECTIONS))
        layers(below, results["profiles"])
        metadata = {"Date": None} if place.suffix == ".svg" else {}
        figure.savefig(place, transparent=True, metadata=metadata)
        plt.close(figure)


def latencies(axes: Axes, cells: list[Any]) -> None:
    for y, cell in enumerate(cells):
        for name, (colour, offset, side) in TARGETS.items():
            p50, p95 = cell["targets"][name]["p50"], cell["targets"][name]["p95"]
            axes.plot([p50, p95], [y + offset] * 2, color=colour, linewidth=2, solid_capstyle="butt")
            axes.plot(p50, y + offset, "o", color=colour, markersize=6)
            axes.plot(p95, y + offset, "|", color=colour, markersize=8, markeredgewidth=2)
            if y == 0:
                axes.text(
                    p50,
                    -0.42,
                    f"reference {name}" if name == SERVICE else name,
                    color=colour,
                    ha=side,
                    va="bottom",
                    weight="bold",
                )
        axes.text(1.01, y, f"{TIMES} {ratio(cell, BARE):.0f}", transform=axes.get_yaxis_transform(), va="center")
    axes.text(1.01, -0.42, "to bare", transform=axes.get_yaxis_transform(), va="bottom")
    axes.axvline(LIMIT_MS, color=INK, linewidth=1, linestyle=(0, (4, 3)))
    axes.text(LIMIT_MS * 0.95, -0.42, "limit of p95 for reads", ha="right", va="bottom", fontsize=9)
    axes.set_xscale("log")
    axes.set_xticks([0.5, 1, 2, 5, 10, 20, 50, 100, 200], [0.5, 1, 2, 5, 10, 20, 50, 100, 200])
    axes.minorticks_off()
    axes.set_xlim(right=max(axes.get_xlim()[1], LIMIT_MS * 1.3))
    axes.set_yticks(range(len(cells)), [cell["case"] for cell in cells])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(cells) - 0.45, -0.95)
    axes.set_xlabel("ms")
    title(axes, f"Latency at {LIMIT_CONNECTIONS} connections", "dot p50, bar p95; logarithmic")


def layers(axes: Axes, profiles: list[Any]) -> None:
    longest = max(map(cpu_ms, profiles))
    for y, profile in enumerate(profiles):
        left, total = 0.0, cpu_ms(profile)
        for name, share in grouped(profile["shares"]).items():
            width = share * total
            axes.barh(y, width, left=left, color=COLOURS[name], height=0.62, edgecolor="none")
            if width > longest * 0.045:
                axes.text(left + width / 2, y, f"{share:.0%}", color="white", ha="center", va="center", fontsize=9)
            left += width
        axes.text(left + longest * 0.01, y, f"{ms(total)} ms", va="center")
    names_in_colour(axes)
    axes.set_yticks(range(len(profiles)), [each["case"] for each in profiles])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(profiles) - 0.5, -1.0)
    axes.set_xlim(0, longest * 1.1)
    axes.set_xlabel("ms")
    title(axes, "CPU time of the service for one request", "by what was running")


def names_in_colour(axes: Axes) -> None:
    place: Any = (0.0, -0.42)
    frame: Any = axes.get_yaxis_transform()
    gap = 0
    for name in GROUP_ORDER:
        frame = axes.annotate(
            name,
            place,
            xycoords=frame,
            xytext=(gap, 0),
            textcoords="offset points",
            va="bottom",
            color=COLOURS[name],
            weight="bold",
            fontsize=9,
            annotation_clip=False,
        )
        # The next one begins where this one ends.
        place, gap = (1.0, 0.0), 11
