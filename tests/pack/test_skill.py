"""The one skill: what an agent knows from the start, however it was started."""

from __future__ import annotations

import json
import re

from .documents import ROOT, fences, flat, prompt

SKILL = "skills/fastapi-essentials/SKILL.md"


def test_it_is_the_only_skill_and_small() -> None:
    assert [path.relative_to(ROOT).as_posix() for path in (ROOT / "skills").rglob("*") if path.is_file()] == [SKILL]
    assert len((ROOT / SKILL).read_text(encoding="utf-8")) / 4 < 600


def test_it_is_no_command_and_still_there_to_be_preloaded() -> None:
    """A skill that the model may not start is not given to the agents that name it, either."""
    frontmatter = prompt(SKILL).frontmatter
    assert frontmatter["name"] == "fastapi-essentials"
    assert frontmatter["user-invocable"] is False
    assert set(frontmatter) == {"name", "description", "user-invocable"}
    assert len(frontmatter["description"]) < 100


def test_it_gives_the_settings_line_on_one_line() -> None:
    [line] = [code for language, code in fences(prompt(SKILL).body) if language == "json"]
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {
        "permissions": {
            "allow": [
                "Read(/${CLAUDE_PLUGIN_ROOT}/**)",
                'Bash(python3 "${CLAUDE_PLUGIN_ROOT}/toolkit" verify:*)',
            ]
        }
    }


def test_it_gives_the_command_that_the_line_grants() -> None:
    [command] = [code for language, code in fences(prompt(SKILL).body) if language == "bash"]
    assert command == 'python3 "${CLAUDE_PLUGIN_ROOT}/toolkit" verify\n'


def test_the_project_comes_first() -> None:
    assert "The project's own code wins over all of this" in flat(prompt(SKILL).body)


def test_its_rules_are_those_of_the_pages() -> None:
    """One line for each layer that the index has a page for, and no numbers of its own."""
    body = prompt(SKILL).body
    assert re.findall(r"^- \*\*(\w+)\.\*\*", body, re.MULTILINE) == [
        "Layers", "Transaction", "Schemas", "Tables", "Lists", "Errors", "Migrations", "Background", "Tests",
    ]  # fmt: skip
