"""What every format is given, and what several of them need."""

from __future__ import annotations

from packlint.client import Client
from packlint.pack import File, Pack
from packlint.problem import Problem, Severity
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@record(frozen=True)
class Report:
    """What a check found, ready to be written.

    `known` counts the findings that a baseline holds back; they are not among `problems`. `strict`
    says that warnings fail, too.
    """

    problems: Sequence[Problem]
    packs: Sequence[Pack]
    client: Client
    color: bool = False
    strict: bool = False
    known: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How much was read and how much was found."""
        levels = [problem.severity for problem in self.problems]
        return {
            "packs": len(self.packs),
            "agents": _distinct(file for pack in self.packs for file in pack.agents),
            "commands": _distinct(file for pack in self.packs for file in pack.commands),
            "skills": _distinct(file for pack in self.packs for file in pack.skills),
            "documents": _distinct(file for pack in self.packs for file in pack.documents),
            "errors": levels.count(Severity.ERROR),
            "warnings": levels.count(Severity.WARNING),
            "infos": levels.count(Severity.INFO),
        }

    @property
    def paths(self) -> list[str]:
        """Every file that was judged, as reported, sorted and each once."""
        judged = {file.shown for pack in self.packs for file in pack.files if pack.is_wanted(file)}
        return sorted(judged | {problem.path for problem in self.problems})

    def failing(self) -> Iterator[Problem]:
        """The findings that make the run fail."""
        level = Severity.WARNING if self.strict else Severity.ERROR
        return (problem for problem in self.problems if problem.severity.rank <= level.rank)


def words(problem: Problem) -> str:
    """A finding in one sentence: what is wrong, and what the client will do."""
    return problem.message + (f": {problem.consequence}" if problem.consequence else "")


def remedy(problem: Problem) -> str | None:
    """What its fix does and which call applies it; None where there is no fix."""
    if problem.fix is None:
        return None
    return f"{problem.fix.description} (packlint fix{'' if problem.fix.safe else ' --unsafe'})"


def number(count: int, noun: str) -> str:
    """`1 agent`, `2 agents`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _distinct(files: Iterable[File]) -> int:
    """A file that two packs reach, as plugin and as project, is read once."""
    return len({file.real for file in files})
