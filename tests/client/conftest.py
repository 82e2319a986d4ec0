from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.client import versions


@pytest.fixture(params=versions.VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    """Each pinned version in turn."""
    return str(request.param)


@pytest.fixture
def binary(version: str) -> Path:
    """The client itself. Without it nothing is tested here: that is said aloud, and fails in CI."""
    try:
        return versions.binary(version)
    except versions.NoClientError as error:
        reason = f"THE REAL CLIENT {version} WAS NOT ASKED: {error}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
