"""Migrations up, down and up again: which steps are taken, and which faults of a downgrade are seen."""

from __future__ import annotations

import pytest

from toolkit.inside.walking import Revision, Walk


class Database:
    """A set of things, and revisions that add to it and take from it."""

    def __init__(self, *revisions: tuple[str, set[str], set[str]], refuses: str = "") -> None:
        self.there: set[str] = set()
        self.at = 0
        self.changes = revisions
        self.refuses = refuses
        self.revisions: list[Revision] = [
            {"name": name, "down": [revisions[number - 1][0]] if number else [], "path": f"/{name}.py"}
            for number, (name, _, _) in enumerate(revisions)
        ]

    def command(self, verb: str, target: str) -> str:
        names = [name for name, _, _ in self.changes]
        aim = {"base": 0, "head": len(names)}.get(target)
        aim = names.index(target) + 1 if aim is None else aim
        while self.at < aim:
            added = self.changes[self.at][1]
            if added & self.there:
                raise RuntimeError(f"{sorted(added & self.there)} already exists")
            self.there |= added
            self.at += 1
        while self.at > aim:
            name, _, removed = self.changes[self.at - 1]
            if name == self.refuses:
                raise NotImplementedError("no way back")
            self.there -= removed
            self.at -= 1
        return verb

    def walk(self, *changed: str) -> Walk:
        walk = Walk(self.command, lambda: frozenset(self.there), self.revisions)
        self.fine = walk.go([f"/{name}.py" for name in changed] if changed != ("unknown",) else None)
        return walk


ONE = (
    "1",
    {"table goods", "column goods.id INTEGER"},
    {"table goods", "column goods.id INTEGER", "column goods.size INTEGER"},
)
TWO = ("2", {"column goods.size INTEGER"}, {"column goods.size INTEGER"})
THREE = ("3", {"index ix of goods (size)"}, {"index ix of goods (size)"})
FORGETS = ("2", {"column goods.size INTEGER"}, set[str]())


def test_only_the_last_revision_is_taken_apart_when_none_changed() -> None:
    database = Database(ONE, TWO, THREE)
    walk = database.walk()
    assert database.fine
    assert [step["command"] for step in walk.steps] == [
        "alembic upgrade 2",
        "alembic upgrade 3",
        "alembic upgrade head",
        "alembic downgrade 2",
        "alembic upgrade head",
        "alembic downgrade base",
        "alembic upgrade head",
    ]


@pytest.mark.parametrize("changed", [("2",), ("2", "3"), ("1",), ("unknown",)])
def test_a_forgotten_column_is_seen_although_the_table_goes_later(changed: tuple[str, ...]) -> None:
    database = Database(ONE, FORGETS, THREE)
    walk = database.walk(*changed)
    assert not database.fine
    assert walk.steps[-1]["command"] == "alembic downgrade 1"
    assert walk.steps[-1]["lines"] == ["the downgrade of 2 leaves column goods.size INTEGER"]


def test_a_downgrade_that_takes_too_much_is_seen() -> None:
    database = Database(ONE, ("2", {"table x", "column x.id INTEGER"}, {"table x", "column x.id INTEGER", *ONE[1]}))
    walk = database.walk("2")
    assert not database.fine
    assert walk.steps[-1]["lines"] == ["the downgrade of 2 does not bring back table goods"]


def test_a_table_that_is_left_stands_for_its_columns() -> None:
    database = Database(("1", ONE[1], set[str]()))
    walk = database.walk()
    assert walk.steps[-1]["lines"] == ["the downgrade of 1 leaves table goods"]


def test_a_changed_revision_without_a_way_back_fails() -> None:
    database = Database(ONE, TWO, THREE, refuses="2")
    walk = database.walk("2")
    assert not database.fine
    assert walk.steps[-1]["lines"] == ["NotImplementedError: no way back"]


def test_an_old_revision_without_a_way_back_is_told_and_is_no_failure() -> None:
    database = Database(ONE, TWO, THREE, refuses="1")
    walk = database.walk("3")
    assert database.fine
    assert walk.notes == [
        "revisions older than the base revision cannot be downgraded: NotImplementedError: no way back"
    ]
    assert database.at == 3


def test_a_broken_upgrade_ends_the_walk() -> None:
    database = Database(ONE, ("2", {"table goods"}, set[str]()))
    walk = database.walk("2")
    assert not database.fine
    assert walk.steps[-1]["lines"] == ["['table goods'] already exists"]


def test_branches_are_walked_as_a_whole() -> None:
    database = Database(ONE, TWO, THREE)
    database.revisions[2]["down"] = ["1"]
    walk = database.walk("3")
    assert database.fine
    assert [step["command"] for step in walk.steps] == [
        "alembic upgrade head",
        "alembic downgrade base",
        "alembic upgrade head",
    ]
    assert walk.notes == ["the history has branches: revisions were not compared one by one"]


def test_no_revisions_are_no_fault() -> None:
    database = Database()
    walk = database.walk()
    assert database.fine
    assert [step["command"] for step in walk.steps] == ["alembic upgrade head"]
