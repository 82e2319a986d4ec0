"""Planted defects of manifests and folders: PL."""

from __future__ import annotations

from tests.planted.plain import BASE, PLUGIN, PROJECT, Content, Defect, manifest

_AGENT = BASE["agents/reviewer.md"]


def _market(text: str) -> dict[str, Content]:
    return {".claude-plugin/marketplace.json": text + "\n"}


def _needing(dependency: str) -> dict[str, Content]:
    """The base plugin in a marketplace beside another, `desk`, with what it needs."""
    return {
        **_market(
            '{"name": "tools", "owner": {"name": "Ana"}, "plugins": '
            '[{"name": "shop", "source": "./"}, {"name": "desk", "source": "./desk"}]}'
        ),
        **manifest('{"name": "shop", "dependencies": [' + dependency + "]}"),
        "desk/.claude-plugin/plugin.json": '{"name": "desk", "version": "1.0.0"}\n',
        "desk/commands/sit.md": "---\ndescription: Sit down\n---\nSit down.\n",
    }


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
        "a command of the manifest counts its arguments from one",
        manifest(
            '{"name": "shop", "commands": {"go": {"description": "Goes", '
            '"content": "---\\nargument-hint: <who>\\n---\\nSay \\"bye\\" \\ud83d\\ude00 to ¦$1.\\n"}}}'
        ),
        (PLUGIN,),
        code="CM002",
    ),
    Defect(
        "a command of the manifest reads a document that is not there",
        manifest(
            '{"name": "shop", "commands": {"go": {"description": "Goes", "content": '
            '"Go by `¦${CLAUDE_PLUGIN_ROOT}/ways.md`."}}}'
        ),
        (PLUGIN,),
        code="RF001",
    ),
    Defect(
        "the text of a command stands in a marketplace's entry",
        _market(
            '{"name": "tools", "owner": {"name": "Ana"}, "plugins": '
            '[{"name": "shop", "source": "./", "commands": {"go": {"content": ¦"Go on.", "description": "Goes"}}}]}'
        ),
        (PLUGIN,),
        code="PL001",
    ),
    Defect(
        "a command of the manifest has a number for its description",
        manifest('{"name": "shop", "commands": {"go": {"content": "Go.", "description": ¦7}}}'),
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        "a server stands without a name",
        manifest(
            '{"name": "shop", "mcpServers": ¦{"type": "stdio", "command": "db", "args": ["db.js"], "env": {"A": "b"}, '
            '"timeout": 5, "alwaysLoad": true}}'
        ),
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        "a server in a list has its name in it",
        manifest('{"name": "shop", "mcpServers": [¦{"name": "db", "command": "db", "args": ["db.js"]}]}'),
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        "a language server stands without a name",
        manifest('{"name": "shop", "lspServers": ¦{"command": "ls", "extensionToLanguage": {".py": "python"}}}'),
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
    Defect(
        "a plugin is for older clients alone",
        manifest('{"name": "shop", "engines": {"claude-code": ¦"^1.0.0"}}'),
        (PLUGIN,),
        code="PL002",
    ),
    Defect("a schema is a number", manifest('{"$schema": ¦7, "name": "shop"}'), (PLUGIN,), code="PL002"),
    Defect(
        "a name among dependencies begins with a dash",
        manifest('{"name": "shop", "dependencies": [¦"-till"]}'),
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        "a dependency's marketplace is no name",
        manifest('{"name": "shop", "dependencies": [{"name": "till", "marketplace": ¦"a/b"}]}'),
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        "a plugin needs one that its marketplace does not have",
        _needing('¦"till"'),
        (PLUGIN,),
        code="PL019",
    ),
    Defect(
        "a plugin needs one by the name in its plugin.json",
        _needing('¦"desk-tools"') | {"desk/.claude-plugin/plugin.json": '{"name": "desk-tools"}\n'},
        (PLUGIN,),
        code="PL019",
    ),
    Defect(
        "a plugin needs one of another marketplace, which is not allowed",
        _needing('¦{"name": "desk", "marketplace": "others"}'),
        (PLUGIN,),
        code="PL019",
    ),
    Defect(
        "a plugin needs a version that is no range",
        _needing('{"name": "desk", "version": ¦"latest"}'),
        (PLUGIN,),
        code="PL019",
    ),
    Defect(
        "a plugin needs a newer version than the one that is here",
        _needing('{"name": "desk", "version": ¦"^2.0.0"}'),
        (PLUGIN,),
        code="PL019",
    ),
    Defect(
        "an entry needs itself",
        _market(
            '{"name": "tools", "owner": {"name": "Ana"}, "plugins": '
            '[{"name": "shop", "source": "./", "dependencies": [¦"shop"]}]}'
        ),
        (PLUGIN,),
        code="PL019",
    ),
    Defect(
        "an entry needs one of another marketplace, which is not allowed",
        _market(
            '{"name": "tools", "owner": {"name": "Ana"}, "plugins": '
            '[{"name": "shop", "source": "./", "dependencies": [¦"till@others"]}]}'
        ),
        (PLUGIN,),
        code="PL019",
    ),
    *(
        Defect(f"a plugin's settings.json {how}", {"settings.json": text}, (PLUGIN,), code=code)
        for how, text, code in [
            ("does not parse", '{"agent": "reviewer"¦,}\n', "PL001"),
            ("has a byte order mark", '¦\ufeff{"agent": "reviewer"}\n', "PL001"),
            ("names an agent that is not there", '{"agent": ¦"reviewr"}\n', "PL020"),
            ("names an agent of the plugin that is not there", '{"agent": ¦"shop:ghost"}\n', "PL020"),
            ("has a blank behind an agent's name", '{"agent": ¦"shop:reviewer "}\n', "PL020"),
            ("has a list of agents", '{"agent": ¦["reviewer"]}\n', "PL020"),
            ("denies tools", '{"agent": "reviewer", ¦"permissions": {"deny": ["WebFetch"]}}\n', "PL020"),
            ("has hooks", '{¦"hooks": {"Stop": []}}\n', "PL020"),
            ("has a misspelt key", '{¦"agents": "reviewer"}\n', "PL020"),
            ("has a status line that is a text", '{"subagentStatusLine": ¦"ls"}\n', "PL020"),
        ]
    ),
    Defect(
        "the settings in plugin.json name an agent that is not there",
        manifest('{"name": "shop", "settings": {"agent": ¦"ghost"}}') | {"settings.json": "{}\n"},
        (PLUGIN,),
        code="PL020",
    ),
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
        "a source has a dot as a step of its path",
        {
            **_market(
                f'{{"name": "tools", "owner": {{"name": "Ana"}}, "plugins": [{_ENTRY}, '
                '{"name": "desk", "source": ¦"./till/./desk"}]}'
            ),
            "till/desk/commands/sit.md": "---\ndescription: Sit down\n---\nSit down.\n",
        },
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
        "a server of .mcp.json stands without a name",
        {".mcp.json": '{"mcpServers": ¦{"type": "stdio", "command": "db", "args": ["db.js"], "env": {"A": "b"}}}\n'},
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        ".mcp.json is a server itself",
        {".mcp.json": '¦{"command": "db", "args": ["db.js"]}\n'},
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        "a server of .mcp.json lacks its command",
        {".mcp.json": '{"mcpServers": {"db": ¦{"args": ["db.js"]}}}\n'},
        (PLUGIN,),
        code="PL002",
    ),
    Defect(".mcp.json does not parse", {".mcp.json": '{"mcpServers": {}¦,}\n'}, (PLUGIN,), code="PL001"),
    Defect(
        "a marketplace's name reads like Anthropic's own",
        _market('{"name": ¦"claude-plugins-ana", "owner": {"name": "Ana"}, "plugins": [' + _ENTRY + "]}"),
        (PLUGIN,),
        code="PL007",
    ),
    Defect(
        "a marketplace's entry has an event of newer clients",
        _market(
            '{"name": "tools", "owner": {"name": "Ana"}, "plugins": [{"name": "shop", "source": "./", '
            '"hooks": {¦"DirectoryAdded": []}}]}'
        ),
        (PLUGIN,),
        code="PL007",
    ),
    Defect(
        "a loose entry names hooks beside a plugin.json",
        _market(
            '{"name": "tools", "owner": {"name": "Ana"}, "plugins": [{"name": "shop", "source": "./", '
            '"strict": ¦false, "hooks": {}}]}'
        ),
        (PLUGIN,),
        code="PL001",
    ),
    Defect(
        "a named command is a link out of the plugin",
        {
            **manifest('{"name": "shop", "commands": [¦"./go.md"]}'),
            "../away/go.md": "---\ndescription: Goes there\n---\nGo.\n",
        },
        (PLUGIN,),
        {"go.md": "../away/go.md"},
        code="PL001",
    ),
    Defect(
        "a named file of hooks is a link out of the plugin",
        {**manifest('{"name": "shop", "hooks": ¦"./more.json"}'), "../away/more.json": '{"hooks": {}}\n'},
        (PLUGIN,),
        {"more.json": "../away/more.json"},
        code="PL005",
    ),
    Defect(
        "a marketplace's plugin is fetched by an address in place of a name",
        _market(
            '{"name": "tools", "owner": {"name": "Ana"}, "plugins": [{"name": "shop", "source": '
            '{"source": "github", "repo": ¦"https://github.com/ana/shop"}}]}'
        ),
        (PLUGIN,),
        code="PL007",
    ),
    Defect(
        "a marketplace's plugin comes from a source of newer clients",
        _market(
            '{"name": "tools", "owner": {"name": "Ana"}, "plugins": [{"name": "shop", "source": '
            '¦{"source": "archive", "url": "https://example.com/shop.zip"}}]}'
        ),
        (PLUGIN,),
        code="PL007",
    ),
    Defect(
        "a marketplace's plugin needs one that is not there",
        _market(
            '{"name": "tools", "owner": {"name": "Ana"}, "plugins": [{"name": "shop", "source": "./", '
            '"dependencies": [¦"till"]}]}'
        ),
        (PLUGIN,),
        code="PL007",
    ),
    Defect(
        "an option of the user is chosen from a list without a default",
        manifest(
            '{"name": "shop", "userConfig": {"key": {"type": "string", "title": "Key", "description": "A key", '
            '¦"options": ["a"]}}}'
        ),
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        "a plugin's dependency has a space",
        manifest('{"name": "shop", "dependencies": [¦"a till"]}'),
        (PLUGIN,),
        code="PL002",
    ),
    Defect(
        "an agent is a link that became a text",
        {"agents/clerk.md": "¦../agents/reviewer.md"},
        code="PL023",
    ),
    Defect(
        "a command is a link that became a text",
        {"commands/open.md": "¦../commands/ship.md"},
        code="PL023",
    ),
    Defect(
        "a project's skills are a link that became a text", {"skills": "¦../.claude/agents"}, (PROJECT,), code="PL023"
    ),
)
