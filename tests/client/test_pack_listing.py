"""The installed pack in the real client: what is listed, what a typed command becomes, what each agent starts with."""

from __future__ import annotations

import pytest

from packlint.client import client as facts_of
from tests.client.installed import Installed
from tests.client.launching import MAIN_MODEL, read_listing
from tests.client.play import MAIN, Play, start
from tests.client.scripted_api import Request
from tests.pack.documents import AGENTS, flat, prompt
from toolkit.project_copy.rewriting import rewritten

WORDS = "add \"quoted 'words'\" for $5, $1, $0, $ARGUMENTS and ${HOME}; `ls` \\$2\n\n- a second line: 100 % of <it>"


def _feature(request: Request) -> str:
    [text] = [text for text in request.texts if "<feature>" in text]
    return text.partition("<feature>\n")[2].partition("\n</feature>")[0]


def test_agents_are_listed_with_their_descriptions_and_tools(installed: Installed) -> None:
    play = Play({MAIN: ["Hello."]})
    session = installed.drive(["hello"], play)
    ours = {installed.agent(name): prompt(f"agents/{name}.md").frontmatter for name in AGENTS}
    assert ours.keys() <= set(session.init["agents"])
    assert session.init.get("plugin_errors", []) == []
    listing = read_listing(play.requests[MAIN][0], session.init["agents"])
    for name, frontmatter in ours.items():
        assert listing[name] == (frontmatter["description"], frontmatter["tools"])


@pytest.mark.parametrize("typed", ["/implement", "/fastapi-pack:implement"])
def test_the_command_gets_the_users_words_unchanged(installed: Installed, typed: str) -> None:
    if not installed.is_plugin and ":" in typed:
        pytest.skip("a project's command has no plugin's name")
    play = Play({MAIN: ["What a feature."]})
    installed.drive([f"{typed} {WORDS}"], play)
    [request] = play.requests[MAIN]
    assert _feature(request) == WORDS.strip()


def test_each_agent_starts_with_its_own_body_model_and_tools(installed: Installed, version: str) -> None:
    parts = {name: ["Done."] for name in AGENTS}
    play = Play({MAIN: [[start(installed.agent(name), name) for name in AGENTS], "All done."], **parts})
    installed.drive(["go"], play, "--model", MAIN_MODEL)
    assert (play.surprises, play.left) == ([], {})
    for name in AGENTS:
        [request] = play.requests[name]
        frontmatter, body = prompt(f"agents/{name}.md").frontmatter, prompt(f"agents/{name}.md").body
        expected = body.replace("${CLAUDE_PLUGIN_ROOT}", installed.root) if installed.is_plugin else rewritten(body)
        assert flat(expected) in flat(request.system).replace("//", "/")
        assert request.model == facts_of(version).models["ids"][frontmatter["model"]][version]
        assert request.offered_tools == {tool.strip() for tool in frontmatter["tools"].split(",")}
