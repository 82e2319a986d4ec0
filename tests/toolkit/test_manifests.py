"""What declares a project's dependencies is known in one place, to the survey and to the hooks alike."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.hooks import deciding
from toolkit.project import configuration, folder

from .layouts import write
from .running import ROOT

REQUIREMENT = "fastapi>=0.142\n"


@pytest.mark.parametrize(
    "files",
    [
        {"pyproject.toml": '[project]\nname = "x"\ndependencies = ["fastapi"]\n'},
        {"setup.cfg": "[options]\ninstall_requires = fastapi\n"},
        {"setup.py": "import setuptools\n\nsetuptools.setup(name='x', install_requires=['fastapi>=0.142'])\n"},
        {"Pipfile": '[packages]\nfastapi = "*"\n'},
        {"requirements.txt": REQUIREMENT},
        {"requirements-dev.txt": REQUIREMENT},
        {"requirements/base.txt": REQUIREMENT},
        {"dev-requirements.txt": REQUIREMENT},
        {"pixi.toml": '[dependencies]\nfastapi = ">=0.142"\n'},
        {"pyproject.toml": '[tool.pixi.feature.web.pypi-dependencies]\nfastapi = { version = "*" }\n'},
        {"pyproject.toml": '[tool.hatch.envs.default]\ndependencies = ["fastapi"]\n'},
        {"environment.yml": "name: x\nchannels:\n  - conda-forge\ndependencies:\n  - conda-forge::fastapi=0.142\n"},
        {"environment.yaml": "dependencies:\n- python=3.12\n- pip\n- pip:\n    - 'fastapi>=0.142'\n"},
        {"requirements.in": REQUIREMENT},
        {"requirements/base.in": REQUIREMENT},
    ],
    ids=lambda files: next(iter(files)),
)
def test_every_place_is_known_to_the_survey_and_to_the_hooks(files: dict[str, str], tmp_path: Path) -> None:
    shop = write(tmp_path / "repository/shop", files)
    assert "fastapi" in configuration.dependencies(shop)
    assert deciding.fastapi_project(str(shop)) == str(shop)
    assert deciding.is_project(str(shop))
    assert folder.find(shop) == folder.find(shop.parent) == shop


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_folder_of_requirements_is_no_project_of_its_own(name: str, tmp_path: Path) -> None:
    shop = write(tmp_path / "shop", {f"requirements/{name}": REQUIREMENT})
    assert folder.find(tmp_path) == shop
    assert folder.apart(shop) == ()


def test_a_folder_that_is_called_like_a_list_is_none(tmp_path: Path) -> None:
    shop = write(tmp_path, {"requirements.txt/x": "", "requirements": ""})
    assert configuration.dependencies(shop) == {}
    assert not folder.is_project(shop)


def test_setup_py_is_read_and_not_run(tmp_path: Path) -> None:
    text = """from setuptools import setup

NEEDED = ["fastapi", "pydantic>=2"]
setup(name="shop", python_requires=">=3.12", install_requires=NEEDED, extras_require={"dev": ["pytest"]}, **more())
raise SystemExit
"""
    shop = write(tmp_path / "folder", {"setup.py": text})
    assert configuration.dependencies(shop) == {"fastapi": "", "pydantic": ">=2", "pytest": ""}
    assert configuration.name(shop) == "shop"
    assert configuration.python_range(shop) == (">=3.12", "setup.py")


def test_a_pinned_list_goes_before_the_one_it_is_made_from(tmp_path: Path) -> None:
    shop = write(tmp_path, {"requirements.in": "fastapi\n", "requirements.txt": "fastapi==0.142.1\n"})
    assert configuration.dependencies(shop) == {"fastapi": "==0.142.1"}


def test_looking_for_them_imports_nothing_slow() -> None:
    program = "import sys; import toolkit.project.manifests; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-IS", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"pathlib", "re", "typing", "tomllib", "configparser"} & set(done.stdout.split())


def test_the_name_in_setup_cfg_is_the_projects(tmp_path: Path) -> None:
    assert configuration.name(write(tmp_path, {"setup.cfg": "[metadata]\nname = shop\n"})) == "shop"
