"""Files that a pack's texts refer to: found in prose, links, `@` and variables, and resolved.

Only what is clearly meant as a file of the pack counts. Globs, `<placeholders>`, `{templates}`,
routes, code samples, output files and anything conditional ("if it exists") stay silent.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

from packlint import regex
from packlint.client import Client
from packlint.disk import Disk, normal
from packlint.document import Document
from packlint.layout import Layout
from packlint.markdown import Range
from packlint.record import record
from packlint.root import is_below
from packlint.wording import PROJECT_FILES, PROJECT_FOLDERS, TEMPLATE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.surroundings import Surroundings

_VARIABLE = regex.lazy(
    r"\$(?P<brace>\{)?(?P<name>CLAUDE_(?:PLUGIN_ROOT|PLUGIN_DATA|PROJECT_DIR|SKILL_DIR))(?(brace)\})"
)
_AFTER_VARIABLE = regex.lazy(r"[/\w.@%+~#*?<>{}\[\]-]*")
_AT = regex.lazy(r"(?<![\w`@./(*])@\"?((?:\.{0,2}/)?[\w.-]+(?:/[\w.-]+)*\.(?:md|markdown))\b")
_DOCUMENT = regex.lazy(r"(?:[\w.@+-]+/)+[\w.@+-]+\.(?:md|markdown)(?:#[\w-]+)?\Z")
_FILE = regex.lazy(r".*/|.*\.(?:md|markdown|txt|pdf|html?|json|ya?ml|toml|py|sh|js|ts|png|jpe?g|gif|svg|webp)(?:#|\Z)")
_SOURCE_LINE = regex.lazy(r".*#L\d+(?:-L?\d+)?\Z")
_END_OF_LINK_TEXT = regex.lazy(r" ?`+\]\(")
_SCHEME = regex.lazy(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#|\{|<|\$|mailto:")


class Kind(StrEnum):
    """How a text refers to a file."""

    CODE = "code span"
    LINK = "link"
    AT = "@ reference"
    VARIABLE = "variable"


@record(frozen=True)
class Reference:
    """One reference: what is written and where, and what it resolves to.

    `path` is the part that names a file, `anchor` what follows its ``#``. `target` is the file or
    folder found, None where there is none. `wrong_case` is the real spelling when only the case
    differs. `certain`: the text tells the reader to read it, so a missing file is a defect.
    """

    kind: Kind
    text: str
    start: int
    end: int
    variable: str | None
    braced: bool
    path: str
    anchor: str
    target: str | None
    from_root: bool
    escapes: bool
    wrong_case: str | None
    certain: bool


def find(document: Document, layout: Layout, root: str, base: str, client: Client, disk: Disk) -> list[Reference]:
    """Every reference in a file's body, in order.

    Args:
        document: the file.
        layout: of the pack.
        root: the pack's root, against which a client resolves.
        base: the folder that holds agents/ and commands/.
        client: the version that decides where the body begins.
        disk: tells which files are there.
    """
    if not may_refer(document.text):
        return []
    resolver = _Resolver(document, layout, root, base, disk)
    found = [*_variables(document, client, resolver), *_links(document, client, resolver)]
    covered = _Cover(found)
    found += [
        reference
        for reference in (*_code_spans(document, client, resolver), *_at_signs(document, client, resolver))
        if reference.start not in covered
    ]
    return sorted(found, key=lambda reference: reference.start)


class _Cover:
    """The offsets that references stand on; to ask takes as long for a thousand of them as for one."""

    def __init__(self, references: list[Reference]) -> None:
        spans = sorted((reference.start, reference.end) for reference in references)
        self._starts = [start for start, _ in spans]
        self._ends = list(accumulate((end for _, end in spans), max))

    def __contains__(self, offset: int) -> bool:
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._ends[index]


def may_refer(text: str) -> bool:
    """Whether a text can hold a reference at all, which few characters tell."""
    return "CLAUDE_" in text or ".md" in text or ".markdown" in text or "](" in text or "]:" in text


def _variables(document: Document, client: Client, resolver: _Resolver) -> Iterator[Reference]:
    text, body = document.text, document.markdown(client).start
    for match in _VARIABLE.finditer(text, body):
        rest = _AFTER_VARIABLE.match(text, match.end())
        tail = rest[0].rstrip(".") if rest else ""
        path = tail.lstrip("/") if tail.startswith("/") else ""
        whole = Range(text[match.start() : match.end() + len(tail)], match.start(), match.end() + len(tail))
        yield resolver.reference(Kind.VARIABLE, whole, path, match["name"], match["brace"] is not None)


def _links(document: Document, client: Client, resolver: _Resolver) -> Iterator[Reference]:
    for link in document.markdown(client).links:
        if link.text and not _SCHEME.match(link.text) and not TEMPLATE.search(link.text):
            if _FILE.match(link.text) and not _SOURCE_LINE.match(link.text):
                yield resolver.reference(Kind.LINK, link, _unquoted(link.text))
        elif link.text.startswith("#") and len(link.text) > 1:
            yield resolver.reference(Kind.LINK, link, link.text)


def _unquoted(target: str) -> str:
    if "%" not in target:
        return target
    from urllib.parse import unquote

    return unquote(target)


def _code_spans(document: Document, client: Client, resolver: _Resolver) -> Iterator[Reference]:
    for span in document.markdown(client).code_spans if ".m" in document.text else ():
        path = span.text.removeprefix("@")
        is_link_text = _END_OF_LINK_TEXT.match(document.text, span.end)
        if _DOCUMENT.match(path) and not TEMPLATE.search(path) and not is_link_text:
            yield resolver.reference(Kind.CODE, span, path)


def _at_signs(document: Document, client: Client, resolver: _Resolver) -> Iterator[Reference]:
    parsed, text = document.markdown(client), document.text
    at = text.find("@", parsed.start)
    while at >= 0:
        match = _AT.match(text, at)
        if match is not None and not parsed.in_comment(at):
            yield resolver.reference(Kind.AT, Range(match[0], *match.span()), match[1])
        at = text.find("@", match.end() if match is not None else at + 1)


class _Resolver:
    """Looks for a file below the pack's root, beside the file that names it, and in the project."""

    def __init__(self, document: Document, layout: Layout, root: str, base: str, disk: Disk) -> None:
        self._document = document
        self._layout = layout
        self._root = root
        self._disk = disk
        self._beside = os.path.dirname(document.location)
        self._bases = [root, self._beside] + ([base] if base != root else [])

    def reference(
        self, kind: Kind, written: Range, path: str, variable: str | None = None, braced: bool = True
    ) -> Reference:
        path, _, anchor = path.partition("#")
        target, from_root, escapes = self._target(kind, path, variable)
        wrong_case = None
        if target is None and path and not TEMPLATE.search(path):
            spellings = [_other_case(self._disk, base, path) for base in ([self._root] if variable else self._bases)]
            wrong_case = next((found for found in spellings if found and found != normal(path)), None)
        certain = wrong_case is not None or self._is_certain(kind, written, path, variable)
        return Reference(
            kind, written.text, written.start, written.end, variable, braced, path, anchor,
            target, from_root, escapes, wrong_case, certain,
        )  # fmt: skip

    def _target(self, kind: Kind, path: str, variable: str | None) -> tuple[str | None, bool, bool]:
        if not path:
            return (self._document.location if kind is Kind.LINK else None), False, False
        if TEMPLATE.search(path) or os.path.isabs(path):
            return None, False, False
        bases = [self._root] if variable else self._bases
        if kind is Kind.LINK:
            bases = [self._beside, *bases]
        places = [(base, normal(f"{base}/{path}")) for base in bases]
        escapes = all(not is_below(place, self._root) for _, place in places)
        for base, place in places:
            if (escapes or is_below(place, self._root)) and self._disk.is_exact(place):
                return place, base == self._root, escapes
        return None, False, escapes

    def _is_certain(self, kind: Kind, written: Range, path: str, variable: str | None) -> bool:
        if variable or TEMPLATE.search(path):
            return not TEMPLATE.search(path)
        if os.path.isabs(path) or self._is_any_projects(path):
            return False
        first = next((part for part in path.split("/") if part not in ("", ".")), "")
        is_folder = first not in ("..", "") and any(self._is_folder(base, first) for base in self._bases)
        if kind is Kind.LINK:
            return is_folder or first not in PROJECT_FOLDERS
        told = self._surroundings.told(written.start, written.end)
        if told.conditional or (told.writes and not told.reads):
            return False
        if is_folder:
            return first not in PROJECT_FOLDERS
        if first in PROJECT_FOLDERS or first.startswith("."):
            return False
        if told.lead_writes and not told.lead_reads:
            return False
        return told.reads or told.lead_reads

    @cached_property
    def _surroundings(self) -> Surroundings:
        from packlint.surroundings import Surroundings

        return Surroundings(self._document.text, self._document.line_starts)

    def _is_folder(self, base: str, path: str) -> bool:
        return self._disk.is_folder(normal(f"{base}/{path}"))

    def _is_any_projects(self, path: str) -> bool:
        """Whether a file is of a name that every project may have, in a folder that the pack does not have."""
        parent, _, name = path.rpartition("/")
        is_ours = bool(parent.strip("./")) and any(self._is_folder(base, parent) for base in self._bases)
        stem = name.rpartition(".")[0] or name
        return stem.lower() in PROJECT_FILES and not is_ours


def _other_case(disk: Disk, base: str, path: str) -> str | None:
    """The spelling on disk of a path that differs from `path` in case alone."""
    current = base
    spelled: list[str] = []
    for part in normal(path).split("/"):
        if part == "..":
            current = os.path.dirname(current)
            spelled.append(part)
            continue
        match = disk.spelled(current, part)
        if match is None:
            return None
        current = f"{current}/{match}"
        spelled.append(match)
    return "/".join(spelled)
