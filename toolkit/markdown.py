"""Markdown tables and Mermaid names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

NOTHING = "-"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells are escaped, empty ones shown as a dash."""
    lines = [f"| {' | '.join(heads)} |", f"| {' | '.join('---' for _ in heads)} |"]
    lines += [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)


def code(text: str) -> str:
    """An inline code span, or nothing for nothing."""
    if "`" not in text:
        return f"`{text}`" if text else ""
    fence = "`" * (max(map(len, re.findall("`+", text))) + 1)
    return f"{fence} {text} {fence}"


def identifier(text: str) -> str:
    """A name that Mermaid takes without quotes."""
    return re.sub(r"\W+", "_", text).strip("_") or "_"


def quoted(text: str) -> str:
    """A name of any kind, words of Mermaid's own included."""
    return '"' + text.replace('"', "'") + '"'


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split()) or NOTHING
