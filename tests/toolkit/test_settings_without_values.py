"""An application is looked at without its secrets: settings without a value get one that leads nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from .layouts import write
from .projects import ENVIRONMENT
from .running import toolkit

SETTINGS = """\
import datetime, enum, os, pathlib, uuid
from typing import Annotated, Literal

from pydantic import AnyHttpUrl, BaseModel, Field, PostgresDsn, RedisDsn, SecretStr, StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict


class Level(enum.Enum):
    LOW = "low"


class Mail(BaseModel):
    host: str
    port: int


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_", env_nested_delimiter="__")

    secret_key: SecretStr = Field(min_length=32)
    database_url: PostgresDsn
    redis_url: RedisDsn
    origin: AnyHttpUrl
    mode: Literal["test", "live"]
    level: Level
    workers: int
    ratio: float
    debug: bool
    day: datetime.date
    moment: datetime.datetime
    tenant: uuid.UUID
    hosts: list[str]
    folder: pathlib.Path
    code: Annotated[str, StringConstraints(pattern="^postgres")]
    mail: Mail
    name: str = Field(alias="SERVICE")
    given: int


settings = Settings()
assert settings.given == 7
KEY = os.environ["API_KEY"]
OTHER = os.getenv("OTHER_URL").upper()
DEFAULT = os.getenv("WITH_DEFAULT", "x")
assert DEFAULT == "x"
"""
MAIN = """\
from fastapi import FastAPI

from shop.settings import settings

app = FastAPI()


@app.get("/")
def root() -> str:
    return "fine"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    if not ENVIRONMENT.exists():
        pytest.skip("reference/.venv is not there: `make reference-installed` makes it")
    files = {"shop/__init__.py": "", "shop/settings.py": SETTINGS, "shop/main.py": MAIN}
    folder = write(tmp_path, {**files, "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["fastapi"]\n'})
    (folder / ".venv").symlink_to(ENVIRONMENT)
    return folder


def test_every_kind_of_setting_gets_a_value(project: Path) -> None:
    done = toolkit("verify", "--only", "openapi", cwd=project, env={"APP_GIVEN": "7"})
    assert done.returncode == 0
    assert "| openapi | not run: nothing to compare with: the project is in no git repository |" in done.stdout
    names = "API_KEY, OTHER_URL, SERVICE, code, database_url, day, debug, folder, hosts, level, mail, mail.host, "
    names += "mail.port, mode, moment, origin, ratio, redis_url, secret_key, tenant, workers"
    assert f"placeholders for settings that are not set: {names}" in done.stdout


def test_a_wrong_value_is_not_covered_up(project: Path) -> None:
    done = toolkit("verify", "--only", "openapi", cwd=project, env={"APP_GIVEN": "seven"})
    assert "not run: the application cannot be built: ValidationError" in done.stdout
    assert "given" in done.stdout


def test_an_error_of_the_code_is_a_failure(project: Path) -> None:
    write(project, {"shop/settings.py": "settings = 1 / 0\n"})
    done = toolkit("verify", "--only", "openapi", cwd=project)
    assert done.returncode == 1
    assert "failed: the application cannot be built: ZeroDivisionError: division by zero" in done.stdout
    assert "shop/settings.py:1 settings = 1 / 0" in done.stdout


READ = """import datetime, enum, os

import shop.level

SECRET = os.environ["SECRET"]
RATE = float(os.environ["RATE"])
if not os.getenv("TOKEN"):
    raise RuntimeError("TOKEN is missing")
DAY = datetime.date.fromisoformat(os.getenv("DAY"))
settings = None
"""


def test_a_variable_gets_a_value_that_the_code_can_use(project: Path) -> None:
    level = "import os\n\nFLAG = {'1': True, '0': False}[os.environ['FLAG']]\n"
    write(project, {"shop/settings.py": READ, "shop/level.py": level})
    done = toolkit("verify", "--only", "openapi", cwd=project)
    assert done.returncode == 0
    assert "built with placeholders for settings that are not set: DAY, FLAG, RATE, SECRET, TOKEN" in done.stdout


def test_a_value_of_ours_that_the_code_cannot_use_is_no_failure_of_the_code(project: Path) -> None:
    text = "import os\n\nif not os.environ['FORMULA'].startswith('='):\n    raise ValueError('no formula')\n"
    write(project, {"shop/settings.py": text})
    done = toolkit("verify", "--only", "openapi", cwd=project)
    assert done.returncode == 0
    assert "not run: the application cannot be built: ValueError: no formula" in done.stdout
    assert "tried with placeholders for settings that are not set: FORMULA" in done.stdout
    done = toolkit("hub", cwd=project)
    assert "; not set: FORMULA)" in done.stderr
