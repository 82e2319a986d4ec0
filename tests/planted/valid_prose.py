"""Tricky texts in which nothing is wrong: samples, notes, and paths of the user's project or of another place."""

from __future__ import annotations

from tests.planted.plain import BASE, PLUGIN, PROJECT, Content, Valid, agent, command, manifest, skill

_ROOT = "${CLAUDE_PLUGIN_ROOT}"
_GRANT = f"allowed-tools: Read(/{_ROOT}/patterns/*.md)"
_OWN = "allowed-tools: Read(/${CLAUDE_SKILL_DIR}/**)"
_ORDERS: dict[str, Content] = {"patterns/orders.md": "# Orders\n", "patterns/models.md": "# Models\n"}
_PATTERN = f"Follow `{_ROOT}/patterns/orders.md`"
_NESTED = """Write:

```markdown
# How to ship

See [the rules](rules.md).

```bash
git push
```

See [the tags](../tags/).
```

Then report."""


def _kept(text: str) -> dict[str, Content]:
    """A plugin in which one document is referred to, with a text that names the other one in some way."""
    return {**command(_GRANT, body=f"{_PATTERN}. {text}"), **_ORDERS}


def _git(text: str) -> dict[str, Content]:
    return skill(_OWN, body=text)


VALID_PROSE: tuple[Valid, ...] = (
    Valid(
        "commands of the plugin, of another one, of none, and of old",
        agent(
            body="Run `/shop:ship` and /shop:ship, `/other:ghost`, `/shop:<command>`, or src/shop:port.\n"
            "`/shop:send` was renamed `/shop:ship`."
        ),
        (PLUGIN,),
    ),
    Valid("a command with a Korean particle behind it", agent(body="다음은 /shop:ship을 실행한다."), (PLUGIN,)),
    Valid(
        "marks around a part of a file",
        agent(body="Keep what is between the marks:\n\n<!-- shop:notes -->\n<!-- /shop:notes -->"),
        (PLUGIN,),
    ),
    Valid(
        "an agent that the client has in a terminal alone",
        command(body="Ask the `claude-code-guide` agent how hooks work, then ship."),
    ),
    Valid("a command of a plugin's name in a project", agent(body="Run `/shop:ghost`."), (PROJECT,)),
    Valid(
        "a container's home, and one's own", agent(body="Look in `/home/vscode/work/shop/`, then in `~/work/shop/`.")
    ),
    Valid(
        "a template of what is written elsewhere",
        {
            **command(_GRANT, body=f"{_PATTERN}, and write the plan as `{_ROOT}/patterns/templates/plan.md` has it."),
            "patterns/orders.md": "# Orders\n",
            "patterns/templates/plan.md": "# Plan\n\nThe last one is [here](./plan-1.md).\n",
        },
        (PLUGIN,),
        expects=("RF011",),
    ),
    Valid("mojibake that a text speaks of", agent(body='Repair `Ã¼`->`ü` and "â€™", which was ’.')),
    Valid(
        "coprocesses",
        agent(body="Run:\n\n```bash\ncoproc BC { bc -l; }\ncoproc W while read -r x; do echo; done\ncoproc bc -l\n```"),
    ),
    Valid("a block within a block", agent(body=_NESTED)),
    Valid("a block within a block, in a command", command(body=_NESTED)),
    Valid(
        "blocks within blocks that even out",
        agent(body="Follow [how](#how).\n\n```markdown\n```js\na()\n```\n- b\n```\n\n## How\n\n```bash\nls\n```"),
    ),
    Valid("a heading that begins with an emoji", agent(body="Follow [how](#how).\n\n## 🚀 How\n\nShortly.")),
    Valid("a quoted block", agent(body="Follow [how](#how).\n\n> ```bash\n> ls\n> ```\n\n## How\n\nShortly.")),
    Valid("a quoted block that is left open", agent(body="> ```bash\n> ls\n\nFollow [how](#how).\n\n## How\n\nSo.")),
    Valid("a mark too many at the end", agent(body="Run:\n\n```bash\npytest\n```\n\nThen report.\n\n```")),
    Valid("a file that is an example", agent(body="Look for the index (e.g., `epics/index.md`) and read it.")),
    Valid("a file that is an example, without a comma", agent(body="Read the index, e.g. `epics/index.md`, first.")),
    Valid(
        "a link to write when a project has such a file",
        agent(body='If present, add: "Read our [Code of Conduct](CODE_OF_CONDUCT.md) first."'),
    ),
    Valid("a link into a hidden folder of the project", agent(body="Fill [it](.github/pull_request_template.md).")),
    Valid("where the client keeps its files", agent(body="Skills are in `.claude/skills/SKILL.md`."), (PROJECT,)),
    Valid("what may be in the client's folder", agent(body="| Memory | `.claude/CLAUDE.md` |"), (PROJECT,)),
    Valid(
        "a file that the agent itself writes by its name alone",
        agent(body="Read `private/people.md` first.\n\nAt the end, append what was said to `people.md`."),
    ),
    Valid("settings of a program", command(body="Put the server into `~/.cursor/mcp.json`, or `~/.shop/x.json`.")),
    Valid("a path from the file that is worked on", agent(body="Read the task, and its plan (`../plan.md`).")),
    Valid(
        "where an agent is written",
        command(body="## Related\n\n- Agent: `agents/reviewer.md`"),
        (PLUGIN,),
    ),
    Valid(
        "a plugin's text that a shell copies",
        skill(body=f"Run:\n\n```bash\ncp {_ROOT}/share/hud.txt ~/hud.txt\n```") | {"share/hud.txt": "hud\n"},
        (PLUGIN,),
    ),
    Valid(
        "a document of the plugin that a skill speaks of",
        skill(body="Goals are `share/goals.md`.") | {"share/goals.md": "# Goals\n"},
        (PLUGIN,),
    ),
    Valid("an agent's name with a capital", command(body="Start the `Reviewer` agent.")),
    Valid("an agent's name with an underscore", command(body='Use subagent_type: "re_viewer".'), (PROJECT,)),
    Valid("a part of an agent's name", command(body='Call Task(subagent_type="shop:<name>") for each.')),
    Valid("an agent's name that is put together", command(body="Call Task(subagent_type=`shop:${agent}`).")),
    Valid("a form of words, not a call", command(body="Announce each as subagent_type:model and go on.")),
    Valid("a copy of the conversation", command(body='Start it with subagent_type: "fork".')),
    Valid("a call that is not to be made", command(body='Never call Task(subagent_type="git"): it is no agent.')),
    Valid("a tool that is searched with in another way", agent(body="Use Grep to find the callers.")),
    Valid(
        "a choice of values in a sample",
        agent(body='```json\n{"kind": "new" | "old", "size": 3}\n```'),
    ),
    Valid(
        "a comment for what is left out of a sample",
        agent(body='```json\n{\n  "kind": "new",\n  // what the model needs\n}\n```'),
    ),
    Valid(
        "skills that differ by a word of their names",
        skill(name="make-theme", description="Guide for new themes. Follow the rules of distribution from npm.")
        | skill(name="make-plugin", description="Guide for new plugins. Follow the rules of distribution from npm."),
    ),
    Valid("members of a list alone", agent(body='```json\n{"size": 1},\n{"size": 2}\n```')),
    Valid(
        "signatures in a class",
        agent(
            body="```python\nclass Orders:\n    # reads\n    def all(self) -> list[Order]\n    async def one(self)\n```"
        ),
    ),
    Valid("code that gives an agent's name", command(body="```js\nTask({subagent_type: task.agent, x: 1})\n```")),
    Valid("a variable that holds an agent's name", command(body="Call Task(subagent_type=agentKind).")),
    Valid("the memory of an agent", agent(body="Read `.claude/agent-memory/reviewer/MEMORY.md`."), (PROJECT,)),
    Valid(
        "a file that is written, in Japanese",
        agent(body="`.claude/rules/python.md` を生成する。\n\n`.claude/rules/python.md` を参照。"),
        (PROJECT,),
    ),
    Valid(
        "a table in Korean", agent(body="| 메모 | 위치 |\n| --- | --- |\n| 기능 | `.claude/skills/x.md` |"), (PROJECT,)
    ),
    Valid(
        "a folder of other packs that is called agents",
        {
            **dict.fromkeys(BASE),
            "agents/one/commands/ship.md": BASE["commands/ship.md"],
            "agents/one/docs/notes.md": "# Notes\n",
        },
        (PLUGIN,),
    ),
    Valid("documents of a folder that is named", _kept("The others are in `patterns/`."), (PLUGIN,)),
    Valid("documents named with a placeholder", _kept(f"Or `{_ROOT}/patterns/{{topic}}.md`."), (PLUGIN,)),
    Valid("a document named where it is copied to", _kept("Copy it to ~/.claude/patterns/models.md."), (PLUGIN,)),
    Valid("a document that a program names", _kept("") | {"patterns/index.yaml": "- models.md\n"}, (PLUGIN,)),
    Valid(
        "a reference that a skill's settings name",
        _git("Read `references/tags.md` first.")
        | {"skills/git/references/tags.md": "# Tags\n", "skills/git/references/notes.md": "# Notes\n"}
        | {"skills/git/custom.toml": 'notes = "{skill-root}/references/notes.md"\n'},
    ),
    Valid(
        "a template beside one that is read",
        _git("Fill `assets/plan.md`.") | {"skills/git/assets/plan.md": "# Plan\n", "skills/git/assets/adr.md": "# A\n"},
    ),
    Valid(
        "rules that the client loads itself",
        agent(body="Follow `.claude/rules/python.md`.") | {"rules/python.md": "# Python\n", "rules/sql.md": "# SQL\n"},
        (PROJECT,),
    ),
    Valid(
        "pages for people beside one that is read",
        {
            **manifest('{"name": "shop"}'),
            **command(f"allowed-tools: Read(/{_ROOT}/docs/*.md)", body=f"Follow `{_ROOT}/docs/gates.md`."),
            "docs/gates.md": "# Gates\n",
            "docs/getting-started.md": "# Getting started\n",
        },
        (PLUGIN,),
    ),
)
