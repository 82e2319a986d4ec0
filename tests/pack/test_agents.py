"""The four agents: who they are, what they may use, and how they are written."""

from __future__ import annotations

import itertools
import re

import pytest
import yaml

from toolkit import verify

from .context_cost import SKILL
from .documents import (
    AGENT_FILES,
    AGENTS,
    COMMAND,
    PATTERNS,
    PROMPTS,
    ROOT,
    STYLE,
    flat,
    parse_prompt,
    prompt,
    sections,
    text_of,
)

FEATURE = "agents/feature-developer.md"

IDENTITY = {
    "backend-developer": ("opus", None),
    "fastapi-backend-feature": ("sonnet", "blue"),
    "feature-developer": ("sonnet", None),
    "python-fastapi-expert": ("opus", "yellow"),
}
# What a background subagent with Bash gets; Grep and Glob are withheld beside Bash.
WITH_BASH = {
    "Read",
    "Write",
    "Edit",
    "Bash",
    "NotebookEdit",
    "WebFetch",
    "WebSearch",
    "Skill",
    "EnterWorktree",
    "ExitWorktree",
    "Monitor",
    "TaskStop",
    "SendMessage",
    "Agent",
}
TIME_BOX = re.compile(r"\b\d+\s*(?:[-\u2013]\s*\d+\s*)?(?:min|mins|minutes?|hours?|h)\b", re.IGNORECASE)
STOP_WORDS = {
    "a",
    "an",
    "and",
    "the",
    "to",
    "of",
    "or",
    "from",
    "it",
    "use",
    "fastapi",
    "by",
    "its",
    "not",
    "is",
}


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower())) - STOP_WORDS


def test_the_folder_holds_the_four_agents_and_nothing_else() -> None:
    found = {path.relative_to(ROOT / "agents").as_posix() for path in (ROOT / "agents").rglob("*")}
    assert found == {f"{name}.md" for name in AGENTS}


@pytest.mark.parametrize("name", AGENTS)
def test_name_model_and_colour(name: str) -> None:
    frontmatter = prompt(f"agents/{name}.md").frontmatter
    assert (frontmatter["name"], frontmatter["model"], frontmatter.get("color")) == (
        name,
        *IDENTITY[name],
    )


@pytest.mark.parametrize("path", AGENT_FILES)
def test_frontmatter_has_only_keys_that_work_in_a_plugin(path: str) -> None:
    frontmatter = prompt(path).frontmatter
    assert set(frontmatter) <= {"name", "description", "tools", "skills", "model", "color"}
    assert all(isinstance(value, str) and value.strip() for value in frontmatter.values())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n---\nname: a\n---\n", id="blank line first"),
        pytest.param("---\nname: a\nname: b\n---\n", id="key given twice"),
        pytest.param("---\ndescription: Use when: now\n---\n", id="unquoted colon"),
        pytest.param("---\n- name\n---\n", id="not a mapping"),
        pytest.param("# no frontmatter\n", id="no frontmatter"),
    ],
)
def test_a_loose_frontmatter_is_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError, yaml.YAMLError)):
        parse_prompt(text)


@pytest.mark.parametrize("path", AGENT_FILES)
def test_description_says_when_to_use_the_agent(path: str) -> None:
    description = prompt(path).frontmatter["description"]
    assert re.search(r"\bUse (?:PROACTIVELY )?(?:when|before|after)\b", description)
    assert 80 <= len(description) <= 240


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(AGENT_FILES, 2)))
def test_two_descriptions_do_not_compete(one: str, other: str) -> None:
    first, second = (words(prompt(path).frontmatter["description"]) for path in (one, other))
    assert len(first & second) / len(first | second) < 0.25


@pytest.mark.parametrize("path", AGENT_FILES)
def test_every_tool_reaches_a_background_subagent(path: str) -> None:
    tools = [tool.strip() for tool in prompt(path).frontmatter["tools"].split(",")]
    assert "Bash" in tools
    assert set(tools) <= WITH_BASH
    assert len(tools) == len(set(tools))


@pytest.mark.parametrize("path", AGENT_FILES)
def test_body_is_300_to_700_words(path: str) -> None:
    assert 300 <= len(prompt(path).body.split()) <= 700


