"""What only a newer client knows of hooks: `holdsTools`, and types that refuse the shell blocks they guard."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.client import versions
from tests.client.driver import clean_environment, drive
from tests.client.scripted_api import Call, Request, Turn
from tests.client.staging import PLUGIN, commit_nothing

_NEWER = "2.1.332"
_COMMAND = {"type": "command", "command": "true"}
# An event and a hook of it, and for clients up to 2.1.328 and for 2.1.332 what a skill's shell block comes to.
_RUNS, _REFUSED, _LOST = "MADE", "[not run: blocked by hook", ""
CASES: dict[str, tuple[str, dict[str, Any], tuple[str, str]]] = {
    "a guard holds tools": ("PreToolUse", _COMMAND | {"holdsTools": True}, (_RUNS, _RUNS)),
    "a guard holds tools by a text": ("PreToolUse", _COMMAND | {"holdsTools": "yes"}, (_RUNS, _LOST)),
    "another hook holds tools by a text": ("PostToolUse", _COMMAND | {"holdsTools": "yes"}, (_RUNS, _RUNS)),
    "a command guards blocks": ("PreSkillShellCommand", _COMMAND, (_RUNS, _RUNS)),
    "a prompt guards blocks": ("PreSkillShellCommand", {"type": "prompt", "prompt": "Safe?"}, (_RUNS, _REFUSED)),
    "an agent guards blocks": ("PreSkillShellCommand", {"type": "agent", "prompt": "Safe?"}, (_RUNS, _REFUSED)),
}
_HOLDER = "---\ndescription: Holds it. Use for it.\nhooks: %s\n---\nIt is held.\n"
_SKILL = "---\ndescription: Says it. Use for it.\nallowed-tools: Bash(echo:*)\n---\nIt said: !`echo MADE`\n"


@pytest.mark.parametrize("version", ["2.1.328", *versions.ALIKE], indirect=["version"], scope="module")
@pytest.mark.parametrize("case", CASES)
def test_what_a_shell_block_comes_to(case: str, binary: Path, version: str, tmp_path: Path) -> None:
    event, hook, expected = CASES[case]
    cwd, plugin = tmp_path / "work", tmp_path / PLUGIN
    commit_nothing(cwd)
    files: dict[str, Any] = {
        ".claude-plugin/plugin.json": {"name": PLUGIN},
        "hooks/hooks.json": {"hooks": {event: [{"hooks": [hook]}]}},
        "skills/say/SKILL.md": _SKILL,
    }
    for path, content in files.items():
        (plugin / path).parent.mkdir(parents=True, exist_ok=True)
        (plugin / path).write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    session = drive(binary, ["begin", f"/{PLUGIN}:say"], lambda _: "ok", cwd, plugin=plugin)
    said = [text.partition("It said: ")[2] for each in session.requests for text in each.texts if "It said: " in text]
    assert bool(said) is (expected[version == _NEWER] != _LOST)
    assert all(text.startswith(expected[version == _NEWER]) for text in said)


@pytest.mark.parametrize("version", versions.ALIKE, indirect=["version"], scope="module")
@pytest.mark.parametrize("kind", ["prompt", "agent", "command"])
def test_what_comes_of_other_skills_once_one_with_such_a_hook_was_called(
    kind: str, binary: Path, tmp_path: Path
) -> None:
    cwd, plugin = tmp_path / "work", tmp_path / PLUGIN
    commit_nothing(cwd)
    hook = _hook(kind)
    for path, content in {
        ".claude-plugin/plugin.json": json.dumps({"name": PLUGIN}),
        "skills/say/SKILL.md": _SKILL,
        "skills/hold/SKILL.md": _HOLDER % json.dumps({"PreSkillShellCommand": [{"hooks": [hook]}]}),
    }.items():
        (plugin / path).parent.mkdir(parents=True, exist_ok=True)
        (plugin / path).write_text(content, encoding="utf-8")
    session = drive(
        binary, [f"/{PLUGIN}:{name}" for name in ("say", "hold", "say")], lambda _: "ok", cwd, plugin=plugin
    )
    said = [
        {text.partition("It said: ")[2] for each in session.requests[slice(*span)] for text in each.user_texts} - {""}
        for span in session.spans
    ]
    [first], [], [last] = said
    assert first.startswith(_RUNS)
    assert last.startswith(_RUNS if kind == "command" else _REFUSED)


@pytest.mark.parametrize("version", versions.ALIKE, indirect=["version"], scope="module")
@pytest.mark.parametrize("kind", ["prompt", "agent", "command"])
def test_what_comes_of_the_skills_that_an_agent_with_such_a_hook_calls(kind: str, binary: Path, tmp_path: Path) -> None:
    work, home = tmp_path / "work", tmp_path / "home"
    commit_nothing(work)
    hooks = json.dumps({"PreSkillShellCommand": [{"hooks": [_hook(kind)]}]})
    for path, content in {
        home / ".claude.json": json.dumps({"projects": {str(work): {"hasTrustDialogAccepted": True}}}),
        work
        / ".claude/agents/clerk.md": f"---\nname: clerk\ndescription: d\nhooks: {hooks}\n---\nYou keep the desk.\n",
        work / ".claude/skills/say/SKILL.md": _SKILL,
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    def answer(request: Request) -> Turn:
        if not request.offered_tools or request.tool_results:
            return "done"
        if "You keep the desk." in request.system:
            return [Call("Skill", {"skill": "say"}, "toolu_2")]
        arguments = {"description": "one", "prompt": "Go", "subagent_type": "clerk", "run_in_background": False}
        return [Call("Agent", arguments, "toolu_1")]

    session = drive(binary, ["begin"], answer, work, home=home, arguments=["--allowedTools", "Skill"])
    said = [text.partition("It said: ")[2] for each in session.requests for text in each.texts if "It said: " in text]
    assert said
    assert all(text.startswith(_RUNS if kind == "command" else _REFUSED) for text in said)


@pytest.mark.parametrize("version", versions.ALIKE, indirect=["version"], scope="module")
@pytest.mark.parametrize("kind", ["prompt", "command"])
def test_what_comes_of_a_skill_whose_marketplace_brings_such_a_hook(kind: str, binary: Path, tmp_path: Path) -> None:
    work, home, market = tmp_path / "work", tmp_path / "home", tmp_path / "market"
    commit_nothing(work)
    home.mkdir()
    hooks = {"PreSkillShellCommand": [{"hooks": [_hook(kind)]}]}
    entry = {"name": PLUGIN, "source": "./pk", "description": "d", "hooks": hooks}
    listed = json.dumps({"name": "market", "owner": {"name": "nobody"}, "plugins": [entry]})
    manifest = json.dumps({"name": PLUGIN, "version": "1.0.0"})
    for path, content in {
        ".claude-plugin/marketplace.json": listed,
        "pk/.claude-plugin/plugin.json": manifest,
        "pk/skills/say/SKILL.md": _SKILL,
    }.items():
        (market / path).parent.mkdir(parents=True, exist_ok=True)
        (market / path).write_text(content, encoding="utf-8")
    environment = clean_environment(str(home), "http://127.0.0.1:9")
    for arguments in (["marketplace", "add", str(market)], ["install", f"{PLUGIN}@market"]):
        subprocess.run([str(binary), "plugin", *arguments], cwd=work, env=environment, check=True, timeout=60)
    session = drive(binary, ["begin", f"/{PLUGIN}:say"], lambda _: "ok", work, home=home)
    said = [text.partition("It said: ")[2] for each in session.requests for text in each.texts if "It said: " in text]
    assert said
    assert all(text.startswith(_RUNS if kind == "command" else _REFUSED) for text in said)


def _hook(kind: str) -> dict[str, Any]:
    return _COMMAND if kind == "command" else {"type": kind, "prompt": "Safe?"}
