"""The installed pack in the real client: what is listed, what a typed command becomes, what each agent starts with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from packlint.client import client as facts_of
from tests.client.conftest import Install
from tests.client.installed import LAYOUTS, Installed
from tests.client.launching import MAIN_MODEL, read_listing
from tests.client.play import MAIN, Play, start
from tests.client.scripted_api import Request
from tests.client.staging import commit_nothing
from tests.pack.documents import AGENTS, flat, prompt
from toolkit.project_copy.rewriting import rewritten

WORDS = "add \"quoted 'words'\" for $5, $1, $0, $ARGUMENTS and ${HOME}; `ls` \\$2\n\n- a second line: 100 % of <it>"


@dataclass(frozen=True)
class Seen:
    """One session: every agent was started, then each form of the command was typed."""

    installed: Installed
    typed: list[str]
    init: dict[str, Any]
    play: Play


@pytest.fixture(scope="module", params=LAYOUTS)
def seen(request: pytest.FixtureRequest, install: Install, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    cwd = tmp_path_factory.mktemp("listing") / "work"
    commit_nothing(cwd)
    installed = install(request.param, cwd)
    typed = ["/implement", "/fastapi-pack:implement"][: 1 + installed.is_plugin]
    launch = [start(installed.agent(name), name) for name in AGENTS]
    parts = {name: ["Done."] for name in AGENTS}
    play = Play({MAIN: [launch, "All done.", *["What a feature."] * len(typed)], **parts})
    session = installed.drive(["go", *(f"{each} {WORDS}" for each in typed)], play, "--model", MAIN_MODEL)
    assert (play.surprises, play.left) == ([], {})
    return Seen(installed, typed, session.init, play)


def test_the_pack_loads_without_an_error(seen: Seen) -> None:
    assert seen.init.get("plugin_errors", []) == []
    assert {seen.installed.agent(name) for name in AGENTS} <= set(seen.init["agents"])
    assert {seen.installed.agent("implement"), seen.installed.agent("document-hub")} <= set(seen.init["slash_commands"])
    assert not any("essentials" in each for each in seen.init["slash_commands"])


def test_agents_are_listed_with_their_descriptions_and_tools(seen: Seen) -> None:
    listing = read_listing(seen.play.requests[MAIN][0], seen.init["agents"])
    for name in AGENTS:
        frontmatter = prompt(f"agents/{name}.md").frontmatter
        assert listing[seen.installed.agent(name)] == (frontmatter["description"], frontmatter["tools"])


def test_the_command_gets_the_users_words_unchanged(seen: Seen) -> None:
    features = _features(seen.play.requests[MAIN][-1])
    assert features == [WORDS] * len(seen.typed)


def _features(request: Request) -> list[str]:
    expanded = [text for text in request.texts if "<feature>" in text]
    return [text.partition("<feature>\n")[2].partition("\n</feature>")[0] for text in expanded]


@pytest.mark.parametrize("name", AGENTS)
def test_each_agent_starts_with_its_own_body_model_and_tools(seen: Seen, name: str, version: str) -> None:
    [request] = seen.play.requests[name]
    frontmatter, body = prompt(f"agents/{name}.md").frontmatter, prompt(f"agents/{name}.md").body
    root = seen.installed.root
    expected = body.replace("${CLAUDE_PLUGIN_ROOT}", root) if seen.installed.is_plugin else rewritten(body)
    # 2.1.197 ends the folder of such a plugin with a slash.
    assert flat(expected) in flat(request.system).replace(f"{root}//", f"{root}/")
    assert request.model == facts_of(version).models["ids"][frontmatter["model"]][version]
    assert request.offered_tools == {tool.strip() for tool in frontmatter["tools"].split(",")}
