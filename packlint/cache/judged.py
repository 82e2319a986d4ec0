"""What single files of a run came to, for the next run to take over where a file is still the same."""

from __future__ import annotations

import marshal

from packlint.gist import Gist
from packlint.problem import Edit, Fix, Place, PlacedEdit, Problem, Severity
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from packlint.file import File
    from packlint.pack import Pack

# The pack's place, the file's, and its kind.
Key = tuple[str, str, str]


@record(frozen=True)
class Judged:
    """What one file by itself came to: the signs it shows, its problems, and its gist.

    `is_whole`: all rules were asked. Of two packs with the same root only the first is asked the rules that depend on
    nothing but the text, as their findings would be the same again.
    """

    shown: frozenset[str]
    problems: list[Problem]
    gist: Gist
    is_whole: bool


class Files:
    """The files of a run by what they came to.

    Args:
        before: what those of an earlier run came to that have not changed since, as `flat` gave it.
    """

    def __init__(self, before: dict[Key, bytes | None] | None = None) -> None:
        self._before = before or {}
        self._now: dict[Key, bytes | None] = {}

    def recall(self, file: File, pack: Pack) -> Judged | None:
        """What a file came to in the earlier run; None where that is not known to hold."""
        flat = self._before.get(_key(file, pack))
        try:
            return _judged(marshal.loads(flat)) if flat is not None else None  # noqa: S302 - written by us, and whole
        except Exception:  # noqa: BLE001 - whatever somebody else has made of an entry, the file is judged anew
            return None

    def add(self, file: File, pack: Pack, judged: Judged) -> None:
        """Keep what a file came to; where one place is judged twice in the same way, neither is known later."""
        key = _key(file, pack)
        # As bytes, for those of ten thousand files would fill the memory otherwise.
        self._now[key] = marshal.dumps(_flat(judged)) if key not in self._now else None

    def flat(self) -> dict[Key, bytes | None]:
        """Everything that was added, in types that every serialisation knows."""
        return self._now


def _key(file: File, pack: Pack) -> Key:
    return pack.location, file.location, file.kind.value


def _flat(judged: Judged) -> Any:
    return judged.shown, [_flat_problem(each) for each in judged.problems], _fields(judged.gist), judged.is_whole


def _judged(flat: Any) -> Judged:
    shown, problems, known, is_whole = flat
    return Judged(shown, [_problem(each) for each in problems], Gist(*known), is_whole)


def _flat_problem(problem: Problem) -> Any:
    fix = problem.fix and (problem.fix.description, [_fields(each) for each in problem.fix.edits], problem.fix.safe)
    edits = [(_fields(each.place), each.text) for each in problem.edits]
    place, severity = _fields(problem.place), problem.severity.value
    return (problem.path, place, problem.code, problem.name, severity, problem.message, problem.consequence, fix, edits)


def _problem(flat: Any) -> Problem:
    path, place, code, name, severity, message, consequence, fix, edits = flat
    return Problem(
        path,
        Place(*place),
        code,
        name,
        Severity(severity),
        message,
        consequence,
        fix and Fix(fix[0], tuple(Edit(*each) for each in fix[1]), fix[2]),
        tuple(PlacedEdit(Place(*each), text) for each, text in edits),
    )


def _fields(made: Any) -> tuple[Any, ...]:
    return tuple(getattr(made, name) for name in made.__match_args__)
