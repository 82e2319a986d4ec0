"""Tricky packs in which nothing is wrong: documents, manifests, hooks, settings, folders and links."""

from __future__ import annotations

from tests.planted.plain import BASE, PLUGIN, PROJECT, Content, Valid, agent, command, manifest

_ROOT = "${CLAUDE_PLUGIN_ROOT}"
_GRANT = f"allowed-tools: Read(/{_ROOT}/patterns/*.md)"
_WRITER = "---\nname: writer\ndescription: Writes modules. Use for new code.\n---\nYou write Python.\n"
_LINKED: dict[str, Content] = {
    "patterns/orders.md": "# Orders\n\nSee [models](models.md#totals).\n",
    "patterns/models.md": "# Models\n\nBack to [orders](./orders.md).\n\n## Totals\n",
}


def _hook(command: str) -> dict[str, Content]:
    return {
        "hooks/hooks.json": '{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "' + command + '"}]}]}}\n'
    }


def _market(plugins: str) -> dict[str, Content]:
    text = '{"name": "tools", "owner": {"name": "Ana"}, "plugins": [' + plugins + "]}\n"
    return {".claude-plugin/marketplace.json": text}


VALID_PACKS: tuple[Valid, ...] = (
    Valid(
        "a call that names an agent for both layouts",
        command(body='Start it with subagent_type: "shop:reviewer", in a project with subagent_type: "reviewer".'),
        (PLUGIN,),
    ),
    Valid(
        "a call of a project's agent",
        command(body='Start it with subagent_type: "reviewer" or subagent_type="general-purpose".'),
        (PROJECT,),
    ),
    Valid(
        "a plugin's documents that link to each other",
        {**command(_GRANT, body=f"Follow `{_ROOT}/patterns/orders.md`."), **_LINKED},
        (PLUGIN,),
    ),
    *(
        Valid(
            f"a plugin's documents that Read({pattern}) grants",
            {
                **command(
                    f"allowed-tools: Read({pattern.replace('ROOT', _ROOT)})",
                    body=f"Follow `{_ROOT}/patterns/orders.md`.",
                ),
                **_LINKED,
            },
            (PLUGIN,),
        )
        for pattern in (
            "/ROOT",
            "/ROOT/",
            "/ROOT/*",
            "/ROOT/patterns",
            "/ROOT/patterns/",
            "/ROOT/pat*",
            "/ROOT/Patterns/**",
            "/ROOT/**/*.md",
            "/ROOT/patterns/?rders.md",
            "/ROOT/patterns/[m-o]rders.md",
            "//**",
            "//**/*.md",
        )
    ),
    Valid(
        "a plugin's document that a granted shell command shows",
        {**command(_GRANT, body=f"Rules: !`head -20 {_ROOT}/patterns/orders.md`\n\nShip it."), **_LINKED},
        (PLUGIN,),
    ),
    Valid(
        "a project's documents that link to each other",
        {**agent(body="Follow [orders](../patterns/orders.md)."), **_LINKED},
        (PROJECT,),
    ),
    Valid(
        "a document with a space in a link",
        {**agent(body="Follow [it](../patterns/our%20orders.md)."), "patterns/our orders.md": "# Orders\n"},
        (PROJECT,),
    ),
    *(
        Valid(
            f"a plugin's document with a space in its name, {how}",
            {
                **command(
                    f"allowed-tools: Read(/{_ROOT}/**)", body=f"Follow {written.replace('*', _ROOT + '/patterns/our')}."
                ),
                "patterns/our orders.md": "# Orders\n",
            },
            (PLUGIN,),
        )
        for how, written in [
            ("in back ticks", "`* orders.md`"),
            ("in quotes", '"* orders.md"'),
            ("inlined", '@"* orders.md"'),
            ("in a link", "[it](*%20orders.md)"),
            ("in a link with brackets", "[it](<* orders.md>)"),
        ]
    ),
    *(
        Valid(
            f"a project's document, {how}",
            {**command(body=f"Follow {written} and ship."), "patterns/our orders.md": "# Orders\n\n## Über uns\n"},
            (PROJECT,),
        )
        for how, written in [
            ("with a space in its name in back ticks", "`.claude/patterns/our orders.md`"),
            ("with a space in its name, attached", '@".claude/patterns/our orders.md"'),
            ("with a line's number", "`.claude/patterns/our orders.md:12`"),
            ("with lines in a link", "[it](../patterns/our%20orders.md#L3-L5)"),
            ("and a part of it, escaped", "[it](../patterns/our%20orders.md#%C3%BCber-uns)"),
            ("by its folder", "every file in `.claude/patterns/`"),
            ("by a star", "`.claude/patterns/*.md`"),
            ("by a link to its folder", "[them](../patterns/)"),
        ]
    ),
    Valid(
        "a plugin's documents by a star",
        {
            **command(f"allowed-tools: Read(/{_ROOT}/**)", body=f"Read `{_ROOT}/patterns/*.md`."),
            "patterns/orders.md": "# Orders\n",
        },
        (PLUGIN,),
    ),
    Valid(
        "a plugin's document inlined",
        {**command(body=f'Follow @"{_ROOT}/patterns/orders.md".'), "patterns/orders.md": "# Orders\n"},
        (PLUGIN,),
    ),
    Valid(
        "a whole folder granted",
        {
            **command(f"allowed-tools: Read(/{_ROOT}/**)", body=f"Follow `{_ROOT}/patterns/orders.md`."),
            "patterns/orders.md": "# Orders\n",
        },
        (PLUGIN,),
    ),
    Valid(
        "a snippet that equals its source",
        {
            **agent(body="<!-- snippet: src/routers.py#create -->\n```python\nrouter = APIRouter()\n```"),
            "src/routers.py": "# region: create\nrouter = APIRouter()\n# endregion: create\n",
        },
    ),
    Valid(
        "commands that the manifest describes",
        {
            ".claude-plugin/plugin.json": '{"name": "shop", "commands": {"about": {"source": "./README.md", '
            '"description": "Says what this is", "argumentHint": "<topic>"}, '
            '"hi": {"content": "Say hi.", "description": "Greets"}, "bye": {"content": '
            '"---\\ndescription: Sees off\\nargument-hint: <who>\\n---\\nSee \\"$ARGUMENTS\\" off.\\n"}}}\n',
            "README.md": "# Shop\n\nTell about $ARGUMENTS.\n",
        },
        (PLUGIN,),
    ),
    Valid(
        "a hook that looks for its script first",
        _hook('[ -x \\"$CLAUDE_PLUGIN_ROOT/built.sh\\" ] && \\"$CLAUDE_PLUGIN_ROOT/built.sh\\"'),
        (PLUGIN,),
    ),
    Valid(
        "a marketplace with a root for bare names",
        {
            ".claude-plugin/marketplace.json": '{"name": "tools", "owner": {"name": "Ana"}, '
            '"metadata": {"pluginRoot": "./plugins"}, "plugins": [{"name": "a", "source": "a"}, '
            '{"name": "b", "source": "./plugins/b"}, {"name": "shop", "source": "./"}]}\n',
            "plugins/a/commands/come.md": "---\ndescription: Come back\n---\nCome back.\n",
            "plugins/b/commands/go.md": "---\ndescription: Go on\n---\nGo on.\n",
        },
        (PLUGIN,),
        expects=("PL007",),
    ),
    Valid("a manifest that names its hosts", manifest('{"name": "shop", "network": {"hosts": ["x.y"]}}'), (PLUGIN,)),
    Valid(
        "a manifest with all that it may hold",
        {
            ".claude-plugin/plugin.json": '{"name": "shop", "displayName": "Shop", "homepage": "https://x.y", '
            '"keywords": ["orders"], "outputStyles": "./terse", "themes": ["./themes"], '
            '"monitors": [{"name": "m", "command": "ls", "description": "d"}], "settings": {"agent": "reviewer"}, '
            '"mcpServers": {"db": {"command": "db", "args": ["-q"], "env": {"A": "b"}}, '
            '"web": {"type": "http", "url": "https://x.y", "headers": {"A": "b"}}}, '
            '"lspServers": {"py": {"command": "ty", "args": ["server"], "extensionToLanguage": {".py": "python"}}}, '
            '"userConfig": {"key": {"type": "string", "title": "Key", "description": "A key", "sensitive": true}}, '
            '"channels": [{"server": "db"}], '
            '"hooks": [{"Stop": [{"hooks": [{"type": "prompt", "prompt": "Done?"}]}]}]}\n',
            "terse/terse.md": "---\nname: Terse\ndescription: Few words\n---\nBe terse.\n",
            "themes/dark.json": "{}\n",
        },
        (PLUGIN,),
    ),
    Valid(
        "agents in subfolders of a plugin with one name",
        {
            "agents/a/writer.md": _WRITER,
            "agents/b/writer.md": _WRITER.replace("modules", "migrations").replace("new code", "tables"),
        },
        (PLUGIN,),
    ),
    Valid("an agent in a project's subfolder", {"agents/team/writer.md": _WRITER}, (PROJECT,)),
    Valid(
        "a link in a project's agents",
        {"team/writer.md": _WRITER},
        (PROJECT,),
        {"agents/writer.md": "../team/writer.md"},
    ),
    Valid(
        "a plugin's agents folder is a link",
        {"agents/reviewer.md": None, "team/writer.md": _WRITER},
        (PLUGIN,),
        {"agents": "team"},
    ),
    Valid(
        "a manifest that says much",
        manifest(
            '{"name": "shop", "version": "1.0.0", "description": "d", "author": {"name": "Ana"}, '
            '"homepage": "https://example.org", "repository": "https://example.org/r", "keywords": ["orders"]}'
        ),
        (PLUGIN,),
    ),
    Valid(
        "agents of a manifest by file",
        {
            **manifest('{"name": "shop", "agents": ["./team/writer.md", "./agents/reviewer.md"]}'),
            "team/writer.md": _WRITER,
        },
        (PLUGIN,),
    ),
    Valid(
        "an agent of a manifest as a text",
        {
            **manifest('{"name": "shop", "agents": "./team/writer.md"}'),
            "agents/reviewer.md": None,
            "team/writer.md": _WRITER,
        },
        (PLUGIN,),
    ),
    Valid(
        "commands of a manifest by folder",
        {
            **manifest('{"name": "shop", "commands": ["./orders", "./commands/ship.md"]}'),
            "orders/sum.md": BASE["commands/ship.md"],
        },
        (PLUGIN,),
    ),
    Valid("a manifest with a byte order mark", manifest('\ufeff{"name": "shop"}'), (PLUGIN,), expects=("PL001",)),
    Valid("a marketplace beside its plugin", _market('{"name": "shop", "source": "./"}'), (PLUGIN,)),
    Valid("a marketplace whose plugin is its own folder", _market('{"name": "shop", "source": "."}'), (PLUGIN,)),
    Valid(
        "a marketplace of two plugins",
        {
            **dict.fromkeys(BASE),
            **_market('{"name": "shop", "source": "./shop"}, {"name": "desk", "source": "./desk"}'),
            "shop/.claude-plugin/plugin.json": '{"name": "shop"}',
            "shop/agents/writer.md": _WRITER,
            "desk/agents/writer.md": _WRITER,
        },
        (PLUGIN,),
    ),
    *(
        Valid(
            f"a plugin that needs {how}",
            {
                ".claude-plugin/marketplace.json": '{"name": "tools", "owner": {"name": "Ana"}, '
                '"allowCrossMarketplaceDependenciesOn": ["others"], "plugins": [{"name": "shop", "source": "./"}, '
                '{"name": "desk", "source": "./desk"}, '
                '{"name": "far", "source": {"source": "github", "repo": "a/far"}}]}'
                "\n",
                **manifest('{"name": "shop", "version": "1.0.0", "dependencies": [' + needed + "]}"),
                "desk/.claude-plugin/plugin.json": '{"name": "desk", "version": "2.1.0", "dependencies": ["shop"]}\n',
                "desk/agents/writer.md": _WRITER,
            },
            (PLUGIN,),
        )
        for how, needed in [
            ("another and itself", '"desk", "shop"'),
            ("another by its whole name", '"desk@tools"'),
            ("another with a range that restricts nothing", '"desk@^9.0.0"'),
            ("a version that is here", '{"name": "desk", "version": "^2.0.0 || 9"}'),
            ("an older version, which a tag may have", '{"name": "desk", "version": "^1.0.0"}'),
            ("a version of one from elsewhere", '{"name": "far", "version": "^7.0.0"}'),
            ("one of another marketplace that is allowed", '{"name": "till", "marketplace": "others"}'),
        ]
    ),
    *(
        Valid(
            f"a plugin for the clients {range_}",
            manifest('{"name": "shop", "engines": {"claude-code": "' + range_ + '"}}'),
            (PLUGIN,),
        )
        for range_ in (">=2.1.0", ">=9.0.0", "2.x", "no range")
    ),
    Valid(
        "a plugin that needs what no marketplace here has",
        manifest('{"name": "shop", "dependencies": ["till"]}'),
        (PLUGIN,),
    ),
    Valid(
        "a marketplace with a plugin from elsewhere",
        _market('{"name": "shop", "source": "./"}, {"name": "far", "source": {"source": "github", "repo": "ana/far"}}'),
        (PLUGIN,),
    ),
    Valid(
        "hooks with quoted paths",
        {**_hook('python3 \\"' + _ROOT + '/check.py\\" --fast'), "check.py": "print('ok')\n"},
        (PLUGIN,),
    ),
    Valid(
        "hooks of many kinds",
        {
            "hooks/hooks.json": '{"description": "d", "hooks": {"PreToolUse": [{"matcher": "Edit|Write", "hooks": '
            '[{"type": "command", "command": "ruff format .", "timeout": 1800}]}], '
            '"SessionStart": [{"hooks": [{"type": "prompt", "prompt": "Look", "timeout": 500}]}]}}\n'
        },
        (PLUGIN,),
    ),
    Valid(
        "hooks in plugin.json",
        manifest('{"name": "shop", "hooks": {"Stop": [{"hooks": [{"type": "command", "command": "ls"}]}]}}'),
        (PLUGIN,),
    ),
    Valid(
        "settings that permit and deny",
        {
            "settings.json": '{"permissions": {"allow": ["Read", "Bash(git log:*)", "mcp__github", '
            '"WebFetch(domain:example.org)"], "deny": ["Read(./.env)", "Bash(rm *)", '
            '"Agent(Explore)", "Agent(desk:clerk)", "Task(auditor)"]}, '
            '"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "ls"}]}]}}\n'
        },
        (PROJECT,),
    ),
    Valid(
        "settings of many kinds, with hooks that are switched off",
        {
            "settings.json": '{"env": {"A": 1}, "attribution": {"pr": ""}, "cleanupPeriodDays": 9, "model": "opus", '
            '"statusLine": {"type": "command", "command": "ls", "x": 1}, "enabledPlugins": {"a@b": true}, "x": 7, '
            '"extraKnownMarketplaces": {"b": {"source": {"source": "github", "repo": "ana/b"}}}, "effortLevel": 7, '
            '"_hooks": {"PostToolUse": [{"hooks": [{"type": "command", "command": "ls"}]}]}, '
            '"permissions": {"allow": ["Bash(*)", "mcp__b__*", "WebFetch(*)", "Edit(src/**)", "Bash(make test:*)"], '
            '"deny": ["Web*", "mcp__*"], "defaultMode": "plan"}}\n'
        },
        (PROJECT,),
    ),
    Valid(
        "matchers of many kinds",
        {
            "hooks/hooks.json": '{"hooks": {"PreToolUse": ['
            + ", ".join(
                f'{{"matcher": "{each}", "hooks": []}}'
                for each in (
                    "*",
                    "",
                    "Edit, Write",
                    "Edit|MultiEdit",
                    "Web(Fetch|Search)",
                    "Task(Create|Update)",
                    "Bash(.*)",
                    "Edit|mcp__.*",
                    "mcp__issue-tracker__close, Edit",
                    "^mcp__",
                )
            )
            + '], "Stop": [{"matcher": "bash", "hooks": []}]}}\n'
        },
        (PLUGIN,),
    ),
    Valid(
        "tools of the plugin's servers, of the user's, and for both layouts",
        {
            **agent("tools: Read, mcp__plugin_shop_db__query, mcp__web, mcp__plugin_shop_db__drop, mcp__db__drop"),
            **command("allowed-tools: mcp__plugin_shop_db", body="Ship the branch."),
            ".mcp.json": '{"mcpServers": {"db": {"command": "db"}}}\n',
        },
        (PLUGIN,),
    ),
    *(
        Valid(f"a plugin's settings.json that says {text}", {"settings.json": text + "\n"}, (PLUGIN,))
        for text in (
            '{"$schema": "x", "agent": "reviewer", "subagentStatusLine": {"type": "command", "command": "ls"}, "x": 1}',
            '{"agent": "shop:reviewer"}',
            '{"agent": "Explore"}',
            '{"agent": "others:clerk"}',
            '{"agent": ""}',
            "{}",
        )
    ),
    Valid(
        "commands that an entry of a marketplace names",
        {
            **_market('{"name": "shop", "source": "./", "commands": {"about": {"source": "./about.md"}}}'),
            "about.md": "---\ndescription: Says what this is\n---\nTell about the shop.\n",
        },
        (PLUGIN,),
    ),
    Valid(
        "settings in plugin.json in whose place settings.json counts",
        manifest('{"name": "shop", "settings": {"agent": "ghost"}}') | {"settings.json": '{"agent": "reviewer"}\n'},
        (PLUGIN,),
    ),
    Valid(
        "a plain folder of a person's own, with settings",
        {
            ".claude-plugin/plugin.json": None,
            "settings.json": '{"model": "opus", "permissions": {"allow": ["Read"]}}\n',
        },
        (PLUGIN,),
    ),
    Valid("servers at the top of their file", {".mcp.json": '{"db": {"command": "db", "timeout": 5}}\n'}, (PLUGIN,)),
    Valid("a command in capitals", {"commands/Go.MD": "---\ndescription: Go on\n---\nGo on.\n"}, (PLUGIN,)),
    Valid("a plain folder of agents", {".claude-plugin/plugin.json": None}, (PLUGIN,)),
    Valid("a hidden file and a note beside the agents", {"agents/notes.txt": "a note", "agents/.draft": "x"}),
    Valid("a README at the root", {"README.md": "# Shop\n\nRead `nowhere/x.md`.\n"}),
    Valid(
        "a skill beside the commands folder",
        {"skills/orders/SKILL.md": "---\nname: orders\ndescription: How orders work. Use for totals.\n---\nAdd up.\n"},
    ),
)
