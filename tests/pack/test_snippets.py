"""Every block of the pattern and style pages is a region of the reference service, and its tests run every line."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from .documents import ROOT
from .snippets import PUBLISHED, PYTHON, SNIPPETS, Snippet, label, regions_in, regions_of, snippets_of

COVERAGE = "REFERENCE_COVERAGE_JSON"
REPORT = 'coverage json --include="src/*,tests/*,migrations/*"'
SOURCE = """\
# region: outer
def f():
    # region: inner
    return 1

    # endregion: inner
# endregion: outer
"""
PYTHON_REGIONS = [(path, region) for path, region in PUBLISHED if path.endswith(".py")]


def test_a_region_is_dedented_and_holds_no_markers() -> None:
    regions = regions_of(SOURCE)
    assert regions["outer"].text == "def f():\n    return 1"
    assert regions["inner"].text == "return 1"
    assert regions["inner"].lines == range(4, 6)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("# region: a\n", id="never closed"),
        pytest.param("# endregion: a\n", id="never opened"),
        pytest.param("# region: a\n# endregion: a\n# region: a\n# endregion: a\n", id="name used twice"),
        pytest.param("# region: a\n# region: a\n# endregion: a\n", id="opened twice"),
    ],
)
def test_a_broken_region_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="a"):
        regions_of(source)


def test_a_block_belongs_to_the_marker_directly_above_it() -> None:
    text = "<!-- snippet: a.py#b -->\n```python\nx\n```\n\n<!-- snippet: a.py#c -->\n\n```python\ny\n```\n"
    assert [(one.path, one.region, one.code) for one in snippets_of("p", text)] == [("a.py", "b", "x"), ("", "", "y")]


@pytest.mark.parametrize("snippet", [one for one in SNIPPETS if one.language in {"python", "toml"}], ids=label)
def test_a_block_is_its_region_to_the_letter(snippet: Snippet) -> None:
    assert snippet.path, f"no marker above {snippet.code.splitlines()[0]!r}"
    assert snippet.path.startswith("reference/")
    assert regions_in(snippet.path)[snippet.region].text == snippet.code


def test_the_revision_template_is_that_of_the_service() -> None:
    # A region would need markers, and they would get into every revision.
    [shown] = [one.code for one in SNIPPETS if one.page == "patterns/migrations.md" and one.language == "text"]
    assert shown == (ROOT / "reference/migrations/script.py.mako").read_text(encoding="utf-8").rstrip("\n")


def test_there_is_something_to_check() -> None:
    assert len(PYTHON) > 60
    assert {path for path, _ in PUBLISHED if path.endswith(".toml")} == {"reference/pyproject.toml"}


@cache
def measured() -> dict[str, Any]:
    """The files of the coverage report of the reference suite."""
    name = os.environ.get(COVERAGE)
    if not name:
        pytest.skip(f"{COVERAGE} names no report of the reference suite: make one with {REPORT}")
    files = json.loads(Path(name).read_text(encoding="utf-8"))["files"]
    assert isinstance(files, dict)
    return files


def not_run(report: dict[str, Any], lines: range) -> list[str]:
    """What the suite has not run, or has not looked at, of these lines."""
    found = [f"line {line}" for line in report["missing_lines"] if line in lines]
    found += [f"excluded line {line}" for line in report["excluded_lines"] if line in lines]
    found += [f"branch {start} to {end}" for start, end in report["missing_branches"] if start in lines]
    return found if any(line in lines for line in report["executed_lines"]) else [*found, "nothing was run"]


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        pytest.param({"executed_lines": [3, 4]}, [], id="all run"),
        pytest.param({"executed_lines": [3], "missing_lines": [4, 9]}, ["line 4"], id="a line is missing"),
        pytest.param({"executed_lines": [3], "excluded_lines": [4]}, ["excluded line 4"], id="a line is excluded"),
        pytest.param({"executed_lines": [3], "missing_branches": [[3, -1]]}, ["branch 3 to -1"], id="half a branch"),
        pytest.param({"executed_lines": [1]}, ["nothing was run"], id="nothing was run"),
    ],
)
def test_what_was_not_run_is_found(report: dict[str, Any], expected: list[str]) -> None:
    empty: dict[str, Any] = {"missing_lines": [], "excluded_lines": [], "missing_branches": []}
    assert not_run(empty | report, range(3, 6)) == expected


@pytest.mark.parametrize(("path", "region"), PYTHON_REGIONS, ids=[f"{path}-{name}" for path, name in PYTHON_REGIONS])
def test_the_reference_suite_runs_every_line(path: str, region: str) -> None:
    inside = (ROOT / path).relative_to(ROOT / "reference").as_posix()
    assert inside in measured(), f"the report lacks {inside}: make it with {REPORT}"
    assert not_run(measured()[inside], regions_in(path)[region].lines) == []
