"""What the README promises of releases and commands is what the repository has."""

from __future__ import annotations

import re
import tomllib

import pytest

from toolkit.__main__ import COMMANDS

from .running import REFERENCE, ROOT, toolkit

README = (ROOT / "README.md").read_text(encoding="utf-8")
SUPPORTED = ("fastapi", "pydantic", "sqlalchemy", "alembic", "asyncpg", "celery", "redis")


@pytest.mark.parametrize("name", SUPPORTED)
def test_the_oldest_supported_release_is_what_the_reference_service_asks_for(name: str) -> None:
    project = tomllib.loads((REFERENCE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    [floor] = [one.partition(">=")[2] for one in project["dependencies"] if re.match(rf"{name}\b(?!-)", one)]
    [row] = [line for line in README.splitlines() if line.startswith("| at least")]
    assert re.search(rf"\b{name} {re.escape(floor)}\b", row, re.IGNORECASE), f"{name} {floor} is not in: {row}"


def test_every_command_of_the_toolkit_is_shown_by_a_path_that_works_anywhere() -> None:
    shown = re.findall(r"python3 (\S*toolkit) (\w+)(.*)", README)
    assert {name for _, name, _ in shown} == set(COMMANDS)
    assert {place for place, _, _ in shown} == {"/path/to/clone/toolkit"}
    for name in COMMANDS:
        options = {option for _, called, rest in shown if called == name for option in re.findall(r"--\w+", rest)}
        assert options <= set(re.findall(r"--\w+", toolkit(name, "--help", cwd=ROOT).stdout))
