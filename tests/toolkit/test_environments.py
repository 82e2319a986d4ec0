"""Which Python runs a project: its own, wherever the program that manages it keeps it; and what is said without one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from toolkit.project import environment

from .layouts import write
from .running import toolkit

MANIFEST = '[project]\nname = "shop"\ndependencies = ["fastapi"]\n'
APP = "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get('/goods')\ndef goods(): ...\n"
# For whichever Python looks there.
NOTHING_INSTALLED = {
    "sitecustomize.py": "import sys\nsys.path[:] = [path for path in sys.path if 'site-packages' not in path]\n"
}


@pytest.fixture(autouse=True)
def _nothing_is_active(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in environment.ACTIVE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path / 'programs'}{os.pathsep}{os.defpath}")


def an_environment(folder: Path, mark: str = "pyvenv.cfg") -> Path:
    site = "lib/python3.12/site-packages/fastapi-0.120.0.dist-info/METADATA"
    write(folder, {mark: "version = 3.12.4\n", "bin/python": "", site: ""})
    return folder


MANAGED = {
    "poetry": {"poetry.lock": "", "pyproject.toml": MANIFEST},
    "poetry without lock": {"pyproject.toml": '[tool.poetry.dependencies]\nfastapi = "*"\n'},
    "pipenv": {"Pipfile": '[packages]\nfastapi = "*"\n'},
    "hatch": {"pyproject.toml": f'{MANIFEST}[tool.hatch.envs.default]\ndependencies = ["pytest"]\n'},
    "uv": {"uv.lock": "", "pyproject.toml": MANIFEST},
}


@pytest.mark.parametrize("case", MANAGED)
def test_the_manager_of_a_project_is_asked_for_its_environment(case: str, tmp_path: Path) -> None:
    name = case.partition(" ")[0]
    kept = an_environment(tmp_path / "kept")
    answer = kept / "bin/python" if name == "uv" else kept
    program = tmp_path / "programs" / name
    arguments = " ".join(environment.MANAGERS[name])
    write(tmp_path, {f"programs/{name}": f'#!/bin/sh\n[ "$*" = "{arguments}" ] && echo "{answer}"\n'})
    program.chmod(0o755)
    found = environment.find_own(write(tmp_path / "shop", MANAGED[case]))
    assert found is not None
    assert (found.python, found.source.split()[0]) == (kept / "bin/python", name)
    assert found.installed == {"fastapi": "0.120.0"}
    # Another project's lists call for another program, or for none.
    assert environment.find_own(write(tmp_path / "other", {"requirements.txt": "fastapi\n"})) is None
    program.write_text("#!/bin/sh\necho none >&2\nexit 1\n")
    assert environment.find_own(tmp_path / "shop") is None


@pytest.mark.parametrize("place", [".venv", "venv", ".pixi/envs/default"])
def test_a_folder_in_the_project_is_its_environment(place: str, tmp_path: Path) -> None:
    mark = "conda-meta/python-3.12.4-h1234_0.json" if "pixi" in place else "pyvenv.cfg"
    an_environment(tmp_path / place, mark)
    found = environment.find_own(tmp_path)
    assert found is not None
    assert (found.source, found.version) == (place, "3.12.4")


def test_pdm_has_written_down_which_python_it_is(tmp_path: Path) -> None:
    kept = an_environment(tmp_path / "kept")
    found = environment.find_own(write(tmp_path / "shop", {".pdm-python": f"{kept}/bin/python\n"}))
    assert found is not None
    assert found.python == kept / "bin/python"


@pytest.mark.parametrize("name", environment.ACTIVE)
def test_the_active_environment_is_the_projects_where_fastapi_is_in_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = an_environment(tmp_path / "kept", "conda-meta/history" if "CONDA" in name else "pyvenv.cfg")
    monkeypatch.setenv(name, str(kept))
    found = environment.find_own(tmp_path)
    assert found is not None
    assert found.python == kept / "bin/python"
    (kept / "lib/python3.12/site-packages/fastapi-0.120.0.dist-info").rename(tmp_path / "elsewhere")
    assert environment.find_own(tmp_path) is None


def test_without_the_projects_environment_nothing_is_judged_by_it(tmp_path: Path) -> None:
    tools = "[tool.ruff]\n[tool.mypy]\n[tool.pytest.ini_options]\n"
    test = "from main import app\n\n\ndef test_app(): assert app\n"
    write(tmp_path, {"pyproject.toml": MANIFEST + tools, "main.py": APP, "test_main.py": test})
    done = toolkit("verify", cwd=tmp_path, env={"PYTHONPATH": str(write(tmp_path / "bare", NOTHING_INSTALLED))})
    assert done.returncode == 0, done.stdout
    rows = {line.split("|")[1].strip(): line.split("|")[2] for line in done.stdout.splitlines() if line.startswith("|")}
    for gate in ("format", "lint", "types", "tests", "openapi"):
        assert rows[gate].strip().startswith("not run: the project's environment was not found"), rows[gate]
