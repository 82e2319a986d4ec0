"""Which lines changed, and how coverage counts them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from toolkit.gates import base_revision
from toolkit.gates.coverage import Tally, _add, _ranges, _statements

from .layouts import write
from .projects import commit, edit, git

CODE = """\
def price(
    count: int,
    each: int,
) -> int:
    total = sum(
        [
            count,
            each,
        ]
    )
    if (
        total > 1
        and count
    ):
        total += 1
    try:
        return total
    except (
        ValueError
    ):
        return 0
"""


@pytest.mark.parametrize(
    ("line", "counted"), [(3, 1), (5, 5), (8, 5), (10, 5), (13, 11), (15, 15), (17, 17), (19, 18), (21, 21)]
)
def test_a_line_inside_a_statement_counts_where_that_begins(line: int, counted: int) -> None:
    assert _statements(ast.parse(CODE), {line}) == {counted}


def test_branches_and_statements_count_alike() -> None:
    data = {
        "executed_lines": [1, 2, 3, 9],
        "missing_lines": [4, 5, 6, 8],
        "executed_branches": [[2, 3], [9, 10]],
        "missing_branches": [[2, 8]],
    }
    tally = Tally()
    _add(tally, "x.py", data, {1, 2, 3, 4, 5, 7})
    assert (tally.met, tally.all) == (4, 7)
    assert tally.missed == ["x.py: no test runs lines 4-5", "x.py: a branch is never taken at line 2"]
    whole = Tally()
    _add(whole, "x.py", data, None)
    assert (whole.met, whole.all) == (6, 11)


def test_line_numbers_are_joined() -> None:
    assert [_ranges([3]), _ranges([9, 3, 4, 5])] == ["line 3", "lines 3-5, 9"]


def repository(folder: Path) -> Path:
    write(
        folder, {"service/a b.py": "1\n2\n3\n4\n", "service/é.py": "1\n", "other/x.py": "1\n", ".gitignore": "*.log\n"}
    )
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    return (folder / "service").resolve()


def test_changes_are_those_of_the_working_tree_below_the_project(tmp_path: Path) -> None:
    service = repository(tmp_path)
    edit(service / "a b.py", "2\n", "two\n2.5\n")
    edit(service / "é.py", "1\n", "eins\n")
    git(tmp_path, "mv", "service/é.py", "service/ü.py")
    write(tmp_path, {"service/new.py": "1\n", "service/x.log": "", "other/x.py": "2\n"})
    base = base_revision.find(service, None)
    assert base.how == "HEAD"
    assert base.changed_lines() == {
        service / "a b.py": {2, 3},
        service / "ü.py": {1},
        service / "new.py": None,
    }


def test_a_users_settings_of_git_change_nothing(tmp_path: Path) -> None:
    service = repository(tmp_path)
    for name, value in (("diff.noprefix", "true"), ("color.ui", "always"), ("diff.external", "false")):
        git(tmp_path, "config", name, value)
    edit(service / "a b.py", "4\n", "")
    assert base_revision.find(service, "HEAD").changed_lines() == {service / "a b.py": set()}


def test_the_tree_of_the_base_is_written_elsewhere_and_git_is_left_as_it_was(tmp_path: Path) -> None:
    service = repository(tmp_path / "repository")
    (service / "a b.py").unlink()
    git(tmp_path / "repository", "add", "--all")
    before = git(tmp_path / "repository", "status", "--porcelain"), sorted((tmp_path / "repository/.git").rglob("*"))
    (tmp_path / "base").mkdir()
    exported = base_revision.find(service, "HEAD").export(tmp_path / "base")
    assert exported == tmp_path / "base/service"
    assert (exported / "a b.py").read_text() == "1\n2\n3\n4\n"
    assert (tmp_path / "base/other/x.py").exists()
    after = git(tmp_path / "repository", "status", "--porcelain"), sorted((tmp_path / "repository/.git").rglob("*"))
    assert after == before
