"""Files that a pack's texts refer to: found in prose, links, `@` and variables, and resolved.

Only what is clearly meant as a file of the pack counts. Globs, `<placeholders>`, `{templates}`,
routes, code samples, output files and anything conditional ("if it exists") stay silent.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, islice

from packlint import regex
from packlint.client import Client
from packlint.discovery.layout import Layout
from packlint.document import Document
from packlint.files.disk import Disk
from packlint.parsing import indented
from packlint.parsing.fencing import Fence
from packlint.parsing.markdown import Range
from packlint.reading.resolver import Kind, Reference, Resolver
from packlint.reading.wording import TEMPLATE
from packlint.text.holding import holds

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

__all__ = ["Kind", "Reference", "find", "may_refer"]

_VARIABLE = regex.lazy(
    r"\$(?P<brace>\{)?(?P<name>CLAUDE_(?:PLUGIN_ROOT|PLUGIN_DATA|PROJECT_DIR|SKILL_DIR))(?(brace)\})"
)
_AFTER_VARIABLE = regex.lazy(r"[/\w.@%+~#*?<>{}\[\]-]*")
_AT = regex.lazy(
    r"(?<![\w`@./(*])@(?:\"((?:\.{0,2}/)?[\w. -]+(?:/[\w. -]+)*\.(?:md|markdown))\""
    r"|\"?((?:\.{0,2}/)?[\w.-]+(?:/[\w.-]+)*\.(?:md|markdown))\b)"
)
# A package manager's command as far as the name of a package.
_PACKAGE = regex.lazy(r"\b(?:npx|bunx|npm|pnpm|yarn|bun|deno)[ \t](?:[\w:.=-]+[ \t]+)*\Z")
_NEAR = 80
# What a path with a blank in it goes on with, up to the end of a document's name.
_SPACED = regex.lazy(r"/[^\n`\"'<>|]{0,200}?\.(?:md|markdown)\b")
# Lines of a document, as editors and web pages name them.
_LINES = regex.lazy(r"(?<=\.md)(?::[0-9]+(?:[-:][0-9]+)?|#L[0-9]+(?:-L?[0-9]+)?)\Z")
_DOCUMENT = regex.lazy(r"(?:[\w.@+-]+/)+[\w.@+-]+\.(?:md|markdown)(?:#[\w-]+)?\Z")
_FILE = regex.lazy(r".*/|.*\.(?:md|markdown|txt|pdf|html?|json|ya?ml|toml|py|sh|js|ts|png|jpe?g|gif|svg|webp)(?:#|\Z)")
_SOURCE_LINE = regex.lazy(r".*#L\d+(?:-L?\d+)?\Z")
_END_OF_LINK_TEXT = regex.lazy(r" ?`+\]\(")
_WEB = (b"http://", b"https://", b"mailto:")
# In bytes: a code span of one character, and a `[` behind it.
_BEGINNING = 8
# In fences of these languages a text shows how something is written; what others hold is run, or read.
_SHOWN = {
    "json", "jsonc", "json5", "yaml", "yml", "toml", "ini", "markdown", "md", "mdx", "xml", "html", "javascript", "js",
    "typescript", "ts", "python", "py",
}  # fmt: skip
_SCHEME = regex.lazy(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#|\{|<|\$|mailto:")
# In a skill: a file beside it by its name alone, and one in a folder of the skill, also behind a program's name.
_BESIDE = regex.lazy(r"(?:\./)?[\w.@+-]+\.(?:md|markdown)(?:#[\w-]+)?\Z")
_BUNDLED = regex.lazy(r"(?<!\S)(?:\./)?[\w.-]+/[\w./-]*\w\.\w+(?!\S)")

# No document names so many files.
_MOST = 5_000


def find(
    document: Document,
    layout: Layout,
    root: str,
    base: str,
    client: Client,
    disk: Disk,
    skill: str | None = None,
) -> list[Reference]:
    """Every reference in a file's body, in order; of each kind, the first `_MOST` at least.

    Args:
        document: the file.
        layout: of the pack.
        root: the pack's root, against which a client resolves.
        base: the folder that holds agents/ and commands/.
        client: the version that decides where the body begins.
        disk: tells which files are there.
        skill: the folder of the skill that the file is or belongs to: the client tells the model to start from there.
    """
    if not may_refer(document) and not (skill is not None and b"`" in document.marks):
        return []
    resolver = Resolver(document, layout, root, base, disk, skill)
    found = [*islice(_variables(document, client, resolver), _MOST), *islice(_links(document, client, resolver), _MOST)]
    covered = _Cover(found)
    found += [
        reference
        for find_some in (_code_spans, _at_signs)
        for reference in islice(find_some(document, client, resolver), _MOST)
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


def may_refer(document: Document) -> bool:
    """Whether a file can hold a reference at all, which few of its bytes tell."""
    return holds(document.raw, b".m") or holds(document.marks, b"CLAUDE_") or _may_link(document)


def _may_link(document: Document) -> bool:
    """Whether a file can hold a link to something other than the web."""
    raw, marks = document.raw, document.marks
    count = marks.count(b"](")
    # Of `](https://` the marks keep `](://`.
    is_all_web = not count or count == marks.count(b"](://") == raw.count(b"](http")
    at = raw.find(b"](") if not is_all_web else -1
    while at >= 0:
        if not raw[at + 2 : at + 34].lstrip(b" \t\r\n<").startswith(_WEB):
            return True
        at = raw.find(b"](", at + 2)
    at = raw.find(b"]:") if holds(marks, b"]:") else -1
    while at >= 0:
        end = raw.find(b"\n", at)
        end = len(raw) if end < 0 else end
        if _may_define(raw[raw.rfind(b"\n", 0, at) + 1 : end]):
            return True
        at = raw.find(b"]:", end)
    return False


def _may_define(line: bytes) -> bool:
    """Whether a line with `]:` can hold the target of links elsewhere, and one that is not on the web.

    It begins with `[` or so short a code span before that it is taken for indentation, or the beginning is on another
    line, with a code span or a comment from there to here.
    """
    if b"[" not in line[:_BEGINNING] and b"`" not in line and b"-->" not in line:
        return False
    return not all(rest.lstrip(b" \t<").startswith(_WEB) for rest in line.split(b"]:")[1:])


def _variables(document: Document, client: Client, resolver: Resolver) -> Iterator[Reference]:
    if not holds(document.marks, b"CLAUDE_"):
        return
    text, parsed = document.text, document.markdown(client)
    for match in _VARIABLE.finditer(text, parsed.start):
        rest = _AFTER_VARIABLE.match(text, match.end())
        tail = rest[0].rstrip(".") if rest else ""
        path = tail.lstrip("/") if tail.startswith("/") else ""
        tail, path = _as_it_is(text, match, tail, path, resolver)
        if _is_sample(parsed.in_fence(match.start())) and not resolver.begins_here(path, match["name"]):
            continue
        whole = Range(text[match.start() : match.end() + len(tail)], match.start(), match.end() + len(tail))
        yield resolver.reference(Kind.VARIABLE, whole, path, match["name"], match["brace"] is not None)


def _as_it_is(text: str, match: re.Match[str], tail: str, path: str, resolver: Resolver) -> tuple[str, str]:
    """What stands behind a variable and the path that it means: a document's name may hold blanks, or a link `%20`."""
    if not path or resolver.is_there(path.partition("#")[0], match["name"]):
        return tail, path
    longer = _SPACED.match(text, match.end())
    if longer and " " in longer[0] and resolver.is_there(longer[0].lstrip("/"), match["name"]):
        return longer[0], longer[0].lstrip("/")
    is_link = text[match.start() - 1 : match.start()] in ("(", "<")
    return tail, _unquoted(path) if is_link else path


