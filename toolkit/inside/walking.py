"""Up, down and up again: the steps a chain of migrations is taken through, and what is compared after each."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

MOST_SHOWN = 8
# So many revisions are taken one by one where it is not known which of them changed.
MOST_UNKNOWN = 30

Revision = dict[str, Any]
Schema = frozenset[str]


class Walk:
    """One empty database on its way through all revisions.

    `steps` are the commands it took: each with its words, whether it went well, and lines that say why not.
    """

    def __init__(self, command: Callable[..., str], schema: Callable[[], Schema], revisions: list[Revision]) -> None:
        self._command = command
        self._schema = schema
        self._revisions = revisions
        self.steps: list[dict[str, Any]] = []
        self.notes: list[str] = []

    def go(self, changed: list[str] | None) -> bool:
        """Take the changed revisions step by step, and all of them down to nothing and up again.

        Args:
            changed: the files of revisions that were added or changed; None where that is not known.

        Returns:
            Whether every step went well and the database is at the head.
        """
        empty = self._schema()
        judged = self._judged(changed)
        before = self._up(judged)
        if before is None or not self._down(judged, before):
            return False
        return len(judged) == len(self._revisions) or self._all_the_way(empty, judged=bool(judged))

    def take(self, *arguments: str) -> bool:
        """Run one command of Alembic, and say whether it went well."""
        step: dict[str, Any] = {"command": f"alembic {' '.join(arguments)}", "ok": True, "lines": []}
        self.steps.append(step)
        try:
            self._command(*arguments)
        except Exception as error:  # noqa: BLE001 - a migration may raise anything
            lines = str(error).strip().removeprefix("FAILED: ").splitlines() or [""]
            # What Alembic itself says comes as a plain RuntimeError.
            kind = "" if type(error) is RuntimeError else f"{type(error).__name__}: "
            step.update(ok=False, lines=[f"{kind}{lines[0]}", *lines[1:MOST_SHOWN]])
        return bool(step["ok"])

    def _judged(self, changed: list[str] | None) -> list[Revision]:
        """The revisions that are taken one by one: from the first changed one on, or the last one at least."""
        followed = [down for one in self._revisions for down in one["down"]]
        if len(followed) != len(set(followed)) or any(len(one["down"]) > 1 for one in self._revisions):
            self.notes.append("the history has branches: revisions were not compared one by one")
            return []
        if changed is None:
            return self._revisions if len(self._revisions) <= MOST_UNKNOWN else self._revisions[-1:]
        paths = {os.path.realpath(path) for path in changed}
        first = next((number for number, one in enumerate(self._revisions) if one["path"] in paths), -1)
        return self._revisions[first:]

    def _up(self, judged: list[Revision]) -> dict[str, Schema] | None:
        """Upgrade to the head; what was in the database before each judged revision, None where an upgrade fails."""
        before: dict[str, Schema] = {}
        older = self._revisions[: len(self._revisions) - len(judged)]
        if judged and older and not self.take("upgrade", older[-1]["name"]):
            return None
        for revision in judged:
            before[revision["name"]] = self._schema()
            if not self.take("upgrade", revision["name"]):
                return None
        return before if self.take("upgrade", "head") else None

    def _down(self, judged: list[Revision], before: dict[str, Schema]) -> bool:
        """Downgrade the judged revisions one by one; each must leave what was there before its upgrade."""
        for revision in reversed(judged):
            if not self.take("downgrade", revision["down"][0] if revision["down"] else "base"):
                return False
            if not self._same(before[revision["name"]], f"downgrade of {revision['name']}"):
                return False
        return not judged or self.take("upgrade", "head")

    def _same(self, expected: Schema, what: str) -> bool:
        found = self._schema()
        left = [f"the {what} leaves {one}" for one in _condensed(found - expected)]
        lost = [f"the {what} does not bring back {one}" for one in _condensed(expected - found)]
        if left or lost:
            self.steps[-1].update(ok=False, lines=[*left[:MOST_SHOWN], *lost[:MOST_SHOWN]])
        return not (left or lost)

    def _all_the_way(self, empty: Schema, *, judged: bool) -> bool:
        """Down to nothing and up again; that an old revision cannot be undone is told, and no failure of new ones."""
        if self.take("downgrade", "base"):
            return self._same(empty, "downgrade to base") and self.take("upgrade", "head")
        if not judged:
            return False
        refused = self.steps.pop()["lines"][0]
        self.notes.append(f"revisions older than the base revision cannot be downgraded: {refused}")
        return self.take("upgrade", "head")


def _condensed(things: frozenset[str]) -> list[str]:
    """What is worth saying: a table stands for its columns, constraints and indexes."""
    tables = [thing.removeprefix("table ") for thing in things if thing.startswith("table ")]
    inside = [mark for table in tables for mark in (f"column {table}.", f" of {table} (")]
    return sorted(thing for thing in things if not any(mark in thing for mark in inside))
