"""A large feature in the real client, from survey to green gates: a resource on a copy of the reference service.

The scripted model plays the main thread and every agent; it calls what the texts tell it to call, and writes real
files. What the client, the hooks, the toolkit and the project's own tools make of that is what is tested.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.client import feature_files, obeying
from tests.client.conftest import Install
from tests.client.installed import COPY, PLUGIN, Installed
from tests.client.play import MAIN, Play, Step, start
from tests.client.scripted_api import Request
from tests.pack.documents import prompt
from tests.toolkit.projects import commit, edit, git, reference, sources
from tests.toolkit.running import REFERENCE
from toolkit import verify

FEATURE = 'Let customers review products: a rating from 1 to 5 and a comment, "one" each. $5 vouchers come later.'
PLAN = "Plan: POST and GET /api/v1/products/{product_id}/reviews; table reviews, one row a user and product.\nApprove?"
# The suite of the copy: what the feature touches. The whole one takes minutes and is run by the service itself.
SUITE = '["tests/integration/test_reviews.py", "tests/integration/test_migrations.py"]'
# What the service gives its servers to answer, which a busy machine may overrun.
PATIENT = {"REDIS_TIMEOUT": "60", "DATABASE_POOL_TIMEOUT": "60", "DATABASE_STATEMENT_TIMEOUT": "60"}
SERVICE = "src/app/services/review.py"
REPOSITORY = "src/app/repositories/review.py"
TYPED, UNTYPED = "def _require_product(self, product_id: int) -> None:", "def _require_product(self, product_id: int):"


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that everybody may enter: PostgreSQL does not run as root, and its programs lie in the environment."""
    with tempfile.TemporaryDirectory(prefix="large-feature-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def shop(place: Path) -> Iterator[Path]:
    """A copy of the reference service, always at the same place, so that mypy's cache serves every client."""
    folder = reference(place / "shop", "comparison", "mutation")
    _know_types(folder, place / "cache")
    edit(folder / "pyproject.toml", 'testpaths = ["tests"]', f"testpaths = {SUITE}")
    commit(folder)
    yield folder
    shutil.rmtree(folder)


def _know_types(folder: Path, cache: Path) -> None:
    """Hand mypy what it has found out about the original: it goes by the content of the files, and saves a minute."""
    found = REFERENCE / ".mypy_cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        place = verify._cache(folder) / "mypy"
    if found.is_dir() and not place.is_dir():
        shutil.copytree(found, place)


def _launch(installed: Installed, agent: str, part: str) -> Step:
    """Hands an agent what the command says it needs: the user's words, what was found, the base revision."""

    def step(request: Request) -> Any:
        found = "\n".join(text for _, text in request.results[:2])
        return [start(installed.agent(agent), part, f"The user's words: {FEATURE}\nFound:\n{found}")]

    return step


def _implementer(installed: Installed) -> list[Step]:
    """Writes one file out of shape and one without a type, says it is done, and mends what it is sent back with."""
    files = feature_files.new_files("reviews")
    files[REPOSITORY] = files[REPOSITORY].replace("self._session = session", "self._session=session")
    files[SERVICE] = files[SERVICE].replace(TYPED, UNTYPED)
    typed = {"path": SERVICE, "old": UNTYPED, "new": TYPED}
    return [
        lambda request: obeying.read_documents(installed, request),
        obeying.read(installed, feature_files.edited_files("reviews")) + feature_files.write(installed, files),
        feature_files.edit(installed, feature_files.edits("reviews")),
        "Done, I think.",
        feature_files.edit(installed, [typed]),
        "Done: the missing type is there.",
    ]


def _improver(installed: Installed) -> list[Step]:
    return [
        lambda request: obeying.read_documents(installed, request),
        obeying.read(installed, feature_files.edited_files("repeated_reviews")),
        feature_files.edit(installed, feature_files.edits("repeated_reviews")),
        "A repeated review gets the first answer.",
    ]


def _play(installed: Installed, base: str) -> Play:
    report = "No finding. Every planned endpoint is there."
    return Play(
        {
            MAIN: [
                lambda request: (
                    obeying.toolkit(request, "survey", "review products") + obeying.shell("git rev-parse HEAD")
                ),
                _launch(installed, "python-fastapi-expert", "plan"),
                PLAN,
                _launch(installed, "feature-developer", "build"),
                _launch(installed, "fastapi-backend-feature", "improve"),
                _launch(installed, "python-fastapi-expert", "review"),
                lambda request: obeying.toolkit(request, "verify", "--base", base),
                lambda request: f"Done.\n\n{request.results[-1][1]}",
            ],
            "plan": [lambda request: obeying.read_documents(installed, request), PLAN],
            "build": _implementer(installed),
            "improve": _improver(installed),
            "review": [
                lambda request: obeying.read_documents(installed, request),
                obeying.shell("git status --short") + obeying.shell("git diff HEAD"),
                report,
            ],
        }
    )


@pytest.mark.parametrize(
    ("version", "layout"), [("2.1.328", PLUGIN), ("2.1.197", COPY)], indirect=["version"], scope="module"
)
def test_a_large_feature(layout: str, install: Install, shop: Path, place: Path) -> None:
    installed = install(layout, shop)
    if layout == COPY:
        commit(shop)
    base, before = git(shop, "rev-parse", "HEAD").strip(), sources(shop)
    play = _play(installed, base)
    session = installed.drive(
        [f"/implement {FEATURE}", "/implement approved"],
        play,
        "--permission-mode",
        "acceptEdits",
        XDG_CACHE_HOME=str(place / "cache"),
        **PATIENT,
    )
    assert (play.surprises, play.left) == ([], {})
    assert {part: len(requests) for part, requests in play.requests.items()} == {
        MAIN: 8, "plan": 2, "build": 6, "improve": 4, "review": 3,
    }  # fmt: skip
    _assert_nothing_was_refused(play)
    _assert_the_right_agents_worked(play)
    _assert_the_hooks_did_their_work(play)
    approval, report = (result["result"] for result in session.results)
    assert approval == PLAN
    assert "8 of 8 gates passed" in report
    assert "also: POST /api/v1/products/{product_id}/reviews: new" in report
    assert sources(shop) == feature_files.applied(before, "reviews", "repeated_reviews")
    assert git(shop, "rev-parse", "HEAD").strip() == base


def _assert_nothing_was_refused(play: Play) -> None:
    for part, requests in play.requests.items():
        refused = [text for is_error, text in requests[-1].results if is_error]
        assert not refused, f"{part}: {refused[0]}"
    surveyed = play.requests[MAIN][1].results[0][1]
    assert "nearest to" in surveyed
    assert "src/app/api/v1/routes/products.py" in surveyed


def _assert_the_right_agents_worked(play: Play) -> None:
    for part, agent in {
        "plan": "python-fastapi-expert",
        "build": "feature-developer",
        "improve": "fastapi-backend-feature",
        "review": "python-fastapi-expert",
    }.items():
        assert prompt(f"agents/{agent}.md").body.strip().partition("\n")[0] in play.requests[part][0].system
        assert FEATURE in play.requests[part][0].opening


def _assert_the_hooks_did_their_work(play: Play) -> None:
    """The file out of shape was formatted, and the missing type sent its author back, once."""
    build = play.requests["build"]
    after_writing, told = json.dumps(build[2].body["messages"]), "ruff format has changed"
    assert (after_writing.count(told), told in json.dumps(build[1].body["messages"])) == (1, False)
    assert f"{REPOSITORY}." in after_writing.partition(told)[2]
    sent_back = ["quick gates fail" in "\n".join(request.user_texts) for request in build]
    assert sent_back == [False, False, False, False, True, False]
    feedback = "\n".join(build[4].user_texts)
    assert "no-untyped-def" in feedback
    assert SERVICE in feedback
