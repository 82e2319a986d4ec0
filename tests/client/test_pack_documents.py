"""Which documents of the pack the command and its agents can read in the real client.

The scripted model reads what the texts it was sent tell it to read, and runs what they tell it to run.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.client.installed import Installed
from tests.client.play import MAIN, Play, Step, start, use
from tests.client.scripted_api import Request
from tests.pack.documents import AGENTS, PATTERNS, STYLE, TOPICS, flat, text_of
from toolkit.project_copy.rewriting import rewritten

ESSENTIALS = "skills/fastapi-essentials/SKILL.md"
REFUSED = "requested permissions to read"


def _documents(installed: Installed, request: Request) -> list[str]:
    """The documents that a thread has been told to read, in the order of its texts."""
    text = "\n".join([request.system, request.opening])
    named = re.findall(rf"`({re.escape(installed.root)}/+(?:patterns|styles)/[\w-]+\.md)`", text)
    return list(dict.fromkeys(named))


def _read(installed: Installed, documents: list[str]) -> list[tuple[str, dict[str, Any]]]:
    return [use("Read", file_path=str(installed.cwd / document)) for document in documents]


def _reader(installed: Installed, share: int, of: int) -> list[Step]:
    """Reads what the thread was told to read, then its share of the pages that the index names."""

    def named(request: Request) -> Any:
        return _read(installed, _documents(installed, request))

    def pages(request: Request) -> Any:
        [index] = [each for each in _documents(installed, request) if each.endswith(PATTERNS)]
        found = dict.fromkeys(re.findall(r"\]\(([\w-]+\.md)\)", "\n".join(text for _, text in request.results)))
        return _read(installed, [str(Path(index).with_name(page)) for page in found][share::of])

    return [named, pages, "Done."]


def _as_installed(installed: Installed, document: str) -> str:
    text = text_of(document)
    return text.replace("${CLAUDE_PLUGIN_ROOT}", installed.root) if installed.is_plugin else rewritten(text)


def _read_so_far(installed: Installed, request: Request) -> set[str]:
    """The documents whose text a thread has got."""
    results = "\n".join(re.sub(r"^ *\d+\t", "", text, flags=re.MULTILINE) for _, text in request.results)
    return {page for page in (PATTERNS, STYLE, *TOPICS) if _as_installed(installed, page).strip() in results}


@pytest.mark.parametrize("background", [False, True], ids=["foreground", "background"])
def test_inside_implement_every_document_is_read(installed: Installed, background: bool) -> None:
    launch = [start(installed.agent(name), name, run_in_background=background) for name in AGENTS]
    waiting = ["Waiting."] * len(AGENTS) if background else []
    readers = {name: _reader(installed, number, len(AGENTS)) for number, name in enumerate(AGENTS)}
    named, _, _ = _reader(installed, 0, 1)
    play = Play({MAIN: [named, launch, *waiting, "All done."], **readers})
    installed.drive(["/implement add reviews"], play)
    assert play.surprises == []
    assert _read_so_far(installed, play.requests[MAIN][1]) >= {PATTERNS, STYLE}
    read = set()
    for name in AGENTS:
        assert len(play.requests[name]) == 3
        assert not any(is_error for is_error, _ in play.requests[name][-1].results)
        mine = _read_so_far(installed, play.requests[name][-1])
        assert mine > {PATTERNS, STYLE}
        read |= mine
    assert read == {PATTERNS, STYLE, *TOPICS}


def test_the_grant_opens_nothing_else(installed: Installed, source: Path) -> None:
    """Of the plugin's folder; a project's own files need no grant."""
    others = ["LICENSE", "commands/implement.md", ".claude-plugin/plugin.json", "toolkit/__main__.py"]
    reads = _read(installed, [str(source / each) for each in others])
    agent = AGENTS[0]
    play = Play({MAIN: [reads, [start(installed.agent(agent), agent)], "All done."], agent: [reads, "Done."]})
    installed.drive(["/implement add reviews"], play)
    for request in (play.requests[MAIN][1], play.requests[agent][1]):
        assert [REFUSED in text for _, text in request.results] == [True] * len(others)


def _grants(text: str) -> dict[str, Any]:
    [line] = re.findall(r'^\{"permissions": .*\}$', text, re.MULTILINE)
    grants: dict[str, Any] = json.loads(line)
    return grants


def test_called_directly_an_agent_has_its_essentials_and_names_the_grant(installed: Installed) -> None:
    def named(request: Request) -> Any:
        return _read(installed, _documents(installed, request))

    def report(request: Request) -> str:
        return f"To let me read more, add: {json.dumps(_grants(request.opening))}"

    play = Play(
        {
            MAIN: [[start(installed.agent(name), name) for name in AGENTS], "All done."],
            **{name: [named, report] for name in AGENTS},
        }
    )
    installed.drive(["hello"], play)
    essentials = flat(_as_installed(installed, ESSENTIALS).split("---\n", 2)[2])
    for name in AGENTS:
        first, second = play.requests[name]
        assert essentials in flat(first.opening).replace("//", "/")
        assert len(second.results) >= 2
        for _, text in second.results:
            assert (REFUSED in text) == installed.is_plugin
        assert f"Read(/{installed.root}/" in play.requests[MAIN][-1].results[AGENTS.index(name)][1]


def test_the_line_that_an_agent_names_grants_documents_and_checks(installed: Installed) -> None:
    """The line stands in the text that the agent starts with; the checks then answer that nothing is there to check."""
    lines: list[dict[str, Any]] = []
    agent = AGENTS[0]

    def look(request: Request) -> str:
        lines.append(_grants(request.opening))
        return "Seen."

    def do_all(request: Request) -> Any:
        [command] = re.findall(r"^python3 .*$", request.opening, re.MULTILINE)
        return [*_read(installed, _documents(installed, request)), use("Bash", command=command, description="verify")]

    installed.drive(["hello"], Play({MAIN: [[start(installed.agent(agent), agent)], "Done."], agent: [look]}))
    installed.trust()
    file = (installed.home if installed.is_plugin else installed.cwd) / ".claude/settings.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | lines[0]))
    parts: dict[str, list[Step]] = {"near": [do_all, "Done."], "far": [do_all, "Done."]}
    launch = [start(installed.agent(agent), part, run_in_background=part == "far") for part in parts]
    play = Play({MAIN: [launch, "Waiting.", "All done."], **parts})
    installed.drive(["hello"], play)
    for part in parts:
        *reads, (_, verified) = play.requests[part][1].results
        assert not any(is_error for is_error, _ in reads)
        assert _read_so_far(installed, play.requests[part][1]) == {PATTERNS, STYLE}
        assert "no FastAPI project" in verified
