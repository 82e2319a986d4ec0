"""Applies fixes to files: only what was asked for, never half a file."""

from __future__ import annotations

import difflib
import os
import shutil
import tempfile
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from packlint.config import Settings
from packlint.document import Document
from packlint.pack import Pack
from packlint.problem import Edit, Problem

# Each round may uncover the next finding in a line already mended; this many were never needed.
_MAX_ROUNDS = 10


def edited(text: str, problems: Iterable[Problem], unsafe: bool) -> str:
    """`text` with the problems' fixes applied, earliest first; a fix that overlaps one waits for the next round."""
    taken: list[Edit] = []
    for problem in problems:
        fix = problem.fix
        if fix is not None and (fix.safe or unsafe) and not any(_overlaps(edit, taken) for edit in fix.edits):
            for edit in fix.edits:
                insort(taken, edit, key=_start)
    pieces, position = list[str](), 0
    for edit in taken:
        pieces += text[position : edit.start], edit.text
        position = edit.end
    return "".join((*pieces, text[position:]))


def _start(edit: Edit) -> int:
    return edit.start


def _overlaps(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Whether an edit begins where another one does, or changes what it changes; `taken` is in order."""
    index = bisect_left(taken, edit.start, key=_start)
    if index < len(taken) and (taken[index].start == edit.start or taken[index].start < edit.end):
        return True
    return index > 0 and edit.start < taken[index - 1].end


def fix(
    read: Callable[[], Sequence[Pack]],
    check: Callable[[Sequence[Pack], Settings], list[Problem]],
    settings: Settings,
    *,
    unsafe: bool,
    write: bool,
) -> tuple[dict[str, tuple[str, str, str]], list[Problem], Sequence[Pack]]:
    """Mend what can be mended, until nothing changes.

    Args:
        read: reads the packs anew.
        check: finds their problems.
        settings: passed on to `check`.
        unsafe: apply unsafe fixes too.
        write: change the files; otherwise only one round is worked out and nothing is written.

    Returns:
        Each changed file with its reported name, its first and its last text; the problems that are
        left; and the packs as last read.
    """
    changed: dict[str, tuple[str, str, str]] = {}
    for _ in range(_MAX_ROUNDS):
        packs = read()
        problems = check(packs, settings)
        texts = dict(_rewritten(packs, problems, unsafe))
        for path, (document, new) in texts.items():
            first = changed[path][1] if path in changed else document.text
            changed[path] = (document.shown, first, new)
            if write:
                replace_file(path, new)
        if not texts or not write:
            return changed, problems, packs
    return changed, problems, packs


def _rewritten(
    packs: Sequence[Pack], problems: list[Problem], unsafe: bool
) -> Iterator[tuple[str, tuple[Document, str]]]:
    """Each file that a fix changes, by real path: a file reached by two names is mended once."""
    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        by_path.setdefault(problem.path, []).append(problem)
    seen: set[str] = set()
    for pack in packs:
        for file in pack.files:
            real = os.path.realpath(file.location)
            if real in seen or file.shown not in by_path or not file.document.is_utf8:
                continue
            seen.add(real)
            new = edited(file.document.text, by_path[file.shown], unsafe)
            if new != file.document.text:
                yield real, (file.document, new)


def replace_file(path: str, text: str) -> None:
    """Put `text` in the place of a file in one step, its mode kept; or where there is none yet.

    Raises:
        OSError: the folder or the file cannot be written; the file is then as it was.
    """
    handle, temporary = tempfile.mkstemp(prefix=f".{os.path.basename(path)}.", dir=os.path.dirname(path))
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        if os.path.exists(path):
            shutil.copymode(path, temporary)
        else:
            Path(temporary).chmod(0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The mask of new files, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def diff(changed: dict[str, tuple[str, str, str]]) -> Iterator[str]:
    """A unified diff of every changed file."""
    for shown, before, after in sorted(changed.values()):
        lines = (before.splitlines(keepends=True), after.splitlines(keepends=True))
        for line in difflib.unified_diff(*lines, f"a/{shown}", f"b/{shown}"):
            yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"
