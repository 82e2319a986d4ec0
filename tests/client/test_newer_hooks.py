"""What only a newer client knows of hooks: `holdsTools`, and types that refuse the shell blocks they guard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.client import versions
from tests.client.driver import drive
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
    hook = _COMMAND if kind == "command" else {"type": kind, "prompt": "Safe?"}
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
