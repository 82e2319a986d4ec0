"""Tables and figures as the published pages show them."""

from __future__ import annotations

from collections.abc import Sequence

TIMES = "\N{MULTIPLICATION SIGN}"


def ms(value: float) -> str:
    """Milliseconds with about as many digits as they deserve."""
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def markdown(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table that also reads well in a terminal; all but the first column are aligned to the right."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    widths = [max(width, 3) for width in widths]
    numeric = len(headings) > 2

    def line(cells: Sequence[str]) -> str:
        first, *rest = (
            cell.rjust(width) if numeric and n else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return "| " + " | ".join([first, *rest]) + " |"

    rule = ["-" * (width - 1) + ":" if numeric and n else "-" * width for n, width in enumerate(widths)]
    return "\n".join([line(headings), line(rule), *map(line, rows)]) + ("" if numeric else "\n")
