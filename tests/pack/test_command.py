"""/implement and /document-hub: their arguments, their grants, their agents, and what they run."""

from __future__ import annotations

import fnmatch
import importlib
import re
import shlex

import pytest

from toolkit import hub, verify

from .documents import AGENTS, COMMAND, HUB_COMMAND, PROMPTS, ROOT, flat, prompt, sections, text_of

READS = re.compile(r"Read\(/\$\{CLAUDE_PLUGIN_ROOT\}/([^)]*)\)")
RUNS = re.compile(r'Bash\(python3 "\$\{CLAUDE_PLUGIN_ROOT\}/toolkit" (\w+):\*\)')
RUN = re.compile(r'^\s*python3 "\$\{CLAUDE_PLUGIN_ROOT\}/toolkit" (.*)$', re.MULTILINE)
COMMANDS = (COMMAND, HUB_COMMAND)


def grants(path: str, form: re.Pattern[str] = READS) -> list[str]:
    """The granted paths relative to the plugin, or commands of the toolkit; a grant in any other form is not one."""
    found = [form.fullmatch(entry) for entry in prompt(path).frontmatter["allowed-tools"]]
    return [match[1] for match in found if match]


@pytest.mark.parametrize(
    ("path", "name", "hint"),
    [(COMMAND, "implement", "<feature-description>"), (HUB_COMMAND, "document-hub", "[check]")],
)
def test_name_makes_the_bare_command_work(path: str, name: str, hint: str) -> None:
    frontmatter = prompt(path).frontmatter
    assert frontmatter["name"] == name
    assert frontmatter["argument-hint"] == hint
    assert set(frontmatter) == {"name", "description", "argument-hint", "allowed-tools"}


@pytest.mark.parametrize("path", COMMANDS)
def test_description_is_there_or_the_command_is_hidden_from_the_model(path: str) -> None:
    assert "FastAPI" in prompt(path).frontmatter["description"]


def test_body_is_300_to_680_words() -> None:
    assert 300 <= len(prompt(COMMAND).body.split()) <= 680


@pytest.mark.parametrize("path", COMMANDS)
def test_the_users_words_arrive_once_and_nothing_else_is_replaced(path: str) -> None:
    dollars = re.findall(r"\$(?:\{\w+\}|\w+|.)", prompt(path).body)
    assert dollars.count("$ARGUMENTS") == 1
    assert set(dollars) == {"$ARGUMENTS", "${CLAUDE_PLUGIN_ROOT}"}
    assert not re.search(r"\$\d", text_of(path))


@pytest.mark.parametrize("path", COMMANDS)
def test_nothing_runs_before_the_model_reads(path: str) -> None:
    assert not re.search(r"(?:^|\s)!`|^```!", text_of(path), re.MULTILINE)


@pytest.mark.parametrize("path", COMMANDS)
def test_grants_are_documents_and_the_toolkit_alone(path: str) -> None:
    reads, runs = grants(path), grants(path, RUNS)
    assert len(reads) + len(runs) == len(prompt(path).frontmatter["allowed-tools"])
    assert all(re.fullmatch(r"(?:patterns|styles)/(?:\*|[\w-]+)\.md", pattern) for pattern in reads)
    assert set(runs) == {"survey", "verify", "hub"} if path == COMMAND else runs == ["hub"]


@pytest.mark.parametrize("path", PROMPTS)
def test_every_plugin_document_is_there_and_granted(path: str) -> None:
    named = re.findall(r"`\$\{CLAUDE_PLUGIN_ROOT\}/([\w./-]+\.md)`", prompt(path).body)
    assert named
    granted = grants(path if path in COMMANDS else COMMAND)
    for document in named:
        assert (ROOT / document).is_file(), document
        assert any(fnmatch.fnmatch(document, pattern) for pattern in granted), document


@pytest.mark.parametrize("path", COMMANDS)
def test_what_is_run_is_granted_and_understood(path: str) -> None:
    """Each command line of the toolkit: its command has a grant, and its parser takes the options."""
    lines = RUN.findall(text_of(path))
    assert lines
    for line in lines:
        name, *arguments = shlex.split(line)
        assert name in grants(path, RUNS)
        module = importlib.import_module(f"toolkit.{name}")
        module._parser().parse_args(arguments)


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
    """The command names what `verify` does, and every gate it names is one."""
    text = flat(sections(prompt(COMMAND).body)["Phase 3: Verification"])
    assert (
        "the project's own tools over the whole tree: format, lint, types, tests with branch coverage, migrations"
        in text
    )
    assert "verify --base REVISION" in text
    named = ("format", "lint", "types", "tests", "coverage", "migrations", "models", "OpenAPI")
    assert [gate.lower() for gate in named] == list(verify.GATES)
    assert all(gate in text for gate in named)
    options = set(re.findall(r"`(--[\w-]+)", text))
    assert options == {"--quick", "--only", "--allow-breaking"}
    verify._parser().parse_args(["--quick", "--only", "lint", "--allow-breaking"])


@pytest.mark.parametrize(
    "phrase",
    [
        "Each new operation has its response model, statuses and summary in the OpenAPI document",
        "A breaking change of the API is repaired",
        '"Not configured" and "not run" are never "passed"',
        "at least 90 %",
        "Give the table that `verify` printed",
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


def test_the_hub_command_keeps_peoples_text() -> None:
    body = flat(prompt(HUB_COMMAND).body)
    assert "A file without its markers is written by people: it is named and left alone" in body
    options = set(re.findall(r"`(--[\w-]+)`", body))
    assert options == {"--check", "--folder", "--adopt"}
    hub._parser().parse_args(["--check", "--folder", "docs", "--adopt"])
    assert "Text outside of the markers belongs to people" in body
    assert "Text between the markers belongs to the generator: never edit it" in body
