"""A finding's identity by content, the same wherever in its file it stands."""

from __future__ import annotations

import hashlib

from packlint import regex
from packlint.document import Document
from packlint.pack import Pack
from packlint.problem import Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOVES = regex.lazy(r"\b(line|column) \d+")


def contents(problems: Iterable[Problem], packs: Sequence[Pack]) -> list[str]:
    """The hash of each problem's line and message, in order; findings alike in both share one.

    Blanks around the line and the line numbers that a message names do not count.
    """
    documents = {file.shown: file.document for pack in packs for file in pack.files}
    return [_content(problem, documents[problem.path]) for problem in problems]


def _content(problem: Problem, document: Document) -> str:
    start = document.line_start(problem.place.line)
    line = document.text[start : document.line_end(start)].strip()
    message = _MOVES.sub(r"\1", problem.message)
    return hashlib.sha256(f"{line}\0{message}".encode("utf-8", "backslashreplace")).hexdigest()[:16]
