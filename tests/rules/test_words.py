"""What a finding says: the part of a file that it is about, what is wrong with it, and what comes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from packlint.discovery.layout import Layout

from .packs import PLUGIN, PROJECT, agent, command, marked, problems

GUARD = "{PreToolUse: [{hooks: [{type: command}]}]}"
NO_GUARD = "{Stop: [{hooks: [{type: command}]}]}"
ROOT = "${CLAUDE_PLUGIN_ROOT}"
HOOK = {"type": "command", "command": "true"}
OPTION = {"type": "string", "title": "A", "description": "d"}
NESTED = "```md\n```py\nx\n```\n```\n\nReport."


def skill(body: str = "Commit small changes.", **keys: str) -> dict[str, str]:
    """A skill in the folder `git`; with no more keys its body begins on line 4."""
    lines = {"description": "How this team uses git. Use for commits."} | keys
    head = "".join(f"{key.replace('_', '-')}: {value}\n" for key, value in lines.items())
    return {"skills/git/SKILL.md": f"---\n{head}---\n{body}\n"}


def named(name: str) -> dict[str, str]:
    return {"agents/a.md": f"---\nname: {name}\ndescription: Reviews changes. Use after an edit.\n---\nB\n"}


def marketplace(called: str = "tools", **keys: Any) -> dict[str, str]:
    """A marketplace of the plugin around it, whose entry may say more."""
    value = {"name": called, "owner": {"name": "Ann"}, "plugins": [{"name": "shop", "source": "./"} | keys]}
    return {".claude-plugin/marketplace.json": json.dumps(value), ".claude-plugin/plugin.json": '{"name": "shop"}'}


def plugin(**keys: Any) -> dict[str, str]:
    return {".claude-plugin/plugin.json": json.dumps({"name": "shop"} | keys), **command("Ship it.")}


@pytest.mark.parametrize(
    ("files", "layout", "code", "about", "said"),
    [
        pytest.param(
            {"agents/README.md": "# Agents\n"}, PLUGIN, "FM001", "", "a README in agents/ becomes an agent", id="README"
        ),
        pytest.param({"agents/notes.md": "# Notes\n"}, PLUGIN, "FM001", "", "no frontmatter", id="notes"),
        pytest.param(
            agent("B", tools="Foo"),
            PLUGIN,
            "TL006",
            "Foo",
            "client 2.1.328 refuses to start the agent",
            id="none known",
        ),
        pytest.param(
            agent("B", tools="Read", disallowedTools="Read"),
            PLUGIN,
            "TL006",
            "Read",
            "the agent starts without any tool",
            id="all denied",
        ),
        pytest.param(
            agent("B", tools="Read, Write(a"), PLUGIN, "TL012", "Write(a", "its parentheses do not match", id="brackets"
        ),
        pytest.param(
            agent("B", tools="Read; Edit"), PLUGIN, "TL012", "Read;", "lists are split at commas and", id="a semicolon"
        ),
        pytest.param(agent("B", tools="Task"), PLUGIN, "TL004", "Task", "the client gives Agent for it", id="given"),
        pytest.param(
            agent("B", disallowedTools="Task"), PLUGIN, "TL004", "Task", "the client takes Agent for it", id="taken"
        ),
        pytest.param(
            agent("B", tools="Read, TaskList"),
            PLUGIN,
            "TL007",
            "TaskList",
            "it does where the main session's model is an older one",
            id="a tool under older models",
        ),
        pytest.param(
            command("Do $ARGUMENTS twice."), PLUGIN, "CM001", "$ARGUMENTS", "no 'argument-hint'", id="a placeholder"
        ),
        pytest.param(
            command("word " * 4_100), PLUGIN, "DS004", "word " * 4_100, "keeps the first 5,000", id="a long command"
        ),
        pytest.param(
            agent("word " * 4_100),
            PLUGIN,
            "DS004",
            "word " * 4_100,
            "with every request of the agent",
            id="a long agent",
        ),
        pytest.param(
            agent(NESTED),
            PLUGIN,
            "CD001",
            "```md",
            "give the outer one a mark more",
            id="a code block in a code block",
        ),
        pytest.param(
            marketplace("claude-community"),
            PLUGIN,
            "PL007",
            '"claude-community"',
            "'claude-community' is reserved: clients 2.1.197 and 2.1.328 add a marketplace of this name from Anthropic",
            id="a name that all clients reserve",
        ),
        pytest.param(
            marketplace("anthropic-plugin-directory"),
            PLUGIN,
            "PL007",
            '"anthropic-plugin-directory"',
            "client 2.1.328 adds a marketplace of this name from Anthropic",
            id="a name that newer clients reserve",
        ),
        pytest.param(
            marketplace(source="./a\\b"), PLUGIN, "PL007", '"./a\\\\b"', "has a backslash", id="a backslash in a source"
        ),
        pytest.param(
            agent("B", hooks=GUARD),
            PROJECT,
            "FM019",
            "{type: command}",
            "2.1.328 does not load the agent",
            id="a guard",
        ),
        pytest.param(
            command("B", hooks=GUARD), PROJECT, "FM019", "{type: command}", "drops its allowed-tools", id="of a command"
        ),
        pytest.param(
            skill(hooks=NO_GUARD), PROJECT, "FM019", "{type: command}", "2.1.328 passes over this one", id="no guard"
        ),
        pytest.param(
            command("B", hooks=GUARD),
            PLUGIN,
            "FM019",
            "hooks",
            "no client runs the hooks of a plugin's",
            id="never run",
        ),
        pytest.param(
            skill(name="ship"), PLUGIN, "NM005", "ship", "the name 'ship' is not the folder's name 'git'", id="a skill"
        ),
        pytest.param(
            plugin(agents="./team") | {"team/a.md": "x"}, PLUGIN, "PL004", '"./team"', "is a folder", id="a folder"
        ),
        pytest.param(
            agent("B", hook=GUARD), PLUGIN, "FM013", "hook", "did you mean 'hooks'?", id="a key like that for hooks"
        ),
        pytest.param(
            command("!`bash scripts/x.sh`"),
            PLUGIN,
            "CM004",
            "bash scripts/x.sh",
            "Bash(bash scripts/x.sh)",
            id="a shell",
        ),
        pytest.param(command("!`npm test`"), PLUGIN, "CM004", "npm test", "Bash(npm:*)", id="a program"),
        pytest.param(
            {"agents/a.md": "---\nbase: &b {name: Explore}\n<<: *b\ndescription: Finds files.\n---\nB"},
            PROJECT,
            "NM004",
            "",
            "'Explore' is a built-in agent",
            id="a name that is merged in",
        ),
        pytest.param(
            plugin(tags=["a"]), PLUGIN, "PL006", '"tags"', "belongs to the plugin's entry", id="a key of an entry"
        ),
        pytest.param(
            marketplace(catagory="x"), PLUGIN, "PL006", '"catagory"', "did you mean 'category'?", id="a key nearly so"
        ),
        pytest.param(
            command("Read `${CLAUDE_PLUGIN_ROOT}/docs/a.md`.") | {"docs/a.md": "A"},
            PLUGIN,
            "RF011",
            "${CLAUDE_PLUGIN_ROOT}/docs/a.md",
            "add to this command: allowed-tools: Read(/${CLAUDE_PLUGIN_ROOT}/docs/*.md)",
            id="a grant that a command lacks",
        ),
        pytest.param(
            agent("Read `${CLAUDE_PLUGIN_ROOT}/docs/a.md`.") | {"docs/a.md": "A"},
            PLUGIN,
            "RF011",
            "${CLAUDE_PLUGIN_ROOT}/docs/a.md",
            "add to the command that starts this agent: allowed-tools",
            id="a grant that an agent lacks",
        ),
        pytest.param(
            {"agents/a.md": "---\nname: a\ndescription: [Use: it\n---\nB"},
            PLUGIN,
            "FM006",
            "[Use: it",
            "clients 2.1.197 and 2.1.328 quote the value and load the file",
            id="a bracket that is never closed",
        ),
        pytest.param(
            named("-a"), PROJECT, "NM002", "-a", "clients 2.1.197 and 2.1.328 do not load this agent", id="a hyphen"
        ),
        pytest.param(
            named("a:b"), PLUGIN, "NM002", "a:b", "client 2.1.328 does not load it as a project agent", id="a colon"
        ),
        pytest.param(
            {"agents/a.md": "---\nname: a\n"}, PLUGIN, "FM003", "---", "the agent gets all tools", id="an open agent"
        ),
        pytest.param(
            {"commands/a.md": "---\nname: a\n"}, PLUGIN, "FM003", "---", "the command's metadata", id="an open command"
        ),
        pytest.param(
            {"agents/a.md": "---\ndescription: Use it.\n---\nB"},
            PLUGIN,
            "NM001",
            "",
            "is called 'shop:a' after its file",
            id="a plugin's agent without a name",
        ),
        pytest.param(
            {"agents/a.md": "---\nname: ''\ndescription: Use it.\n---\nB"},
            PROJECT,
            "NM001",
            "name: ''",
            "'name' is empty",
            id="an empty name",
        ),
        pytest.param(
            agent("B", description=""), PROJECT, "FM018", "description:", "'description' is empty", id="an empty text"
        ),
        pytest.param(
            command("Follow @.claude/no.md"),
            PROJECT,
            "RF001",
            "@.claude/no.md",
            "sends the text without the file",
            id="an @",
        ),
        pytest.param(
            agent("B", description="Use: it: x", model="haiku # fast"),
            PROJECT,
            "FM006",
            ": it: x",
            "the comment became part of model",
            id="a comment that was taken in",
        ),
        pytest.param(
            marketplace("m", name="tills") | plugin(dependencies=["till"]),
            PLUGIN,
            "PL019",
            '"till"',
            "this marketplace has no plugin 'till'; did you mean 'tills'?",
            id="a plugin of nearly this name",
        ),
        pytest.param(
            plugin(optionalDependencies=["x"]),
            PLUGIN,
            "PL006",
            '"optionalDependencies"',
            "is a key of newer clients: client 2.1.328 ignores it",
            id="a key of newer clients",
        ),
        pytest.param(
            marketplace("my-claude-official"), PLUGIN, "PL007", '"my-claude-official"', "reads like a name", id="a pose"
        ),
        pytest.param(
            marketplace(hooks={"Stop": [{"hooks": [HOOK]}], "Stopp": []}),
            PLUGIN,
            "PL007",
            '"Stopp"',
            "unknown event 'Stopp'",
            id="an event in an entry",
        ),
        pytest.param(
            command(f"Read `{ROOT}/docs/a.py`, `{ROOT}/docs/a.md` and `{ROOT}/docs/b.md`.")
            | {f"docs/{name}": "A" for name in ("a.py", "a.md", "b.md")},
            PLUGIN,
            "RF011",
            f"{ROOT}/docs/a.md",
            "nothing grants reading 'docs/a.md'",
            id="a folder once, by its first document",
        ),
        pytest.param(
            agent("See [a](#1), [c](src/a.py#L10) and [b](patterns/a.md#2).")
            | {"patterns/a.md": "# A", "src/a.py": ""},
            PLUGIN,
            "RF008",
            "patterns/a.md#2",
            "no heading '#2' in a.md",
            id="a number in a link to a document",
        ),
        pytest.param(
            command(f"!`cat {ROOT}/x.md`") | {"x.md": "x"},
            PLUGIN,
            "CM004",
            f"cat {ROOT}/x.md",
            f"add to allowed-tools: Read(/{ROOT}/x.md)",
            id="a file that a shell block shows",
        ),
        pytest.param(
            agent("B", tools='"Read\\tEdit"'), PLUGIN, "TL012", '"Read\\tEdit"', "not at line ends and tabs", id="a tab"
        ),
        pytest.param(
            skill() | {"skills/SKILL.md": "---\ndescription: How this team works.\n---\nWork.\n"},
            PLUGIN,
            "PL015",
            "",
            "skills/SKILL.md makes one skill of the whole folder",
            id="skills in a skill",
        ),
        pytest.param(
            agent("B", skills="git") | skill(disable_model_invocation="true"),
            PLUGIN,
            "RF012",
            "git",
            "the skill 'git' is hidden from the model: disable-model-invocation is set",
            id="a skill for people alone",
        ),
        pytest.param(
            agent("B", skills="git") | {"skills/git/SKILL.md": "---\nname: git\n---\nB\n"},
            PLUGIN,
            "RF012",
            "git",
            "the skill 'git' is hidden from the model: it has no description",
            id="a skill without a description",
        ),
        pytest.param(
            {"commands/a.md": "---\ndescription:\n---\nB\n"}, PLUGIN, "CM007", "description:", "is empty", id="no words"
        ),
        pytest.param({"commands/a.md": "---\nname: x\n---\nB\n"}, PLUGIN, "CM007", "", "no description", id="no key"),
        pytest.param(
            skill("Read @references/a.md, [this](SKILL.md) and `references/a.md`.")
            | {"skills/git/references/a.md": "A"},
            PLUGIN,
            "RF011",
            "references/a.md",
            "add to this skill: allowed-tools: Read(/${CLAUDE_SKILL_DIR}/references/*.md)",
            id="a grant that a skill lacks",
        ),
        pytest.param(
            {"hooks/hooks.json": json.dumps({"hooks": {"DirectoryAdded": [{"hooks": [HOOK]}]}}), **command("Ship it.")},
            PLUGIN,
            "PL009",
            '"DirectoryAdded"',
            "is an event of newer clients: client 2.1.197 loads no hook of this file",
            id="an event of newer clients in a plugin",
        ),
        pytest.param(
            {"settings.json": json.dumps({"hooks": {"DirectoryAdded": [{"hooks": [HOOK]}]}}), **command("Ship it.")},
            PROJECT,
            "PL009",
            '"DirectoryAdded"',
            "is an event of newer clients: in client 2.1.197 its hooks never run",
            id="an event of newer clients in settings",
        ),
        pytest.param(
            plugin(userConfig={"a": OPTION, "b": OPTION | {"options": ["x"]}}),
            PLUGIN,
            "PL002",
            '"options"',
            "'b' has 'options' and no 'default' among them",
            id="the second of two options",
        ),
        pytest.param(
            plugin() | command("Then type /shop:xyz."),
            PLUGIN,
            "RF014",
            "/shop:xyz",
            "in this plugin: client",
            id="no such",
        ),
        pytest.param(
            plugin() | command("Then /shop:goo."), PLUGIN, "RF014", "/shop:goo", "did you mean '/shop:go'?", id="a slip"
        ),
        pytest.param(
            {"agents/a.md": "---\nname: a\n"}, PROJECT, "FM003", "---", "does not load this agent", id="of a project"
        ),
        pytest.param(
            skill(description="Git rules"), PLUGIN, "DS001", "Git rules", "it chooses a skill", id="few words"
        ),
        pytest.param(
            agent("B", description="Git rules"),
            PLUGIN,
            "DS001",
            "Git rules",
            "it chooses an agent",
            id="an agent's few",
        ),
        pytest.param(
            plugin(skills=["./../tools"]), PLUGIN, "PL001", '"./../tools"', "leaves the plugin", id="skills elsewhere"
        ),
        pytest.param(agent("See [a](#no)."), PLUGIN, "RF008", "#no", "no heading '#no' in this file", id="a heading"),
    ],
)
def test_a_finding_tells_what_it_is_about(
    files: dict[str, str], layout: Layout, code: str, about: str, said: str, tmp_path: Path
) -> None:
    [found] = problems(tmp_path / "shop", files, code, layout)
    assert marked(tmp_path / "shop", found) == about
    assert said in f"{found.message}: {found.consequence}"


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        pytest.param("WebSearch(news)", "", id="words to search for"),
        pytest.param("WebSearch(*)", "", id="whatever is searched for"),
        pytest.param("WebSearch(new*)", "has a wildcard, and WebSearch takes none", id="a star"),
        pytest.param("WebSearch(new?)", "has a wildcard, and WebSearch takes none", id="a question mark"),
        pytest.param("WebFetch(x)", "write 'WebFetch(domain:example.com)'", id="no domain"),
        pytest.param("Write(a)", "write 'Edit(a)', which covers all that is written", id="a file to write"),
        pytest.param("Read(a:*)", "files take patterns like 'Read(src/**)'", id="a prefix of a file"),
        pytest.param("Bash(:*)", "no command stands before ':*' in 'Bash(:*)'; write 'Bash'", id="no command"),
        pytest.param("mcp__a__b(x)", "which takes nothing in parentheses", id="a tool of a server"),
        pytest.param("Bash()", "nothing stands in the parentheses of 'Bash()'; write 'Bash'", id="nothing"),
        pytest.param("Bash(x", "does not end with its parenthesis", id="an open parenthesis"),
        pytest.param("*", "", id="all tools"),
    ],
)
def test_a_denial_that_does_nothing_is_told_why(rule: str, why: str, tmp_path: Path) -> None:
    files = {"settings.json": json.dumps({"permissions": {"deny": [rule]}}), **command("Ship it.")}
    found = problems(tmp_path, files, "PL017", PROJECT)
    assert [marked(tmp_path, each) for each in found] == [f'"{rule}"'] * bool(why)
    assert all(why in each.message and "deny nothing" in each.consequence for each in found)


def test_hooks_that_refuse_what_comes_later_are_told_of_in_the_clients_that_have_them(tmp_path: Path) -> None:
    files = command("Ship it.", hooks="{PreSkillShellCommand: [{hooks: [{type: prompt, prompt: x}]}]}")
    [found] = problems(tmp_path, files, "FM019", PROJECT, "2.1.332")
    assert marked(tmp_path, found) == "prompt"
    assert found.consequence == "once this command was called, client 2.1.332 runs no shell block of any other"
