"""Which fixes are applied together, and how the difference that they make is shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from packlint.client import client
from packlint.config import Settings
from packlint.discover import discover
from packlint.mending import fixes
from packlint.mending.fixes import Change
from packlint.mending.patch import Patch
from packlint.pack import Pack
from packlint.problem import Edit, Fix, Place, Problem, Severity
from tests.conftest import WritePack

TEXT = "abcdef"
WHERE = "agents/a.md"


def problem(*edits: Edit, safe: bool = True, path: str = WHERE) -> Problem:
    return Problem(path, Place(1, 1, 1, 1), "XX001", "x", Severity.ERROR, "m", "c", Fix("mend", edits, safe))


def mended(root: Path, *rounds: list[Problem], unsafe: bool = False) -> dict[str, Change]:
    """What becomes of a plugin whose problems are these, round by round, and then none."""
    left = iter(rounds)

    def read() -> Sequence[Pack]:
        return [Pack(found, client(), root) for found in discover([root])]

    def check(*_: object) -> list[Problem]:
        return next(left, [])

    changes, _, _ = fixes.fix(read, check, Settings(), unsafe=unsafe, write=True)
    return changes


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(Edit(1, 2, "X"), Edit(4, 5, "Y"), "aXcdYf", id="apart"),
        pytest.param(Edit(4, 5, "X"), Edit(1, 2, "Y"), "aYcdXf", id="apart, the later place first"),
        pytest.param(Edit(1, 3, "X"), Edit(3, 4, "Y"), "aXYef", id="one behind the other"),
        pytest.param(Edit(3, 5, "X"), Edit(1, 3, "Y"), "aYXf", id="one before the other"),
        pytest.param(Edit(1, 3, "X"), Edit(3, 3, "Y"), "aXYdef", id="put in behind the other"),
        pytest.param(Edit(1, 4, "X"), Edit(2, 5, "Y"), "aXef", id="reaching out of the other"),
        pytest.param(Edit(3, 5, "X"), Edit(1, 4, "Y"), "abcXf", id="reaching into the other"),
        pytest.param(Edit(1, 4, "X"), Edit(2, 2, "Y"), "aXef", id="put into the other"),
        pytest.param(Edit(2, 2, "X"), Edit(2, 2, "Y"), "abXcdef", id="put in at one place"),
        pytest.param(Edit(2, 2, "X"), Edit(1, 4, "Y"), "abXcdef", id="around what is put in"),
    ],
)
def test_of_fixes_that_overlap_the_later_one_waits(
    first: Edit, second: Edit, expected: str, write_pack: WritePack
) -> None:
    root = write_pack({WHERE: TEXT})
    mended(root, [problem(first), problem(second)])
    assert (root / WHERE).read_text() == expected


def test_a_fix_of_several_places_waits_as_a_whole(write_pack: WritePack) -> None:
    root = write_pack({WHERE: TEXT})
    mended(root, [problem(Edit(1, 3, "X")), problem(Edit(2, 4, "Y"), Edit(5, 6, "Z"))])
    assert (root / WHERE).read_text() == "aXdef"


@pytest.mark.parametrize(("unsafe", "expected"), [(False, "aXcdef"), (True, "aXcdYf")])
def test_unsafe_fixes_are_for_those_who_ask(unsafe: bool, expected: str, write_pack: WritePack) -> None:
    root = write_pack({WHERE: TEXT})
    mended(root, [problem(Edit(1, 2, "X")), problem(Edit(4, 5, "Y"), safe=False)], unsafe=unsafe)
    assert (root / WHERE).read_text() == expected


def test_rounds_make_one_change_of_a_file(write_pack: WritePack) -> None:
    root = write_pack({WHERE: TEXT})
    [change] = mended(root, [problem(Edit(1, 2, "X"))], [problem(Edit(4, 5, "Y"))]).values()
    assert (change.patch.before, change.patch.text, change.raw) == (TEXT, "aXcdYf", TEXT.encode())


def test_a_fix_that_changes_nothing_is_no_change(write_pack: WritePack) -> None:
    root = write_pack({WHERE: TEXT})
    assert mended(root, [problem(Edit(1, 2, "b"))]) == {}


def test_a_file_out_of_the_pack_is_named_and_left(write_pack: WritePack, tmp_path: Path) -> None:
    root = write_pack({})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.md").write_text(TEXT)
    (root / "agents").symlink_to(tmp_path / "elsewhere")
    [change] = mended(root, [problem(Edit(1, 2, "X"))]).values()
    assert (change.is_own, change.patch.text) == (False, TEXT)
    assert (tmp_path / "elsewhere/a.md").read_text() == TEXT


def test_a_file_without_problems_does_not_hide_the_next(write_pack: WritePack) -> None:
    root = write_pack({WHERE: TEXT, "agents/b.md": TEXT})
    mended(root, [problem(Edit(1, 2, "X"), path="agents/b.md")])
    assert [(root / f"agents/{name}.md").read_text() for name in "ab"] == [TEXT, "aXcdef"]


LINES = "".join(f"{number}\n" for number in range(1, 21))


def _at(line: int) -> int:
    return LINES.index(f"\n{line}\n") + 1


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        pytest.param(
            LINES,
            [Edit(_at(5), _at(5) + 1, "five")],
            "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
            id="a line",
        ),
        pytest.param(
            LINES,
            [Edit(_at(5), _at(6), "")],
            "@@ -2,7 +2,6 @@\n 2\n 3\n 4\n-5\n 6\n 7\n 8\n",
            id="a line taken out",
        ),
        pytest.param(
            LINES,
            [Edit(_at(5), _at(5), "new\nlines\n")],
            "@@ -2,6 +2,8 @@\n 2\n 3\n 4\n+new\n+lines\n 5\n 6\n 7\n",
            id="lines put in",
        ),
        pytest.param(
            LINES,
            [Edit(0, 1, "one"), Edit(_at(20), _at(20) + 2, "twenty")],
            "@@ -1,4 +1,4 @@\n-1\n+one\n 2\n 3\n 4\n@@ -17,4 +17,4 @@\n 17\n 18\n 19\n-20\n+twenty\n",
            id="first and last line",
        ),
        pytest.param(
            LINES,
            [Edit(_at(5), _at(5) + 1, "five"), Edit(_at(7), _at(7) + 1, "seven")],
            "@@ -2,9 +2,9 @@\n 2\n 3\n 4\n-5\n+five\n 6\n-7\n+seven\n 8\n 9\n 10\n",
            id="lines near each other",
        ),
        pytest.param(
            LINES,
            [Edit(_at(5), _at(8) - 1, "5\nsix\n7")],
            "@@ -3,7 +3,7 @@\n 3\n 4\n 5\n-6\n+six\n 7\n 8\n 9\n",
            id="the same lines around a new one",
        ),
        pytest.param(
            LINES,
            [Edit(_at(5), _at(10) - 1, "5\nsix\n7\n8\n9")],
            "@@ -3,7 +3,7 @@\n 3\n 4\n 5\n-6\n+six\n 7\n 8\n 9\n",
            id="more of the same lines behind a new one",
        ),
        pytest.param(
            LINES,
            [Edit(_at(5), _at(5) + 1, "five"), Edit(_at(5) + 1, _at(5) + 1, " and\nmore")],
            "@@ -2,7 +2,8 @@\n 2\n 3\n 4\n-5\n+five and\n+more\n 6\n 7\n 8\n",
            id="two places of a line",
        ),
        pytest.param(
            "a\nb",
            [Edit(3, 3, "c")],
            "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+bc\n\\ No newline at end of file\n",
            id="behind the last character",
        ),
        pytest.param(
            "a\nb",
            [Edit(2, 3, "c")],
            "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n",
            id="no line end",
        ),
        pytest.param("a\n", [Edit(0, 1, "b")], "@@ -1 +1 @@\n-a\n+b\n", id="the only line"),
        pytest.param("a\n", [Edit(0, 2, "")], "@@ -1 +0,0 @@\n-a\n", id="nothing left"),
        pytest.param("", [Edit(0, 0, "a\n")], "@@ -0,0 +1 @@\n+a\n", id="nothing before"),
    ],
)
def test_a_difference_is_shown_as_git_does(text: str, edits: list[Edit], expected: str) -> None:
    patch = Patch(text)
    patch.apply(edits)
    assert "".join(patch.diff("x.md")) == f"--- a/x.md\n+++ b/x.md\n{expected}"
