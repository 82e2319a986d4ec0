"""/implement: its arguments, its grants, its agents and its gates."""

from __future__ import annotations

import fnmatch
import re

import pytest

from .documents import AGENTS, COMMAND, PROMPTS, ROOT, fences, flat, prompt, sections, text_of

GRANT = re.compile(r"Read\(/\$\{CLAUDE_PLUGIN_ROOT\}/([^)]*)\)")


def grants() -> list[str]:
    """The granted paths, relative to the plugin; a grant in any other form is not one."""
    found = [GRANT.fullmatch(entry) for entry in prompt(COMMAND).frontmatter["allowed-tools"]]
    return [match[1] for match in found if match]


def test_name_makes_the_bare_command_work() -> None:
    frontmatter = prompt(COMMAND).frontmatter
    assert frontmatter["name"] == "implement"
    assert frontmatter["argument-hint"] == "<feature-description>"
    assert set(frontmatter) == {"name", "description", "argument-hint", "allowed-tools"}


def test_description_is_there_or_the_command_is_hidden_from_the_model() -> None:
    assert "FastAPI" in prompt(COMMAND).frontmatter["description"]


def test_body_is_300_to_700_words() -> None:
    assert 300 <= len(prompt(COMMAND).body.split()) <= 700


def test_the_users_words_arrive_once_and_nothing_else_is_replaced() -> None:
    dollars = re.findall(r"\$(?:\{\w+\}|\w+|.)", prompt(COMMAND).body)
    assert dollars.count("$ARGUMENTS") == 1
    assert set(dollars) == {"$ARGUMENTS", "${CLAUDE_PLUGIN_ROOT}"}
    assert not re.search(r"\$\d", text_of(COMMAND))


def test_nothing_runs_before_the_model_reads() -> None:
    assert not re.search(r"(?:^|\s)!`|^```!", text_of(COMMAND), re.MULTILINE)


def test_grants_are_reads_of_the_plugin_alone() -> None:
    assert len(grants()) == len(prompt(COMMAND).frontmatter["allowed-tools"])
    assert all(pattern.endswith("/*.md") for pattern in grants())


@pytest.mark.parametrize("path", PROMPTS)
def test_every_plugin_document_is_there_and_granted(path: str) -> None:
    named = re.findall(r"`\$\{CLAUDE_PLUGIN_ROOT\}/([\w./-]+)`", prompt(path).body)
    assert named
    for document in named:
        assert (ROOT / document).is_file(), document
        assert any(fnmatch.fnmatch(document, pattern) for pattern in grants()), document


@pytest.mark.parametrize("agent", AGENTS)
def test_each_agent_is_named_bare_and_with_the_plugin(agent: str) -> None:
    body = prompt(COMMAND).body
    assert f"`{agent}`" in body
    assert f"`fastapi-pack:{agent}`" in body


def test_no_agent_is_named_that_does_not_exist() -> None:
    assert set(re.findall(r"fastapi-pack:([\w-]+)", prompt(COMMAND).body)) == set(AGENTS)


def test_the_four_phases_come_in_order() -> None:
    phases = [heading for heading in sections(prompt(COMMAND).body) if heading.startswith("Phase")]
    assert phases == [
        "Phase 1: Analysis",
        "Phase 2: Implementation",
        "Phase 3: Verification",
        "Phase 4: Report",
    ]


def test_effort_grows_with_the_size() -> None:
    rows = re.findall(r"^\| (small|medium|large): .* \| (.*) \| (.*) \|$", prompt(COMMAND).body, re.MULTILINE)
    assert rows == [
        ("small", "you, in this thread, no subagent", "none"),
        ("medium", "one implementer, then the gates", "only when a business rule is missing"),
        ("large", "expert, implementers, service quality, expert", "once, of the plan"),
    ]


def test_the_gates_cover_the_whole_tree() -> None:
    [gates] = [code for language, code in fences(prompt(COMMAND).body) if language == "bash"]
    assert gates.splitlines() == [
        "ruff format --check .",
        "ruff check .",
        "mypy .",
        "pytest --cov --cov-branch",
        "alembic upgrade head",
        "alembic downgrade -1",
        "alembic upgrade head",
        "alembic check",
    ]


@pytest.mark.parametrize(
    "phrase",
    [
        "Compare the OpenAPI document with the saved one",
        'is "not configured", never "passed"',
        "at least 90 %",
        "table of command, exit code and result",
        "on a disposable database",
        "While a configured gate fails, the feature is not done",
    ],
)
def test_done_is_evidence(phrase: str) -> None:
    assert phrase in flat(prompt(COMMAND).body)


def test_commits_only_on_request_and_named_paths() -> None:
    body = flat(prompt(COMMAND).body)
    assert "Commit only when the user asked: stage the paths of this feature by name" in body
    assert not re.search(r"git (?:add (?:\.|-A|--all)|commit -a)", body)