def _is_sample(fence: Fence | None) -> bool:
    return fence is not None and fence.language in _SHOWN


def _links(document: Document, client: Client, resolver: Resolver) -> Iterator[Reference]:
    parsed = document.markdown(client)
    for found in parsed.links if _may_link(document) else ():
        if indented.is_code(document.text, parsed.start, found.start):
            continue
        link = _without_lines(found)
        if link.text and not _SCHEME.match(link.text) and not TEMPLATE.search(link.text):
            if _FILE.match(link.text) and not _SOURCE_LINE.match(link.text):
                yield resolver.reference(Kind.LINK, link, _unquoted(link.text))
        elif link.text.startswith("#") and len(link.text) > 1:
            yield resolver.reference(Kind.LINK, link, _unquoted(link.text))


def _without_lines(part: Range) -> Range:
    lines = _LINES.search(part.text) if part.text[-1:].isdigit() else None
    return Range(part.text[: lines.start()], part.start, part.end) if lines else part


def _unquoted(target: str) -> str:
    if "%" not in target:
        return target
    from urllib.parse import unquote

    return unquote(target)


def _code_spans(document: Document, client: Client, resolver: Resolver) -> Iterator[Reference]:
    parsed = document.markdown(client)
    if resolver.in_skill:
        spans = [span for span in parsed.code_spans if ".m" in span.text or "/" in span.text]
    else:
        spans = [*parsed.code_spans_with(".m")] if b".m" in document.raw else []
    for span in spans:
        if indented.is_code(document.text, parsed.start, span.start):
            continue
        path = _without_lines(span).text.removeprefix("@")
        if _END_OF_LINK_TEXT.match(document.text, span.end):
            continue
        is_one = _DOCUMENT.match(path) and not TEMPLATE.search(path)
        if is_one or (_BESIDE.match(path) and resolver.is_beside(path)) or (" " in path and resolver.is_there(path)):
            yield resolver.reference(Kind.CODE, span, path)
            continue
        for match in _BUNDLED.finditer(span.text) if resolver.in_skill else ():
            if resolver.is_bundled(match[0]):
                part = Range(match[0], span.start + match.start(), span.start + match.end())
                yield resolver.reference(Kind.CODE, part, match[0])


def _at_signs(document: Document, client: Client, resolver: Resolver) -> Iterator[Reference]:
    if b"@" not in document.marks:
        return
    parsed = document.markdown(client)
    for match in regex.begun(_AT, document.text, "@", start=parsed.start):
        if not parsed.in_comment(match.start()) and not _is_package(document.text, match.start()):
            yield resolver.reference(Kind.AT, Range(match[0], *match.span()), match[1] or match[2])


def _is_package(text: str, at: int) -> bool:
    """Whether an `@` begins the name of a package that is installed or run: `npx @scope/name.md`."""
    return _PACKAGE.search(text, max(text.rfind("\n", 0, at) + 1, at - _NEAR), at) is not None
