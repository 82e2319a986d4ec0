from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.client import versions
from tests.client.installed import LAYOUTS, PLUGIN, Installed, install_plugin, marketplace, with_copy, with_plugin
from tests.client.staging import commit_nothing

Install = Callable[[str, Path], Installed]


@pytest.fixture(scope="module", params=versions.VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    """Each pinned version in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def binary(version: str) -> Path:
    """The client itself. Without it nothing is tested here: that is said aloud, and fails in CI."""
    return _fetched(f"THE REAL CLIENT {version}", lambda: versions.binary(version))


@pytest.fixture(scope="module")
def bun() -> Path:
    """The client's YAML parser by itself; where it is missing, as `binary`."""
    return _fetched("THE CLIENT'S YAML PARSER", versions.bun)


def _fetched(name: str, fetch: Callable[[], Path]) -> Path:
    try:
        return fetch()
    except versions.NoClientError as error:
        reason = f"{name} WAS NOT ASKED: {error}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of the pack's repository, as far as the client looks at it."""
    return marketplace(tmp_path_factory.mktemp("marketplace") / "fastapi-pack")


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each version's home with the plugin in it is kept once it has been installed."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(scope="module")
def install(binary: Path, version: str, source: Path, homes: Path, tmp_path_factory: pytest.TempPathFactory) -> Install:
    """Gives a project the pack, as the plugin or as a copy, and its user a home."""

    def install(layout: str, cwd: Path) -> Installed:
        home = tmp_path_factory.mktemp("user") / "home"
        if layout != PLUGIN:
            return with_copy(binary, source, cwd, home)
        first = homes / version
        if not first.is_dir():
            install_plugin(binary, source, first)
        shutil.copytree(first, home)
        return with_plugin(binary, source, cwd, home)

    return install


@pytest.fixture(params=LAYOUTS)
def installed(request: pytest.FixtureRequest, install: Install, tmp_path: Path) -> Installed:
    """The pack in an empty project, as the plugin and as a copy."""
    cwd = tmp_path / "work"
    commit_nothing(cwd)
    return install(request.param, cwd)
