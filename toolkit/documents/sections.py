"""Generated sections inside documents that people write: between markers is the generator's, the rest is theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from toolkit.failure import ToolkitError

BEGIN = "<!-- generated:begin {} -->"
END = "<!-- generated:end {} -->"
LONGEST = 100
_MARK = re.compile(r"^[ \t]*<!-- generated:(begin|end) ([\w-]+) -->[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """A part of a document: its name in the markers, the heading it first gets, and its text."""

    name: str
    heading: str
    text: str


@dataclass(frozen=True)
class Page:
    """A document: its file's name, its title, a first paragraph, and its generated sections."""

    file: str
    title: str
    opening: str
    sections: tuple[Section, ...]


def is_by_hand(path: Path) -> bool:
    """Whether a document is there and has no marker of a generated section."""
    return path.is_file() and not _MARK.search(path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n"))


def updated(page: Page, path: Path) -> tuple[str, str | None, list[str]]:
    """What a document would be with fresh sections.

    Args:
        page: its sections as they are today.
        path: its file, which need not exist.

    Returns:
        The new text, the old one (None without a file), and what differs: one text for each stale section.

    Raises:
        ToolkitError: the markers of the file do not pair.
    """
    old = path.read_bytes().decode("utf-8") if path.is_file() else None
    text = old if old is not None else f"# {page.title}\n\n{page.opening}\n"
    newline = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n")
    stale = [] if old is not None else ["the file is missing"]
    for section in page.sections:
        text, difference = _with(section, text, path)
        if difference and old is not None:
            stale.append(f"section {section.name} {difference}")
    return text.replace("\n", newline), old, stale


def _with(section: Section, text: str, path: Path) -> tuple[str, str]:
    body = f"{BEGIN.format(section.name)}\n\n{section.text.strip()}\n\n{END.format(section.name)}"
    place = _place(section.name, text, path)
    if place is None:
        return f"{text.rstrip()}\n\n## {section.heading}\n\n{body}\n", "is missing"
    start, end = place
    return text[:start] + body + text[end:], _difference(text[start:end], body)


def _place(name: str, text: str, path: Path) -> tuple[int, int] | None:
    """Where a section begins and ends, markers included."""
    marks = [match for match in _MARK.finditer(text) if match[2] == name]
    if not marks:
        return None
    if [match[1] for match in marks] != ["begin", "end"]:
        line = text.count("\n", 0, marks[0].start()) + 1
        raise ToolkitError(
            f"{path}:{line}: the markers of section {name} do not pair: keep one begin and, below it, one end"
        )
    return marks[0].start(), marks[1].end()


def _difference(old: str, new: str) -> str:
    """Nothing where both are the same; else the first line that only one of them has."""
    before, after = old.splitlines(), new.splitlines()
    if before == after:
        return ""
    for line in after:
        if line not in before:
            return f"is stale: it lacks {line.strip()[:LONGEST]}"
    still = [line.strip()[:LONGEST] for line in before if line not in after]
    return f"is stale: it still has {still[0]}" if still else "is stale: its lines are in another order"
