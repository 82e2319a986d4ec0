"""Signs of what a text holds: fences by language, comments, paths, tokens, downloads."""

from __future__ import annotations

from packlint.file import File
from packlint.signs.names import (
    COMMENT,
    DOWNLOAD,
    HOME,
    JSON,
    MERGE_MARKER,
    PYTHON,
    SECRET,
    SHELL,
    SNIPPET,
    SUPPRESSION,
    TOML,
    UNCLOSED_FENCE,
    YAML,
)
from packlint.text import credentials
from packlint.text.holding import holds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.document import Document
    from packlint.pack import Pack

_LANGUAGES = {
    "python": PYTHON, "py": PYTHON, "python3": PYTHON, "json": JSON, "yaml": YAML, "yml": YAML, "toml": TOML,
    "bash": SHELL, "sh": SHELL, "shell": SHELL,
}  # fmt: skip
# Of `~/`, `/Users/` and `C:\\Users\\`, what is left without small letters.
_HOMES = (b"~/", b"/U/", b":\\U\\")
_DOWNLOADS = (b"curl", b"wget", b"iwr", b"irm", b"Invoke-WebRequest")


def signs(file: File, pack: Pack) -> set[str]:
    """The signs of an agent's, a command's or a document's text, sought in its bytes, where it goes quicker."""
    document = file.document
    raw, marks = document.raw, document.marks
    found = signs_of_any_text(document)
    if holds(raw, b"packlint:"):
        found.add(SUPPRESSION)
    if holds(marks, b"<!--"):
        if holds(raw, b"snippet:"):
            found.add(SNIPPET)
        if raw.count(b"<!--") > raw.count(b"<!-- snippet:"):
            found.add(COMMENT)
    if holds(marks, b"<<<<<<<", b">>>>>>>"):
        found.add(MERGE_MARKER)
    if holds(marks, *_HOMES) or holds(raw, b"/home/"):
        found.add(HOME)
    if holds(marks, b"```", b"~~~"):
        parsed = document.markdown(pack.client)
        if parsed.nesting is not None:
            found.add(UNCLOSED_FENCE)
        for fence in parsed.fences:
            if not fence.closed:
                found.add(UNCLOSED_FENCE)
            language = _LANGUAGES.get(fence.language)
            if language is not None:
                found.add(language)
    return found


def signs_of_any_text(document: Document) -> set[str]:
    """The signs that a manifest may show, too."""
    found = set()
    if credentials.may_hold(document.raw, document.marks):
        found.add(SECRET)
    if _downloads(document.raw, document.marks):
        found.add(DOWNLOAD)
    return found


def _downloads(raw: bytes, marks: bytes) -> bool:
    """Whether something may be fetched and given to something else: a pipe follows an address, or a shell reads it."""
    is_given = holds(marks, b"://") and (holds(marks, b"<(", b"$(") or (holds(marks, b"|") and _is_piped(raw)))
    return is_given and holds(raw, *_DOWNLOADS)


def _is_piped(raw: bytes) -> bool:
    at = raw.find(b"http")
    while at >= 0:
        end = raw.find(b"\n", at)
        end = len(raw) if end < 0 else end
        if raw.find(b"|", at, end) >= 0:
            return True
        at = raw.find(b"http", end)
    return False
