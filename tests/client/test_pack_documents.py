"""What of the pack its commands and agents can read and run in the real client.

The scripted model reads what the texts it was sent tell it to read, and runs what they tell it to run; the project is
empty, so the toolkit answers that there is nothing to work on.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.client import obeying
from tests.client.installed import Installed
from tests.client.play import MAIN, Play, Step, start
from tests.client.scripted_api import Request
from tests.pack.documents import AGENTS, PATTERNS, STYLE, TOPICS, flat, text_of
from toolkit.project_copy.rewriting import rewritten

ESSENTIALS = "skills/fastapi-essentials/SKILL.md"
HUB = "patterns/documentation-hub.md"
REFUSED = "requested permissions to read"
EMPTY = "no FastAPI project"
OTHERS = ("LICENSE", "commands/implement.md", ".claude-plugin/plugin.json", "toolkit/__main__.py")
# The same agents in the foreground and in the background.
PARTS = {f"{place} {name}": name for place in ("near", "far") for name in AGENTS}


def _read_and_verify(installed: Installed) -> Step:
    return lambda request: obeying.read_documents(installed, request) + obeying.toolkit(request, "verify")


def _pages(installed: Installed, share: int) -> Step:
    """Reads an agent's share of the pages that the index names."""

    def step(request: Request) -> Any:
        [index] = [each for each in obeying.documents(installed, request) if each.endswith(PATTERNS)]
        found = dict.fromkeys(re.findall(r"\]\(([\w-]+\.md)\)", "\n".join(text for _, text in request.results)))
        return obeying.read(installed, [str(Path(index).with_name(page)) for page in found][share :: len(AGENTS)])

    return step


def _as_installed(installed: Installed, document: str) -> str:
    text = text_of(document)
    return text.replace("${CLAUDE_PLUGIN_ROOT}", installed.root) if installed.is_plugin else rewritten(text)


def _read_so_far(installed: Installed, request: Request) -> set[str]:
    """The documents whose text a thread has got."""
    results = "\n".join(re.sub(r"^ *\d+\t", "", text, flags=re.MULTILINE) for _, text in request.results)
    return {page for page in (PATTERNS, STYLE, *TOPICS) if _as_installed(installed, page).strip() in results}


def test_inside_a_command_all_it_names_is_read_and_run(installed: Installed, source: Path) -> None:
    """By the command and by every agent it starts; and of the plugin's folder nothing else."""
    others = obeying.read(installed, [str(source / each) for each in OTHERS])
    survey: list[Step] = [
        lambda request: obeying.read_documents(installed, request) + obeying.toolkit(request, "survey"),
        others,
    ]
    launch = {
        part: start(installed.agent(name), part, run_in_background=part[0] == "f") for part, name in PARTS.items()
    }
    near, far = ([launch[part] for part in PARTS if part[0] == first] for first in "nf")
    play = Play(
        {
            MAIN: [
                *survey,
                near,
                far,
                lambda _: play.wait_for(part for part in PARTS if part[0] == "f"),
                *["All done."] * len(far),
            ],
            **{
                part: [_read_and_verify(installed), _pages(installed, AGENTS.index(name)), others, "Done."]
                for part, name in PARTS.items()
            },
        }
    )
    installed.drive(["/implement add reviews"], play)
    assert play.surprises == []
    for first in "nf":
        sent = [play.requests[part][-1] for part in PARTS if part[0] == first]
        assert set().union(*(_read_so_far(installed, request) for request in sent)) == {PATTERNS, STYLE, *TOPICS}
    for part in PARTS:
        _assert_refused(play.requests[part][-1], len(OTHERS))
        assert _read_so_far(installed, play.requests[part][-1]) > {PATTERNS, STYLE}
    _assert_refused(play.requests[MAIN][2], len(OTHERS))
    assert _read_so_far(installed, play.requests[MAIN][2]) >= {PATTERNS, STYLE}


def test_the_hub_command_runs_its_generator_and_reads_its_page(installed: Installed) -> None:
    def work(request: Request) -> Any:
        return obeying.read(installed, [obeying.named(installed, request, HUB)]) + obeying.toolkit(request, "hub")

    play = Play({MAIN: [work, "The hub is there."]})
    installed.drive(["/document-hub"], play)
    assert play.surprises == []
    (_, page), (_, generated) = play.requests[MAIN][1].results
    assert "# Documentation hub" in page
    assert EMPTY in generated


def _assert_refused(request: Request, number: int) -> None:
    """The last results are refusals, and before them the toolkit alone had something to complain about."""
    results = request.results
    assert [REFUSED in text for _, text in results[-number:]] == [True] * number
    complaints = [text for is_error, text in results[:-number] if is_error]
    assert [EMPTY in text for text in complaints] == [True]


def test_called_directly_an_agent_has_its_essentials_and_names_the_line_that_grants_the_rest(
    installed: Installed,
) -> None:
    play = _call_directly(installed)
    essentials = flat(_as_installed(installed, ESSENTIALS).split("---\n", 2)[2]).replace("//", "/")
    for name in AGENTS:
        first, second = play.requests[name]
        assert essentials in flat(first.opening).replace("//", "/")
        *reads, (_, verified) = second.results
        assert [REFUSED in text for _, text in reads] == [installed.is_plugin] * 2
        assert "requires approval" in verified
    heard = json.dumps(play.requests[MAIN][-1].body["messages"])
    assert heard.count(f"Read(/{installed.root}/") >= len(AGENTS) - 1, "the last one may still have to report"

    installed.trust()
    settings = (installed.home if installed.is_plugin else installed.cwd) / ".claude/settings.json"
    line = _grants(play.requests[AGENTS[0]][0])
    settings.write_text(json.dumps(json.loads(settings.read_text()) | line))
    play = _call_directly(installed)
    for name in AGENTS:
        *reads, (_, verified) = play.requests[name][1].results
        assert not any(is_error for is_error, _ in reads)
        assert _read_so_far(installed, play.requests[name][1]) == {PATTERNS, STYLE}
        assert EMPTY in verified


def _call_directly(installed: Installed) -> Play:
    """Every agent without a command; each does what its own texts tell it to, and says what would let it do more."""
    launch = [start(installed.agent(name), name, run_in_background=name == AGENTS[-1]) for name in AGENTS]
    play = Play(
        {
            MAIN: [launch[:-1], launch[-1:], lambda _: play.wait_for(AGENTS), "All done."],
            **{
                name: [_read_and_verify(installed), lambda request: f"Add this: {json.dumps(_grants(request))}"]
                for name in AGENTS
            },
        }
    )
    installed.drive(["hello"], play)
    assert play.surprises == []
    return play


def _grants(request: Request) -> dict[str, Any]:
    [line] = re.findall(r'^\{"permissions": .*\}$', request.opening, re.MULTILINE)
    grants: dict[str, Any] = json.loads(line)
    return grants
