"""How the plots of the published pages look."""

from __future__ import annotations

from matplotlib.axes import Axes

# On a transparent ground, these stand out from white as well as from black.
INK = "#7d838c"
STYLE = {
    "font.size": 10,
    "font.family": "DejaVu Sans",
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "svg.hashsalt": "reference",
    # Text as text: a sixth of the size, and it can be searched.
    "svg.fonttype": "none",
}


def title(axes: Axes, text: str, explanation: str) -> None:
    axes.set_title(text, loc="left", weight="bold", fontsize=11, pad=14)
    axes.set_title(explanation, loc="right", fontsize=9, pad=14)
