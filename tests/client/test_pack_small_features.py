"""A small and a medium feature in the real client, on the miniature service: what they cost, and how they end."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.client import feature_files, obeying
from tests.client.conftest import Install
from tests.client.installed import COPY, PLUGIN, Installed
from tests.client.play import MAIN, Play, Step, start
from tests.client.scripted_api import Request
from tests.toolkit.projects import commit, git, sources, stall

SMALL = "Let clients ask for the label of a good"
MEDIUM = "Let the shop offer goods at a discount of 1 to 90 percent"


@pytest.fixture
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The miniature service, always at the same place, so that mypy's cache serves every client."""
    folder = tmp_path_factory.getbasetemp() / "stall"
    yield stall(folder)
    shutil.rmtree(folder)


@pytest.fixture
def ready(layout: str, install: Install, project: Path) -> Installed:
    """The service with the pack, all of it committed."""
    installed = install(layout, project)
    if layout == COPY:
        commit(project)
    return installed


def _survey(feature: str) -> Step:
    return lambda request: obeying.toolkit(request, "survey", feature) + obeying.shell("git rev-parse HEAD")


def _verify(request: Request) -> Any:
    """Against the revision that the thread has noted."""
    [base] = re.findall(r"^[0-9a-f]{40}$", "\n".join(text for _, text in request.results), re.MULTILINE)
    return obeying.toolkit(request, "verify", "--base", base)


def _report(request: Request) -> str:
    return f"Done.\n\n{request.results[-1][1]}"


def _drive(installed: Installed, play: Play, feature: str, cache: Path) -> str:
    """The report that the user gets; nothing is refused and no step left on the way."""
    arguments = ("--permission-mode", "acceptEdits")
    session = installed.drive([f"/implement {feature}"], play, *arguments, XDG_CACHE_HOME=str(cache))
    assert (play.surprises, play.left) == ([], {})
    for part, requests in play.requests.items():
        refused = [text for is_error, text in requests[-1].results if is_error]
        assert not refused, f"{part}: {refused[0]}"
    report: str = session.results[-1]["result"]
    return report


@pytest.mark.parametrize(
    ("version", "layout"), [("2.1.328", PLUGIN), ("2.1.197", COPY)], indirect=["version"], scope="module"
)
def test_a_small_feature_starts_no_agent(ready: Installed, tmp_path_factory: pytest.TempPathFactory) -> None:
    before = sources(ready.cwd)
    play = Play(
        {
            MAIN: [
                _survey(SMALL),
                lambda request: (
                    obeying.read_documents(ready, request) + obeying.read(ready, feature_files.edited_files("label"))
                ),
                feature_files.edit(ready, feature_files.edits("label")),
                _verify,
                _report,
            ]
        }
    )
    report = _drive(ready, play, SMALL, tmp_path_factory.getbasetemp() / "cache")
    assert len(play.requests[MAIN]) == 5
    assert "8 of 8 gates passed" in report
    assert "also: GET /goods/{good_id}/label: new" in report
    assert sources(ready.cwd) == feature_files.applied(before, "label")


@pytest.mark.parametrize(
    ("version", "layout"), [("2.1.328", COPY), ("2.1.197", PLUGIN)], indirect=["version"], scope="module"
)
def test_a_medium_feature_takes_one_implementer(ready: Installed, tmp_path_factory: pytest.TempPathFactory) -> None:
    before, base = sources(ready.cwd), git(ready.cwd, "rev-parse", "HEAD")

    def launch(request: Request) -> Any:
        found = "\n".join(text for _, text in request.results)
        return [start(ready.agent("feature-developer"), "build", f"The user's words: {MEDIUM}\nFound:\n{found}")]

    files = feature_files.new_files("offers")
    play = Play(
        {
            MAIN: [_survey(MEDIUM), launch, _verify, _report],
            "build": [
                lambda request: obeying.read_documents(ready, request),
                obeying.read(ready, feature_files.edited_files("offers"))
                + feature_files.write(ready, {name: text.replace(" = ", "=") for name, text in files.items()}),
                feature_files.edit(ready, feature_files.edits("offers")),
                lambda request: obeying.toolkit(request, "verify", "--quick"),
                "The offers are there, and every gate is green.",
            ],
        }
    )
    report = _drive(ready, play, MEDIUM, tmp_path_factory.getbasetemp() / "cache")
    assert {part: len(requests) for part, requests in play.requests.items()} == {MAIN: 4, "build": 5}
    assert "8 of 8 gates passed" in report
    assert "also: POST /goods/offers: new" in report
    assert sources(ready.cwd) == feature_files.applied(before, "offers")
    assert git(ready.cwd, "rev-parse", "HEAD") == base
