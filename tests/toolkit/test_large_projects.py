"""`survey` on large projects: what it does for a file does not grow with the number of files."""

from __future__ import annotations

import cProfile
import pstats
import sys
from pathlib import Path

import pytest

from toolkit import outline
from toolkit.gates import report
from toolkit.gates.base_revision import Base
from toolkit.project import sources
from toolkit.project.environment import Environment
from toolkit.project.overview import Overview

from .layouts import write

LIBRARIES = [f"library_{number}" for number in range(20)]


def _calls_per_file(folder: Path, packages: int) -> float:
    files = {"pyproject.toml": '[project]\nname = "big"\ndependencies = ["fastapi"]\n'}
    for package in range(packages):
        for number in range(5):
            lines = [f"from {library} import thing_{place}" for place, library in enumerate(LIBRARIES)]
            lines += [f"from part_0.module_{number} import start", "value = start()"]
            files[f"part_{package}/module_{number}.py"] = "\n".join([*lines, ""])
    write(folder, files)
    profile = cProfile.Profile()
    profile.runcall(lambda: outline.write(Overview(folder.resolve()), "a value of a part", 100))
    calls: int = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    return calls / (packages * 5)


def test_the_work_for_a_file_is_the_same_in_a_large_project(tmp_path: Path) -> None:
    assert _calls_per_file(tmp_path / "large", 24) < 1.2 * _calls_per_file(tmp_path / "small", 6)


def test_files_that_were_too_many_are_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"shop/part_{number}.py": "x = 1\n" for number in range(3)}
    overview = Overview(write(tmp_path, {"requirements.txt": "fastapi\n", **files}).resolve())
    assert "unread" not in outline.write(overview, "", 1000)
    monkeypatch.setattr(sources, "MOST_FILES", 2)
    overview = Overview(overview.folder)
    row = "unread: 1 Python file beyond the first 2: whatever it holds was not found"
    assert row in outline.write(overview, "", 1000)
    assert row in report.header(overview, Environment(Path(sys.executable), "here"), Base(overview.folder))


def test_an_expression_of_any_depth_is_looked_through(tmp_path: Path) -> None:
    terms = " + ".join(["'x'"] * 1500)
    files = {
        "requirements.txt": "fastapi\n",
        "main.py": f"from fastapi import FastAPI\napp = FastAPI()\nlong = {terms}\n@app.get('/x')\ndef x(): ...\n",
    }
    assert "main.py /: GET /x" in outline.write(Overview(write(tmp_path, files).resolve()), "", 1000)
