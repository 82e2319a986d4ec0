from __future__ import annotations

import json
import os
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path

import pytest

RECORD = "MUTATION_RECORD"


def pytest_configure() -> None:
    """Refuse to test any other service than the copy, such as an installed one.

    Raises:
        pytest.UsageError: The service is imported from somewhere else.
    """
    spec = find_spec("app")
    if spec is None or not Path(spec.origin or "").is_relative_to(Path.cwd()):
        message = f"the tests would import {spec}"
        raise pytest.UsageError(message)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write down how each phase of a test ends, and with what exception."""
    report = yield
    error = call.excinfo.value if call.excinfo and report.failed else None
    entry = {
        "test": report.nodeid,
        "phase": report.when,
        "outcome": report.outcome,
        "error": type(error).__name__ if error else None,
        # `pytest.raises` says with the second that nothing was raised.
        "asserted": isinstance(error, AssertionError | pytest.fail.Exception),
    }
    with Path(os.environ[RECORD]).open("a") as record:
        record.write(json.dumps(entry) + "\n")
    return report
