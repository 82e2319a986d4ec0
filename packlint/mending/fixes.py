"""Mends what can be mended: works out what each file shall be, then puts it in place, never half a file."""

from __future__ import annotations

import os
from bisect import bisect_left, insort

from packlint.config import Settings
from packlint.discovery.root import is_below
from packlint.files import replacing
from packlint.files.filesystem import real
from packlint.mending.patch import Patch, applied
from packlint.pack import File, Pack
from packlint.problem import Edit, Problem
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

# Each round may uncover the next finding in a line already mended; this many were never needed.
_MAX_ROUNDS = 10


@record
class Change:
    """A file that fixes change: its name in reports, its bytes, and its text as mended.

    `is_own`: the file is in the pack; what a link or a path out of it leads to is left as it is. `refused` says why the
    text could not be put in place.
    """

    shown: str
    raw: bytes
    patch: Patch
    is_own: bool
    refused: str = ""


def _edits(problems: Iterable[Problem], unsafe: bool) -> list[Edit]:
    """The edits of the problems' fixes, in order; a fix that overlaps an earlier problem's waits for the next round."""
    taken: list[Edit] = []
    for problem in problems:
        fix = problem.fix
        if fix is not None and (fix.safe or unsafe) and not any(_overlaps(edit, taken) for edit in fix.edits):
            for edit in fix.edits:
                insort(taken, edit, key=_start)
    return taken


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
) -> tuple[dict[str, Change], list[Problem], Sequence[Pack]]:
    """Mend what can be mended, until nothing changes; each file is written once.

    Args:
        read: reads the packs anew.
        check: finds their problems.
        settings: passed on to `check`.
        unsafe: apply unsafe fixes too.
        write: change the files; otherwise it is only worked out.

    Returns:
        The changes by the files' real paths, the problems that are left, and the packs as last read.
    """
    changes: dict[str, Change] = {}
    packs, problems = _judged(changes, read, check, settings)
    for _ in range(_MAX_ROUNDS):
        if not _mend(changes, packs, problems, unsafe):
            break
        packs, problems = _judged(changes, read, check, settings)
    if write:
        own = (file.real for pack in packs for file in pack.files if _is_own(file, pack))
        replacing.clear({os.path.dirname(path) for path in own})
        if not _put_in_place(changes):
            packs, problems = _judged({}, read, check, settings)
    return changes, problems, packs


def _judged(
    changes: dict[str, Change],
    read: Callable[[], Sequence[Pack]],
    check: Callable[[Sequence[Pack], Settings], list[Problem]],
    settings: Settings,
) -> tuple[Sequence[Pack], list[Problem]]:
    """The packs and their problems, with all changes in place."""
    packs = read()
    texts = {path: change.patch.text.encode() for path, change in changes.items() if change.is_own}
    for pack in packs:
        pack.disk.pretend(texts)
    return packs, check(packs, settings)


def _mend(changes: dict[str, Change], packs: Sequence[Pack], problems: Sequence[Problem], unsafe: bool) -> bool:
    """Work out one round of fixes; whether there was any."""
    is_any = False
    for file, is_own, edits in _fixable(packs, problems, unsafe):
        document = file.document
        if file.real not in changes:
            changes[file.real] = Change(document.shown, document.raw, Patch(document.text), is_own)
        if is_own:
            changes[file.real].patch.apply(edits)
            is_any = True
    return is_any


def _fixable(
    packs: Sequence[Pack], problems: Sequence[Problem], unsafe: bool
) -> Iterator[tuple[File, bool, list[Edit]]]:
    """Each file that fixes change, whether it is in its pack, and the edits; one reached by two names once."""
    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.fix is not None:
            by_path.setdefault(problem.path, []).append(problem)
    seen: set[str] = set()
    for pack in packs:
        for file in pack.files:
            if file.shown not in by_path or file.real in seen or not file.document.is_mendable:
                continue
            seen.add(file.real)
            edits = _edits(by_path[file.shown], unsafe)
            if edits and applied(file.document.text, edits) != file.document.text:
                yield file, _is_own(file, pack), edits


def _is_own(file: File, pack: Pack) -> bool:
    """Whether a file is in the pack, whatever names and links lead to it."""
    return is_below(file.real, real(pack.location))


def _put_in_place(changes: dict[str, Change]) -> bool:
    """Write every changed file; whether all could be."""
    for path, change in changes.items():
        try:
            if change.is_own:
                replacing.replace_file(path, change.patch.text, change.raw)
        except OSError as error:
            change.refused = error.strerror or str(error)
    return not any(change.refused for change in changes.values())
