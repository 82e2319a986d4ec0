"""Files that a pack's texts refer to: found in prose, links, `@` and variables, and resolved.

Only what is clearly meant as a file of the pack counts. Globs, `<placeholders>`, `{templates}`,
routes, code samples, output files and anything conditional ("if it exists") stay silent.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

from packlint import regex
from packlint.client import Client
from packlint.document import Document
from packlint.loader import Layout
from packlint.markdown import Range
from packlint.record import record
from packlint.wording import (
    CONDITIONAL,
    PROJECT_FILES,
    PROJECT_FOLDERS,
    READ,
    SAMPLE_NAMES,
    SENTENCE_END,
    TEMPLATE,
    WRITE,
)

_VARIABLE = regex.lazy(
    r"\$(?P<brace>\{)?(?P<name>CLAUDE_(?:PLUGIN_ROOT|PLUGIN_DATA|PROJECT_DIR|SKILL_DIR))(?(brace)\})"
)
_AFTER_VARIABLE = regex.lazy(r"[/\w.@%+~#*?<>{}\[\]-]*")
_AT = regex.lazy(r"(?<![\w`@./(*])@\"?((?:\.{0,2}/)?[\w.-]+(?:/[\w.-]+)*\.(?:md|markdown))\b")
_DOCUMENT = regex.lazy(r"(?:\.{1,2}/)*(?:[\w.@+-]+/)+[\w.@+-]+\.(?:md|markdown)(?:#[\w-]+)?\Z")
_FILE = regex.lazy(r".*/|.*\.(?:md|markdown|txt|pdf|html?|json|ya?ml|toml|py|sh|js|ts|png|jpe?g|gif|svg|webp)(?:#|\Z)")
_SOURCE_LINE = regex.lazy(r".*#L\d+(?:-L?\d+)?\Z")
_END_OF_LINK_TEXT = regex.lazy(r" ?`+\]\(")
_SCHEME = regex.lazy(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#|\{|<|\$|mailto:")
# In a skill: a file beside it by its name alone, and one in a folder of the skill, also behind a program's name.
_BESIDE = regex.lazy(r"(?:\./)?[\w.@+-]+\.(?:md|markdown)(?:#[\w-]+)?\Z")
_BUNDLED = regex.lazy(r"(?<!\S)(?:\./)?[\w.-]+/[\w./-]*\w\.\w+(?!\S)")
# What stands in back ticks is named and tells nobody what to do, `reviews/x.md` for one.
_SPAN = regex.lazy(r"`[^`\n]*`")


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
    target: Path | None
    from_root: bool
    escapes: bool
    wrong_case: str | None
    certain: bool


def find(
    document: Document, layout: Layout, root: Path, base: Path, client: Client, skill: Path | None = None
) -> list[Reference]:
    """Every reference in a file's body, in order.

    Args:
        document: the file.
        layout: of the pack.
        root: the pack's root, against which a client resolves.
        base: the folder that holds agents/ and commands/.
        client: the version that decides where the body begins.
        skill: the folder of the skill that the file is or belongs to: the client tells the model to start from there.
    """
    resolver = _Resolver(document, layout, root, base, skill)
    found = [*_variables(document, client, resolver), *_links(document, client, resolver)]
    covered = [(reference.start, reference.end) for reference in found]
    found += [
        reference
        for reference in (*_code_spans(document, client, resolver), *_at_signs(document, client, resolver))
        if not any(start <= reference.start < end for start, end in covered)
    ]
    return sorted(found, key=lambda reference: reference.start)


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
                yield resolver.reference(Kind.LINK, link, unquote(link.text))
        elif link.text.startswith("#") and len(link.text) > 1:
            yield resolver.reference(Kind.LINK, link, link.text)


def _code_spans(document: Document, client: Client, resolver: _Resolver) -> Iterator[Reference]:
    for span in document.markdown(client).code_spans:
        path = span.text.removeprefix("@")
        if _END_OF_LINK_TEXT.match(document.text, span.end):
            continue
        if (_DOCUMENT.match(path) and not TEMPLATE.search(path)) or (_BESIDE.match(path) and resolver.is_beside(path)):
            yield resolver.reference(Kind.CODE, span, path)
        else:
            for match in _BUNDLED.finditer(span.text):
                if resolver.is_bundled(match[0]):
                    part = Range(match[0], span.start + match.start(), span.start + match.end())
                    yield resolver.reference(Kind.CODE, part, match[0])


def _at_signs(document: Document, client: Client, resolver: _Resolver) -> Iterator[Reference]:
    parsed = document.markdown(client)
    for match in _AT.finditer(document.text, parsed.start):
        if not parsed.in_comment(match.start()):
            yield resolver.reference(Kind.AT, Range(match[0], *match.span()), match[1])


class _Resolver:
    """Looks for a file in its skill, below the pack's root, beside the file that names it, and in the project."""

    def __init__(self, document: Document, layout: Layout, root: Path, base: Path, skill: Path | None) -> None:
        self._document = document
        self._layout = layout
        self._root = root
        self._skill = skill
        own = [document.path.parent] if skill is None else [document.path.parent, skill]
        bases = [root, *own, base] if skill is None else [*own, root, base, skill.parent]
        bases.append(base / "skills")
        self._bases = list(dict.fromkeys(bases))

    def is_beside(self, name: str) -> bool:
        """Whether a skill has a file of this name, whatever its case, beside it or beside the file that names it."""
        bare = name.partition("#")[0]
        return self._skill is not None and any(_other_case(base, bare) for base in self._bases[:2])

    def is_bundled(self, path: str) -> bool:
        """Whether a path begins with a folder of the skill."""
        parts = Path(path).parts[:1]
        return self._skill is not None and bool(parts) and parts[0] != ".." and (self._skill / parts[0]).is_dir()

    def _bases_of(self, variable: str | None) -> list[Path]:
        if variable == "CLAUDE_SKILL_DIR" and self._skill is not None:
            return [self._skill]
        return [self._root] if variable else self._bases

    def reference(
        self, kind: Kind, written: Range, path: str, variable: str | None = None, braced: bool = True
    ) -> Reference:
        path, _, anchor = path.partition("#")
        target, from_root, escapes = self._target(kind, path, variable)
        wrong_case = None
        if target is None and path and not TEMPLATE.search(path):
            spellings = [_other_case(base, path) for base in self._bases_of(variable)]
            wrong_case = next((found for found in spellings if found and found != os.path.normpath(path)), None)
        certain = wrong_case is not None or self._is_certain(kind, written, path, variable)
        return Reference(
            kind, written.text, written.start, written.end, variable, braced, path, anchor,
            target, from_root, escapes, wrong_case, certain,
        )  # fmt: skip

    def _target(self, kind: Kind, path: str, variable: str | None) -> tuple[Path | None, bool, bool]:
        if not path:
            return (self._document.path if kind is Kind.LINK else None), False, False
        if TEMPLATE.search(path) or os.path.isabs(path):
            return None, False, False
        bases = self._bases_of(variable)
        if kind is Kind.LINK:
            bases = [self._document.path.parent, *bases]
        escapes = all(not _inside(base / path, self._root) for base in bases)
        for base in bases:
            place = base / path
            if exact(place) and (_inside(place, self._root) or escapes):
                return Path(os.path.normpath(place)), base == self._root, escapes
        return None, False, escapes

    def _is_certain(self, kind: Kind, written: Range, path: str, variable: str | None) -> bool:
        if variable or TEMPLATE.search(path):
            return not TEMPLATE.search(path)
        if os.path.isabs(path) or self._is_any_projects(path) or Path(path).stem.lower() in SAMPLE_NAMES:
            return False
        first = Path(path).parts[0] if Path(path).parts else ""
        is_folder = first not in ("..", ".") and any((base / first).is_dir() for base in self._bases)
        is_own = self.is_bundled(path)
        if kind is Kind.LINK:
            return is_own or is_folder or first not in PROJECT_FOLDERS
        sentence, lead, is_item = self._context(written)
        if CONDITIONAL.search(sentence):
            return False
        before = _SPAN.sub("", sentence[: max(0, sentence.find(written.text))])
        if WRITE.search(before) and not READ.search(before):
            return False
        if is_own or is_folder:
            is_made = is_item and WRITE.search(lead) and not READ.search(lead)
            return not is_made and (is_own or first not in PROJECT_FOLDERS)
        if first in PROJECT_FOLDERS or first.startswith("."):
            return False
        if WRITE.search(lead) and not READ.search(lead):
            return False
        return bool(READ.search(before) or READ.search(lead))

    def _is_any_projects(self, path: str) -> bool:
        """Whether a file is of a name that every project may have, in a folder that the pack does not have."""
        name = Path(path)
        folder = name.parent.as_posix().strip("./")
        is_ours = bool(folder) and any((base / name.parent).is_dir() for base in self._bases)
        return name.stem.lower() in PROJECT_FILES and not is_ours

    def _context(self, written: Range) -> tuple[str, str, bool]:
        """The sentence around a reference, the line that introduces its list, and whether it stands in one."""
        text = self._document.text
        line_start = text.rfind("\n", 0, written.start) + 1
        line = text[line_start : self._document.line_end(written.end)]
        offset = written.start - line_start
        begin = max((m.end() for m in SENTENCE_END.finditer(line, 0, offset)), default=0)
        end = next((m.start() for m in SENTENCE_END.finditer(line, offset + len(written.text))), len(line))
        above = text[max(0, line_start - 2_000) : line_start].rstrip().split("\n")
        lead = next((text for text in reversed(above) if text.strip() and not _is_item(text)), "")
        return line[begin:end], lead, _is_item(line)


def _is_item(line: str) -> bool:
    return re.match(r"\s*(?:[-*+]|\d+[.)])\s|\s{2,}", line) is not None


def _inside(path: Path, root: Path) -> bool:
    return Path(os.path.normpath(path)).is_relative_to(root)


def exact(path: Path) -> bool:
    """Whether a path exists with this very spelling, also where the file system ignores case."""
    place = Path(os.path.normpath(path))
    try:
        if not place.exists():
            return False
        return place.name in os.listdir(place.parent) if place.name else True
    except (OSError, ValueError):
        return False


def _other_case(base: Path, path: str) -> str | None:
    """The spelling on disk of a path that differs from `path` in case alone."""
    current = base
    spelled: list[str] = []
    for part in Path(os.path.normpath(path)).parts:
        if part == "..":
            current, spelled = current.parent, [*spelled, part]
            continue
        try:
            names = os.listdir(current)
        except OSError:
            return None
        match = part if part in names else next((n for n in sorted(names) if n.lower() == part.lower()), None)
        if match is None:
            return None
        current, spelled = current / match, [*spelled, match]
    return "/".join(spelled)
