"""Tricky skills in which nothing is wrong."""

from __future__ import annotations

from tests.planted.plain import PLUGIN, PROJECT, SKILL, Content, Valid, agent, command, manifest, skill

_DIR = "${CLAUDE_SKILL_DIR}"
_OWN = f"allowed-tools: Read(/{_DIR}/**)"
_RULES: dict[str, Content] = {"skills/git/rules.md": "# Rules\n\n## Commits\n\nSmall ones.\n"}
_FLAT = f"---\ndescription: {SKILL}\n---\nCommit small changes.\n"


def _raw(text: str | bytes, folder: str = "git") -> dict[str, Content]:
    return {f"skills/{folder}/SKILL.md": text}


def _body(text: str) -> dict[str, Content]:
    return skill(body=text)


VALID_SKILLS: tuple[Valid, ...] = (
    Valid("a plain skill", skill()),
    Valid("a skill with its folder's name", skill("name: git")),
    Valid(
        "a skill with every key of the open format",
        skill("license: MIT", "compatibility: needs git", "metadata:", "  author: ana"),
    ),
    Valid("a skill with Windows line ends", _raw(_FLAT.replace("\n", "\r\n"))),
    Valid("a skill without a line end after its frontmatter", _raw(f"---\ndescription: {SKILL}\n---")),
    Valid(
        "a skill's description in a block",
        skill("description: |", "  Git rules: small commits.", "  Use for #1.", description=None),
    ),
    Valid(
        "a skill's description folded",
        skill("description: >-", "  Use for commits:", "  all of them.", description=None),
    ),
    Valid("a skill's description in quotes", skill('description: "Use for: commits, tags"', description=None)),
    Valid(
        "a skill in another script",
        skill(
            body="Kleine Änderungen. 小さなコミット。 ✅",
            description="Git-Regeln für Änderungen, für jeden Commit 日本語",
        ),
    ),
    Valid(
        "a skill's description in two keys",
        skill("when_to_use: before each push and each tag", description="Git rules for all."),
    ),
    Valid("a skill for people alone", skill("disable-model-invocation: true", description=None)),
    Valid("a skill for the model alone", skill("user-invocable: false")),
    Valid("a skill with switches in words", skill("user-invocable: 'true'", "disable-model-invocation: 'false'")),
    Valid(
        "a skill with a hint and its arguments", skill("argument-hint: <branch>", body="Rebase $ARGUMENTS and push.")
    ),
    Valid("a skill with numbered arguments", skill('argument-hint: "<from> <to>"', body="Rebase $0 onto $1.")),
    Valid(
        "a skill with named arguments",
        skill("arguments: [from, to]", 'argument-hint: "<from> <to>"', body="Rebase $from onto $to."),
    ),
    Valid("a skill with an escaped price", skill("argument-hint: <branch>", body="Rebase $ARGUMENTS for \\$5.")),
    Valid("a skill with a model and an effort", skill("model: haiku", "effort: low")),
    Valid("a skill with a full model id", skill("model: claude-sonnet-4-5-20250929")),
    Valid("a skill as a subagent", skill("context: fork", "agent: Explore")),
    Valid("a skill as a general subagent", skill("context: fork")),
    Valid("a plugin's skill as a subagent of the plugin", skill("context: fork", "agent: shop:reviewer"), (PLUGIN,)),
    Valid("a project's skill as a subagent of the project", skill("context: fork", "agent: reviewer"), (PROJECT,)),
    Valid("a project's skill that waits for files", skill("paths: 'src/**/*.py, {tests,docs}/**'"), (PROJECT,)),
    Valid("a project's skill that waits for a list of files", skill("paths:", "  - '*.sql'", "  - db/**"), (PROJECT,)),
    Valid("a skill with narrow grants", skill("allowed-tools: Bash(git add *), Bash(git commit:*), Read")),
    Valid(
        "a skill with a list of grants",
        skill("allowed-tools:", "  - Bash(git add *)", "  - Grep", "  - mcp__github__list_issues"),
    ),
    Valid(
        "a skill with hooks",
        skill("hooks:", "  Stop:", "    - hooks:", "        - type: command", "          command: ls"),
    ),
    Valid("a skill that runs what only reads", _body("State: !`git status --short`\n\nThen commit.")),
    Valid(
        "a skill that runs what it grants",
        skill("allowed-tools: Bash(npm ci)", body="Install: !`npm ci`\n\nThen commit."),
    ),
    Valid(
        "a skill that runs its own script within its grant",
        skill(f"allowed-tools: Bash(bash {_DIR}/state.sh)", body=f"State: !`bash {_DIR}/state.sh`\n\nThen commit.")
        | {"skills/git/state.sh": "git status\n"},
    ),
    Valid("a skill that reads its document by a link", skill(_OWN, body="See [the rules](rules.md#commits).") | _RULES),
    Valid("a skill that reads its document by its name", skill(_OWN, body="Read `rules.md` first.") | _RULES),
    Valid("a skill that reads its document by a dot", skill(_OWN, body="Read `./rules.md` first.") | _RULES),
    Valid(
        "a skill with a guard and a grant",
        skill(
            "allowed-tools: Bash(git push:*)",
            "hooks: {PreToolUse: [{matcher: Bash, hooks: [{type: prompt, prompt: Is it a push?}]}]}",
        ),
    ),
    Valid("a skill's notes that look like hooks", skill("metadata: {PreToolUse: [x]}")),
    Valid(
        "a skill that reads its document by the variable", skill(_OWN, body=f"Read `{_DIR}/rules.md` first.") | _RULES
    ),
    Valid("a skill that inlines its document", _body(f'Follow @"{_DIR}/rules.md" to commit.') | _RULES),
    Valid(
        "a project's skill that inlines a project's file",
        _body("Follow @.claude/patterns/git.md to commit.") | {"patterns/git.md": "# Git\n"},
        (PROJECT,),
    ),
    Valid(
        "a skill that reads a folder as a whole",
        skill(_OWN, body="Read the page for the task in `references/`.")
        | {"skills/git/references/tags.md": "# Tags\n", "skills/git/references/push.md": "# Push\n"},
    ),
    Valid(
        "documents of a skill that lead to each other",
        skill(_OWN, body="See [tags](references/tags.md).")
        | {
            "skills/git/references/tags.md": "# Tags\n\nThen [push](push.md), as in [the skill](../SKILL.md).\n",
            "skills/git/references/push.md": "# Push\n",
        },
    ),
    Valid(
        "a document of a skill that names another from the skill's folder",
        skill(_OWN, body="See [tags](references/tags.md).")
        | {
            "skills/git/references/tags.md": "Then read `references/push.md`.\n",
            "skills/git/references/push.md": "# Push\n",
        },
    ),
    Valid(
        "a skill that reads what belongs to another skill",
        skill("allowed-tools: Read", body="See [the notes](../release/notes.md).")
        | skill(name="release", description="What a tag needs. Use before a release.")
        | {"skills/release/notes.md": "# Notes\n"},
    ),
    Valid(
        "a skill that reads a document of its plugin",
        skill(
            "allowed-tools: Read(/${CLAUDE_PLUGIN_ROOT}/patterns/*.md)",
            body="Read `${CLAUDE_PLUGIN_ROOT}/patterns/git.md`.",
        )
        | {"patterns/git.md": "# Git\n"},
        (PLUGIN,),
    ),
    Valid(
        "a template of a skill whose links lead elsewhere",
        skill(_OWN, body="Fill in `assets/README.template.md`.")
        | {"skills/git/assets/README.template.md": "# Title\n\nSee [the API](API.md) and [notes](docs/notes.md).\n"},
    ),
    Valid(
        "a skill with a script",
        _body("Run `python scripts/tag.py --dry-run`.") | {"skills/git/scripts/tag.py": "print(1)\n"},
    ),
    Valid(
        "a skill that writes a script for the project",
        _body("Write `scripts/new.py` in the project.") | {"skills/git/scripts/tag.py": "print(1)\n"},
    ),
    Valid(
        "a README and a licence beside a skill",
        skill() | {"skills/git/README.md": "# Git\n", "skills/git/LICENSE.txt": "MIT\n"},
    ),
    Valid("a README in the folder of skills", skill() | {"skills/README.md": "# Our skills\n"}),
    Valid(
        "a document of several skills",
        skill("allowed-tools: Read", body="See [the words](../words.md).") | {"skills/words.md": "# Words\n"},
    ),
    Valid("a folder without a skill beside skills", skill() | {"skills/shared/logo.svg": "<svg/>\n"}),
    Valid("a SKILL.md that a skill writes from", skill() | {"skills/git/assets/SKILL.md": "---\nname: sample\n---\n"}),
    Valid(
        "a file of the user's project in a skill", _body("Read `README.md` and `pyproject.toml` of the project first.")
    ),
    Valid("prices and numbers in a skill", _body("Small: 5 USD, {5}, $x, ${HOME}, #1.")),
    Valid("an agent that starts with a skill", agent("skills: git") | skill()),
    Valid(
        "a plugin's agent that starts with a skill by its full name", agent("skills: [shop:git]") | skill(), (PLUGIN,)
    ),
    Valid(
        "an agent that starts with a skill by its other name",
        agent("skills: version-control") | skill("name: version-control"),
    ),
    Valid("an agent that starts with a command", agent("skills: ship")),
    Valid("an agent that starts with a skill for the model", agent("skills: git") | skill("user-invocable: false")),
    Valid("an agent that starts with another plugin's skill", agent("skills: other:git")),
    Valid("an agent that starts with one of the client's own skills", agent("skills: code-review")),
    Valid("an agent with the name of a skill", skill(name="reviewer")),
    Valid("a command and a skill that differ in case", command(body="Ship it.") | skill(name="Ship")),
    Valid("a plugin's skill with the name of a built-in command", skill(name="clear"), (PLUGIN,)),
    Valid("a skill in a folder with capitals and dots", skill(name="Git_Flow.v2"), (PROJECT,)),
    Valid("a plugin's skill in a folder with a space", skill(name="git flow"), (PLUGIN,)),
    Valid(
        "a project's skill in a folder with a space and another name",
        skill("name: git-flow", name="git flow"),
        (PROJECT,),
    ),
    Valid(
        "a skill that shows how hooks and commands are written",
        _body(
            'Write `hooks/hooks.json`:\n\n```json\n{"command": "bash ${CLAUDE_PLUGIN_ROOT}/scripts/format.sh"}\n```\n\n'
            "and a command:\n\n````markdown\n---\ndescription: Format\n---\n"
            "Follow ${CLAUDE_PLUGIN_ROOT}/rules/x.md.\n````\n\n"
            "`${CLAUDE_PLUGIN_ROOT}` stands for the folder of the plugin."
        ),
    ),
    Valid(
        "an agent that shows how a server is set up",
        agent(body='Write:\n\n```json\n{"command": "${CLAUDE_PLUGIN_ROOT}/servers/db.js"}\n```'),
    ),
    Valid(
        "a section with a name of its own",
        _body("Follow [the names](#names).\n\n## How a branch is called {#names}\n\nShortly."),
    ),
    Valid("a plugin that is one skill", {"agents/reviewer.md": None, "SKILL.md": _FLAT}, (PLUGIN,)),
    Valid("a plugin whose skills folder is one skill", skill(name="."), (PLUGIN,)),
    Valid(
        "a plugin's skills in a folder that it names",
        {**manifest('{"name": "shop", "skills": "./extra"}'), "extra/git/SKILL.md": _FLAT},
        (PLUGIN,),
    ),
    Valid(
        "a plugin's skill in a group of folders that it names",
        {**manifest('{"name": "shop", "skills": ["./skills/team/git"]}'), "skills/team/git/SKILL.md": _FLAT},
        (PLUGIN,),
    ),
    Valid(
        "a marketplace that names the skills of its plugins",
        {
            ".claude-plugin/plugin.json": None,
            ".claude-plugin/marketplace.json": '{"name": "m", "owner": {"name": "ana"}, "plugins": ['
            '{"name": "one", "source": "./", "strict": false, "skills": ["./skills/git"]}, '
            '{"name": "two", "source": "./", "strict": false, "skills": ["./skills/tags"]}]}',
            **skill(),
            **skill(name="tags", description="How a version is tagged. Use before a release."),
        },
        (PLUGIN,),
    ),
    Valid("a skill that denies tools by an agent's key", skill("disallowedTools: Bash, Write")),
    Valid("a skill that denies what a pattern covers", skill("disallowed-tools: Bash(git push:*), WebFetch")),
    Valid(
        "skills that are links",
        {"team/git/SKILL.md": _FLAT},
        links={"skills/git": "../team/git"},
    ),
)