@pytest.mark.parametrize("path", AGENT_FILES)
def test_precedence_is_project_then_wheel_then_pack(path: str) -> None:
    body = flat(prompt(path).body)
    rule = body[body.index("When sources disagree") :]
    places = [
        rule.index("the project's own code wins"),
        rule.index("fastapi/.agents/skills/fastapi/SKILL.md"),
        rule.index("then the documents above"),
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("path", AGENT_FILES)
def test_the_skill_of_the_wheel_is_read_where_there_is_one(path: str) -> None:
    assert "the agent skill in the installed FastAPI wheel, where there is one" in flat(prompt(path).body)


@pytest.mark.parametrize("document", [PATTERNS, STYLE])
@pytest.mark.parametrize("path", AGENT_FILES)
def test_an_agent_names_the_documents_it_reads(path: str, document: str) -> None:
    assert f"`${{CLAUDE_PLUGIN_ROOT}}/{document}`" in prompt(path).body
    assert (ROOT / document).is_file()


@pytest.mark.parametrize("path", AGENT_FILES)
def test_pages_are_read_one_at_a_time(path: str) -> None:
    """In the same words for all: read at once, the pages cost more than a feature's own code."""
    assert (
        "Of the pages that the first names, read the one your task turns on; a further one when you come to a part of "
        "which the project has no example." in flat(prompt(path).body)
    )


def test_the_variable_is_explained_where_alone_it_is_not_replaced() -> None:
    """An installed plugin replaces it, so a text that speaks of it would be nonsense there."""
    assert [path for path in (*PROMPTS, SKILL) if re.search(r"(?:the|that) variable|unreplaced", text_of(path))] == []
    assert "The links leave `${CLAUDE_PLUGIN_ROOT}` in these texts as it stands" in flat(text_of(".claude/CLAUDE.md"))


def test_what_the_agents_say_of_verify_it_understands() -> None:
    said = {path: re.findall(r"`verify( --[^`]+)`", prompt(path).body) for path in AGENT_FILES}
    assert [path for path, options in said.items() if options] == ["agents/feature-developer.md"]
    for options in said["agents/feature-developer.md"]:
        given = verify._parser().parse_args(options.split())
        assert set(given.only.split(",")) <= set(verify.GATES)


def test_command_and_agent_build_the_layers_in_one_order() -> None:
    order = re.findall(r"work in this order: ([^.]+)\.", flat(prompt(COMMAND).body))[0].split(", ")
    built = re.findall(r"^\d\. \*\*(?:Dependencies and )?(.+?)\.\*\*", prompt(FEATURE).body, re.MULTILINE)
    assert [layer.lower() for layer in built if layer.lower() in order] == order
    listed = prompt(FEATURE).frontmatter["description"]
    places = [listed.index(layer) for layer in ("schemas", "tables and migration", *order[2:])]
    assert places == sorted(places)


@pytest.mark.parametrize("path", AGENT_FILES)
def test_an_agent_knows_what_to_do_when_a_read_is_refused(path: str) -> None:
    body = flat(prompt(path).body)
    assert "If reading is refused, go on from the project's own code and the `fastapi-essentials`" in body
    assert "quote their settings line in your report" in body


@pytest.mark.parametrize("path", AGENT_FILES)
def test_evidence_comes_from_the_toolkit(path: str) -> None:
    assert "the toolkit's `verify` as `fastapi-essentials` shows it" in flat(prompt(path).body)
    assert prompt(path).frontmatter["skills"] == "fastapi-essentials"


def test_the_expert_reads_before_it_plans() -> None:
    headings = list(sections(prompt("agents/python-fastapi-expert.md").body))
    assert headings == ["Read first", "Plan", "Review", "Report"]


@pytest.mark.parametrize("path", AGENT_FILES)
def test_questions_go_into_the_report(path: str) -> None:
    body = flat(prompt(path).body)
    assert "You cannot ask the user" in body
    assert re.search(
        r"question\w*.{0,80}with the answer you would choose|each with the answer you would choose",
        body,
    )


@pytest.mark.parametrize("path", AGENT_FILES)
def test_an_agent_stages_and_commits_nothing(path: str) -> None:
    assert "Stage or commit nothing." in flat(prompt(path).body)
    assert "git add" not in text_of(path)


@pytest.mark.parametrize("text", ["Phase 1 (5-10 min)", "about 30 \u2013 60 minutes", "within 2 hours", "1h at most"])
def test_a_time_box_is_recognised(text: str) -> None:
    assert TIME_BOX.search(text)


@pytest.mark.parametrize("path", PROMPTS)
def test_no_time_boxes(path: str) -> None:
    assert not TIME_BOX.search(text_of(path))


@pytest.mark.parametrize("path", PROMPTS)
def test_no_tool_is_named_that_the_reader_does_not_get(path: str) -> None:
    assert not re.search(r"\b(?:Grep|Glob|TodoWrite|MultiEdit|LS|AskUserQuestion)\b", text_of(path))


@pytest.mark.parametrize("path", PROMPTS)
def test_no_invented_numbers(path: str) -> None:
    """The only thresholds are the coverage and the latency that the pack stands for."""
    body = prompt(path).body
    assert set(re.findall(r"\b\d+(?:\.\d+)? ?(?:%|ms\b|x\b)", body)) <= {"90 %", "200 ms"}
