"""What packlint reports: a finding of one rule, placed in one file."""

from __future__ import annotations

from packlint.enumeration import StrEnum
from packlint.record import record

PROJECT_URL = "https://github.com/fastapi-pack/fastapi-pack"
RULES_URL = f"{PROJECT_URL}/blob/main/docs/rules.md"


class Severity(StrEnum):
    """By consequence: error = the client loses something or a reference is dead; warning =
    portability or risk; info = advice."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


@record(frozen=True)
class Edit:
    """Replace the text between two offsets of a document."""

    start: int
    end: int
    text: str


@record(frozen=True)
class Fix:
    """Edits that mend a finding. `safe`: the client sees the same or more afterwards."""

    description: str
    edits: tuple[Edit, ...]
    safe: bool = True


@record(frozen=True)
class Finding:
    """What a rule yields: offsets in the file's text and the words for it.

    `consequence` says what the client does and which versions are concerned. `severity` is set
    only where it differs from the rule's own.
    """

    start: int
    end: int
    message: str
    consequence: str = ""
    fix: Fix | None = None
    severity: Severity | None = None


@record(frozen=True)
class Place:
    """A range of a file; lines and columns count from 1, columns in characters."""

    line: int
    column: int
    end_line: int
    end_column: int


@record(frozen=True)
class PlacedEdit:
    """An edit as reported: where, and the new text."""

    place: Place
    text: str


@record(frozen=True)
class Problem:
    """A finding ready to be reported."""

    path: str
    place: Place
    code: str
    name: str
    severity: Severity
    message: str
    consequence: str
    fix: Fix | None = None
    edits: tuple[PlacedEdit, ...] = ()

    @property
    def url(self) -> str:
        """Where the rule is explained."""
        return f"{RULES_URL}#{self.code.lower()}-{self.name}"

    @property
    def order(self) -> tuple[str, int, int, str, str, str]:
        return (self.path, self.place.line, self.place.column, self.code, self.message, self.consequence)
