from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("rules.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the service, how to undo it, and the tests that must then fail."""

    name: str
    says: str
    topic: str
    file: str
    before: str
    after: str
    tests: list[str]
    undone: str | None = None
    raises: str | None = None

    def undo(self, project: Path) -> None:
        """Undo the rule in a copy of the service.

        Raises:
            ValueError: The text to replace is not there exactly once.
        """
        place = project / self.file
        source = place.read_text()
        if source.count(self.before) != 1:
            message = f"{self.name}: {source.count(self.before)} matches in {self.file}"
            raise ValueError(message)
        place.write_text(source.replace(self.before, self.after))


def load() -> list[Rule]:
    """Read the table, in its own order."""
    return [Rule(**entry) for entry in tomllib.loads(TABLE.read_text())["rule"]]
