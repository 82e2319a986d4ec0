"""Planted defects of manifests, hooks, settings and folders: PL."""

from __future__ import annotations

from tests.planted.plain import BASE, PLUGIN, PROJECT, Content, Defect, manifest

_AGENT = BASE["agents/reviewer.md"]


def _hooks(text: str) -> dict[str, Content]:
    return {"hooks/hooks.json": text + "\n"}


def _stop(command: str) -> dict[str, Content]:
    return _hooks('{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "' + command + '"}]}]}}')


def _market(text: str) -> dict[str, Content]:
    return {".claude-plugin/marketplace.json": text + "\n"}


def _settings(text: str) -> dict[str, Content]:
    return {"settings.json": text + "\n"}


_ENTRY = '{"name": "shop", "source": "./"}'

PLUGIN_DEFECTS: tuple[Defect, ...] = (
    Defect("plugin.json does not parse", manifest('{"name": "shop"¦,}'), (PLUGIN,), code="PL001"),
    Defect("plugin.json begins with a byte order mark", manifest('¦\ufeff{"name": "shop"}'), (PLUGIN,), code="PL001"),
    Defect("plugin.json is a list", manifest('¦["shop"]'), (PLUGIN,), code="PL001"),
    Defect("marketplace.json does not parse", _market('{"name": "tools"¦,}'), (PLUGIN,), code="PL001"),
    Defect(
        "a declared agent is not there",
        manifest('{"name": "shop", "agents": [¦"./team/x.md"]}'),
        (PLUGIN,),
        code="PL001",
    ),
    Defect("hooks.json does not parse", _hooks('{"hooks": {}¦,}'), (PLUGIN,), code="PL001"),
    Defect("settings.json does not parse", _settings('{"permissions": {}¦,}'), (PROJECT,), code="PL001"),
    Defect("a version is a number", manifest('{"name": "shop", "version": ¦1}'), (PLUGIN,), code="PL002"),
    Defect("plugin.json has no name", manifest('¦{"version": "1.0.0"}'), (PLUGIN,), code="PL002"),
    Defect("an author is a list", manifest('{"name": "shop", "author": ¦["Ana"]}'), (PLUGIN,), code="PL002"),
    Defect(
        "a path among skills is a number",
        manifest('{"name": "shop", "skills": ["./commands", ¦7]}'),
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        "a command of the manifest has neither source nor text",
        manifest('{"name": "shop", "commands": {"go": ¦{"description": "Goes"}}}'),
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        "a command of the manifest has a number for its description",
        manifest('{"name": "shop", "commands": {"go": {"content": "Go.", "description": ¦7}}}'),
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        "a server of the manifest lacks its command",
        manifest('{"name": "shop", "mcpServers": {"db": ¦{"args": ["db.js"]}}}'),
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        "a server of the manifest has a number in its environment",
        manifest('{"name": "shop", "mcpServers": {"db": {"command": "db", "env": {"PORT": ¦5432}}}}'),
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        "a language server has a key of its own",
        manifest(
            '{"name": "shop", "lspServers": {"py": '
            '{"command": "ty", ¦"cwd": ".", "extensionToLanguage": {".py": "python"}}}}'
        ),
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        "an ending of a language has no dot",
        manifest('{"name": "shop", "lspServers": {"py": {"command": "ty", "extensionToLanguage": {¦"py": "python"}}}}'),
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        "an option of the user has a hyphen",
        manifest(
            '{"name": "shop", "userConfig": {¦"a-key": {"type": "string", "title": "Key", "description": "A key"}}}'
        ),
        (PLUGIN,),
        code="PL002",
    ),
    Defect("a schema is a number", manifest('{"$schema": ¦7, "name": "shop"}'), (PLUGIN,), code="PL002"),
    Defect("a plugin's name holds an at sign", manifest('{"name": ¦"shop@home"}'), (PLUGIN,), code="PL003"),
    Defect("a plugin's name holds a slash", manifest('{"name": ¦"my/shop"}'), (PLUGIN,), code="PL003"),
    Defect("a plugin's name holds a space", manifest('{"name": ¦"my shop"}'), (PLUGIN,), code="PL003"),
    Defect("a plugin's name holds a colon", manifest('{"name": ¦"my:shop"}'), (PLUGIN,), code="PL003"),
    Defect("a plugin's name is reserved", manifest('{"name": ¦"claude-shop"}'), (PLUGIN,), code="PL003"),
    Defect("a plugin's name has capitals", manifest('{"name": ¦"MyShop"}'), (PLUGIN,), code="PL003"),
    Defect("agents are a folder", manifest('{"name": "shop", "agents": ¦"./agents/"}'), (PLUGIN,), code="PL004"),
    Defect(
        "a path of commands without a dot",
        manifest('{"name": "shop", "commands": ¦"commands"}'),
        (PLUGIN,),
        code="PL004",
    ),
    Defect(
        "a path of agents without a dot",
        manifest('{"name": "shop", "agents": [¦"agents/reviewer.md"]}'),
        (PLUGIN,),
        code="PL004",
    ),
    Defect(
        "a source of a command without a dot",
        manifest('{"name": "shop", "commands": {"go": {"source": ¦"commands/ship.md"}}}'),
        (PLUGIN,),
        code="PL004",
    ),
    Defect(
        "a path of hooks without a dot",
        {**manifest('{"name": "shop", "hooks": ¦"my.json"}'), "my.json": '{"hooks": {}}\n'},
        (PLUGIN,),
        code="PL004",
    ),
    Defect(
        "servers in a text file",
        {**manifest('{"name": "shop", "mcpServers": ¦"./servers.txt"}'), "servers.txt": "{}\n"},
        (PLUGIN,),
        code="PL004",
    ),
    Defect(
        "a path of a marketplace's plugin without a dot",
        _market(
            '{"name": "tools", "owner": {"name": "Ana"}, "plugins": '
            '[{"name": "shop", "source": "./", "commands": ¦"x.md"}]}'
        ),
        (PLUGIN,),
        code="PL004",
    ),
    Defect(
        "a declared command is no Markdown",
        {**manifest('{"name": "shop", "commands": [¦"./go.txt"]}'), "go.txt": "Go.\n"},
        (PLUGIN,),
        code="PL001",
    ),
    Defect(
        "declared hooks leave the plugin",
        manifest('{"name": "shop", "hooks": ¦"./../hooks.json"}'),
        (PLUGIN,),
        code="PL005",
    ),
    Defect(
        "declared hooks are not there",
        manifest('{"name": "shop", "hooks": ¦"./hooks/x.json"}'),
        (PLUGIN,),
        code="PL005",
    ),
    Defect(
        "declared skills are not there", manifest('{"name": "shop", "skills": ¦"./knacks"}'), (PLUGIN,), code="PL005"
    ),
    Defect(
        "a key of plugin.json is misspelt",
        manifest('{"name": "shop", ¦"keyword": ["orders"]}'),
        (PLUGIN,),
        code="PL006",
    ),
    Defect("tags stand in plugin.json", manifest('{"name": "shop", ¦"tags": ["orders"]}'), (PLUGIN,), code="PL006"),
    Defect(
        "a key of a marketplace's entry is misspelt",
        _market(
            '{"name": "tools", "owner": {"name": "Ana"}, '
            '"plugins": [{"name": "shop", "source": "./", ¦"categroy": "orders"}]}'
        ),
        (PLUGIN,),
        code="PL006",
    ),
    Defect(
        "a path of a marketplace counts from its folder, whatever the root of bare names",
        _market(
            '{"name": "tools", "owner": {"name": "Ana"}, "metadata": {"pluginRoot": "./plugins"}, '
            '"plugins": [{"name": "shop", "source": "./"}, {"name": "b", "source": ¦"./b"}]}'
        )
        | {"plugins/b/commands/go.md": "---\ndescription: Go\n---\nGo on.\n"},
        (PLUGIN,),
        code="PL001",
    ),
    Defect(
        "a marketplace has no owner",
        _market('¦{"name": "tools", "plugins": [' + _ENTRY + "]}"),
        (PLUGIN,),
        code="PL007",
    ),
    Defect(
        "a marketplace's name holds a space",
        _market('{"name": ¦"my tools", "owner": {"name": "Ana"}, "plugins": [' + _ENTRY + "]}"),
        (PLUGIN,),
        code="PL007",
    ),
    Defect(
        "a marketplace's plugin has no source",
        _market('{"name": "tools", "owner": {"name": "Ana"}, "plugins": [¦{"name": "shop"}]}'),
        (PLUGIN,),
        code="PL007",
    ),
    Defect(
        "a marketplace's name is reserved",
        _market('{"name": ¦"claude-code-plugins", "owner": {"name": "Ana"}, "plugins": [' + _ENTRY + "]}"),
        (PLUGIN,),
        code="PL007",
    ),
    Defect(
        "a marketplace has two plugins of one name",
        _market(
            '{"name": "tools", "owner": {"name": "Ana"}, "plugins": ['
            + _ENTRY
            + ', {"name": ¦"shop", "source": "./"}]}'
        ),
        (PLUGIN,),
        code="PL007",
    ),
    Defect(
        "a marketplace's plugin has a version that is a number",
        _market(
            '{"name": "tools", "owner": {"name": "Ana"}, "plugins": [{"name": "shop", "source": "./", "version": ¦1}]}'
        ),
        (PLUGIN,),
        code="PL007",
    ),
    Defect(
        "a marketplace's plugin is fetched from nowhere",
        _market(
            '{"name": "tools", "owner": {"name": "Ana"}, "plugins": ['
            + _ENTRY
            + ', {"name": "far", "source": ¦{"source": "github"}}]}'
        ),
        (PLUGIN,),
        code="PL007",
    ),
    Defect(
        "a marketplace's plugin has an unknown event",
        _market(
            '{"name": "tools", "owner": {"name": "Ana"}, "plugins": [{"name": "shop", "source": "./", '
            '"hooks": {¦"OnStop": []}}]}'
        ),
        (PLUGIN,),
        code="PL007",
    ),
    Defect(
        "a marketplace's description is a list",
        _market('{"name": "tools", "owner": {"name": "Ana"}, "description": ¦[], "plugins": [' + _ENTRY + "]}"),
        (PLUGIN,),
        code="PL007",
    ),
    Defect(
        "hooks.json lacks its top",
        _hooks('¦{"Stop": [{"hooks": [{"type": "command", "command": "ls"}]}]}'),
        (PLUGIN,),
        code="PL008",
    ),
    Defect(
        "a hook has no type", _hooks('{"hooks": {"Stop": [{"hooks": [¦{"command": "ls"}]}]}}'), (PLUGIN,), code="PL008"
    ),
    Defect(
        "a hook's timeout is a text",
        _hooks('{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "ls", "timeout": ¦"5"}]}]}}'),
        (PLUGIN,),
        code="PL008",
    ),
    Defect(
        "a hook that asks a model has no prompt",
        _hooks('{"hooks": {"Stop": [{"hooks": [¦{"type": "prompt"}]}]}}'),
        (PLUGIN,),
        code="PL008",
    ),
    Defect(
        "a hook of plugin.json has no command",
        manifest('{"name": "shop", "hooks": {"Stop": [{"hooks": [¦{"type": "command"}]}]}}'),
        (PLUGIN,),
        code="PL008",
    ),
    Defect(
        "the hooks of plugin.json are wrapped",
        manifest('{"name": "shop", "hooks": {¦"hooks": {"Stop": []}}}'),
        (PLUGIN,),
        code="PL008",
    ),
    Defect("an event is no list", _hooks('{"hooks": {"Stop": ¦{"hooks": []}}}'), (PLUGIN,), code="PL008"),
    Defect(
        "an event is misspelt",
        _hooks('{"hooks": {¦"PostToolUsed": [{"hooks": [{"type": "command", "command": "ls"}]}]}}'),
        (PLUGIN,),
        code="PL009",
    ),
    Defect(
        "an event of the settings is misspelt",
        _settings('{"hooks": {¦"PreToolUsed": [{"hooks": [{"type": "command", "command": "ls"}]}]}}'),
        (PROJECT,),
        code="PL009",
    ),
    Defect(
        "a hook's path is not quoted",
        {**_stop("python3 ¦${CLAUDE_PLUGIN_ROOT}/check.py"), "check.py": "print('ok')\n"},
        (PLUGIN,),
        code="PL010",
    ),
    Defect(
        "a hook's script is not there, behind quotes",
        _stop('\\"¦${CLAUDE_PLUGIN_ROOT}\\"/chek.sh'),
        (PLUGIN,),
        code="PL011",
    ),
    Defect(
        "a hook's script is not there, behind the shell's variable",
        _stop('\\"¦$CLAUDE_PLUGIN_ROOT/chek.sh\\"'),
        (PLUGIN,),
        code="PL011",
    ),
    Defect(
        "a script of a project's hook is not there",
        _settings(
            '{"hooks": {"Stop": [{"hooks": [{"type": "command", '
            '"command": "\\"¦$CLAUDE_PROJECT_DIR\\"/.claude/hooks/chek.sh"}]}]}}'
        ),
        (PROJECT,),
        code="PL011",
    ),
    Defect(
        "a hook's script is not there",
        _stop('python3 \\"¦${CLAUDE_PLUGIN_ROOT}/chek.py\\"'),
        (PLUGIN,),
        code="PL011",
    ),
    Defect(
        "agents lie in a folder of another name",
        {"agents/reviewer.md": None, "subagents/reviewer.md": _AGENT},
        (PLUGIN,),
        code="PL012",
        at=".claude-plugin/plugin.json",
    ),
    Defect(
        "agents lie in a folder with a capital",
        {"agents/reviewer.md": None, "Agents/reviewer.md": _AGENT},
        (PLUGIN,),
        code="PL012",
        at=".claude-plugin/plugin.json",
    ),
    Defect(
        "an agent is a link",
        {"team/writer.md": "---\nname: writer\ndescription: Writes modules. Use for new code.\n---\nYou write.\n"},
        (PLUGIN,),
        {"agents/writer.md": "../team/writer.md"},
        code="PL013",
        at=".claude-plugin/plugin.json",
    ),
    Defect(
        "a denied tool is misspelt", _settings('{"permissions": {"deny": [¦"Bsh(rm *)"]}}'), (PROJECT,), code="PL014"
    ),
    Defect(
        "an allowed tool is gone", _settings('{"permissions": {"allow": ["Read", ¦"LS"]}}'), (PROJECT,), code="PL014"
    ),
)
