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
        {"Pipfile": '[packages]\nfastapi = "*"\n'},
        {"requirements.txt": REQUIREMENT},
        {"requirements-dev.txt": REQUIREMENT},
        {"requirements/base.txt": REQUIREMENT},
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


def test_looking_for_them_imports_nothing_slow() -> None:
    program = "import sys; import toolkit.project.manifests; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-IS", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"pathlib", "re", "typing", "tomllib", "configparser"} & set(done.stdout.split())
