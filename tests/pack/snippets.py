"""Quoted code: which region of the reference service each block of a page claims to be."""

from __future__ import annotations

import re
import textwrap
from functools import cache
from typing import NamedTuple

from .documents import PAGES, text_of

_BLOCK = re.compile(r"(?:^<!-- snippet: (\S+)#(\S+) -->\n)?^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARKER = re.compile(r"\s*# (end)?region: ([\w-]+)")


class Snippet(NamedTuple):
    """A fenced block; `path` and `region` are empty where nothing above it says where it comes from."""

    page: str
    path: str
    region: str
    language: str
    code: str


class Region(NamedTuple):
    """What stands between the markers of a region: its text and the numbers of its lines."""

    text: str
    lines: range


def snippets_of(page: str, text: str) -> list[Snippet]:
    return [
        Snippet(page, found[1] or "", found[2] or "", found[3], found[4].rstrip("\n"))
        for found in _BLOCK.finditer(text)
    ]


def regions_of(source: str) -> dict[str, Region]:
    """The regions of a source; markers of other regions inside one are no part of it."""
    lines = source.splitlines()
    opened: dict[str, int] = {}
    found: dict[str, Region] = {}
    for number, line in enumerate(lines, 1):
        if (marker := _MARKER.fullmatch(line)) is None:
            continue
        name = marker[2]
        if not marker[1]:
            if name in opened:
                raise ValueError(f"region {name} is opened twice")
            opened[name] = number
            continue
        if name not in opened or name in found:
            raise ValueError(f"region {name} is closed without being open")
        inside = [text for text in lines[opened[name] : number - 1] if not _MARKER.fullmatch(text)]
        found[name] = Region(textwrap.dedent("\n".join(inside)).strip("\n"), range(opened[name] + 1, number))
    if never := opened.keys() - found.keys():
        raise ValueError(f"never closed: {sorted(never)}")
    return found


@cache
def regions_in(path: str) -> dict[str, Region]:
    return regions_of(text_of(path))


SNIPPETS = [snippet for page in PAGES for snippet in snippets_of(page, text_of(page))]
PYTHON = [snippet for snippet in SNIPPETS if snippet.language == "python"]
PUBLISHED = sorted({(snippet.path, snippet.region) for snippet in SNIPPETS if snippet.path})


def label(snippet: Snippet) -> str:
    return f"{snippet.page}-{snippet.path.rpartition('/')[2]}-{snippet.region}"
