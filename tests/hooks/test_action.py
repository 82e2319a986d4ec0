"""The action as far as it can be judged without a network; `make try-repo` installs it for real."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import WritePack
from tests.hooks.action import ACTION, CHECK, INSTALL, exported, run_step

BROKEN = "---\nname: dev\ndescription: Codes. Use it.\ntools: read\n---\n"
SOUND = BROKEN.replace("read", "Read")
# Stands for a Python: says how old it is, makes an environment of itself, and writes down what it is asked to install.
PYTHON = """#!/bin/sh
case "$1 $2" in
  "-c "*) exec {real} -c "import sys; sys.version_info = ({version}, 0); $2" ;;
  "-m venv") mkdir -p "$3/{folder}" && cp "$0" "$3/{folder}/python" ;;
  "-m pip") echo "$@" > "$RUNNER_TEMP/asked" ;;
esac
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """What a runner sets, for a runner of this test's own."""
    temporary = tmp_path / "a runner's"
    temporary.mkdir()
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": "/the action",
        "GITHUB_ENV": str(temporary / "env"),
        "RUNNER_TEMP": str(temporary),
    }


def python(folder: Path, version: str, programs: str = "bin") -> str:
    path = folder / "python"
    path.write_text(PYTHON.format(real=sys.executable, version=version.replace(".", ", "), folder=programs))
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("programs", ["bin", "Scripts"])
def test_it_is_installed_into_an_environment_of_its_own(
    programs: str, environment: dict[str, str], tmp_path: Path
) -> None:
    done = run_step(INSTALL, tmp_path, environment, {"python": python(tmp_path, "3.11", programs)})
    assert done.returncode == 0, done.stderr
    temporary = Path(environment["RUNNER_TEMP"])
    assert (temporary / "asked").read_text().split(maxsplit=2)[:2] == ["-m", "pip"]
    assert (temporary / "asked").read_text().rstrip().endswith(" /the action")
    assert exported(temporary / "env") == {"PACKLINT": f"{temporary}/packlint/{programs}/packlint"}


def test_a_python_that_is_too_old_is_named_with_the_way_out(environment: dict[str, str], tmp_path: Path) -> None:
    done = run_step(INSTALL, tmp_path, environment, {"python": python(tmp_path, "3.10")})
    assert done.returncode == 1
    assert "needs Python 3.11 or newer: run actions/setup-python before it" in done.stderr
    assert not (Path(environment["RUNNER_TEMP"]) / "packlint").exists()


@pytest.mark.parametrize(("text", "code"), [(BROKEN, 1), (SOUND, 0)], ids=["broken", "sound"])
def test_it_ends_as_packlint_does_and_annotates(
    text: str, code: int, write_pack: WritePack, environment: dict[str, str]
) -> None:
    environment["PACKLINT"] = _program()
    done = run_step(CHECK, write_pack({"agents/dev.md": text}), environment)
    assert done.returncode == code, done.stderr
    assert ("::error title=TL002 miscased-tool,file=agents/dev.md,line=4," in done.stdout) is (code == 1)


def test_its_arguments_are_words_and_nothing_else(
    write_pack: WritePack, environment: dict[str, str], tmp_path: Path
) -> None:
    environment["PACKLINT"] = _program()
    folder = write_pack({"agents/dev.md": BROKEN})
    done = run_step(CHECK, folder, environment, {"args": "--exit-zero ."})
    assert done.returncode == 0, done.stderr
    done = run_step(CHECK, folder, environment, {"args": f"$(touch {tmp_path}/ran);*"})
    assert done.returncode == 2
    assert not (tmp_path / "ran").exists()


def test_no_input_becomes_a_part_of_a_script() -> None:
    assert all("${{" not in step["run"] and step["shell"] == "bash" for step in (INSTALL, CHECK))


def test_every_input_is_described_and_may_be_left_out() -> None:
    assert all(each["description"] and each["default"] for each in ACTION["inputs"].values())


def _program() -> str:
    found = shutil.which("packlint", path=os.path.dirname(sys.executable))
    assert found is not None
    return found
