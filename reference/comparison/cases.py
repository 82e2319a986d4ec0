from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Something that is tried on a block and on the region that takes its place."""

    block: str
    probe: str
    tried: str
    region: str
    on: str

    @property
    def seed(self) -> str:
        """The number of the document."""
        return self.block[:3]


def load() -> list[Case]:
    """Read the table, in its own order."""
    table = Path(__file__).with_name("cases.toml").read_text()
    return [Case(**entry) for entry in tomllib.loads(table)["case"]]
