"""Planted defects of hooks and of a project's settings: PL."""

from __future__ import annotations

from tests.planted.plain import PLUGIN, PROJECT, Content, Defect, manifest


def _hooks(text: str) -> dict[str, Content]:
    return {"hooks/hooks.json": text + "\n"}


def _stop(command: str) -> dict[str, Content]:
    return _hooks('{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "' + command + '"}]}]}}')


def _settings(text: str) -> dict[str, Content]:
    return {"settings.json": text + "\n"}


HOOK_DEFECTS: tuple[Defect, ...] = (
    Defect("hooks.json does not parse", _hooks('{"hooks": {}¦,}'), (PLUGIN,), code="PL001"),
    Defect("settings.json does not parse", _settings('{"permissions": {}¦,}'), (PROJECT,), code="PL001"),
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
        "a guarding hook has no type",
        _hooks('{"hooks": {"PreToolUse": [{"hooks": [¦{"command": "ls"}]}]}}'),
        (PLUGIN,),
        code="PL008",
    ),
    Defect(
        "guarding hooks stand beside the others",
        _hooks('{"hooks": {"Stop": []}, ¦"_off": {"PreToolUse": [{"hooks": [{"type": "command", "command": "ls"}]}]}}'),
        (PLUGIN,),
        code="PL008",
    ),
    Defect(
        "guarding hooks stand at the top of plugin.json",
        manifest('{"name": "shop", ¦"PreToolUse": [{"hooks": [{"type": "command", "command": "ls"}]}]}'),
        (PLUGIN,),
        code="PL008",
        also=("PL006",),
    ),
    Defect(
        "a group of hooks stands in place of events",
        manifest('{"name": "shop", "hooks": ¦{"matcher": "Edit", "hooks": [{"type": "command", "command": "ls"}]}}'),
        (PLUGIN,),
        code="PL008",
    ),
    Defect("hooks are a list", _hooks('{"hooks": ¦[]}'), (PLUGIN,), code="PL008"),
    Defect(
        "hooks have a number for a description", _hooks('{"description": ¦7, "hooks": {}}'), (PLUGIN,), code="PL008"
    ),
    Defect("hooks begin with a byte order mark", _hooks('¦\ufeff{"hooks": {}}'), (PLUGIN,), code="PL001"),
    Defect(
        "a second file of hooks lacks its top",
        {**manifest('{"name": "shop", "hooks": ["./more.json"]}'), "more.json": '¦{"Stop": []}\n'},
        (PLUGIN,),
        code="PL008",
    ),
    Defect(
        "a hook of the settings has no command",
        _settings('{"hooks": {"Stop": [{"hooks": [¦{"type": "command"}]}]}}'),
        (PROJECT,),
        code="PL008",
    ),
    Defect(
        "a hook of the settings stands without a group",
        _settings('{"hooks": {"PreToolUse": [¦{"type": "command", "command": "ls"}]}}'),
        (PROJECT,),
        code="PL008",
    ),
    Defect(
        "an event of the settings is no list",
        _settings('{"hooks": {"PreToolUse": ¦{"hooks": [{"type": "command", "command": "ls"}]}}}'),
        (PROJECT,),
        code="PL008",
    ),
    Defect("the hooks of the settings are a text", _settings('{"hooks": ¦"x"}'), (PROJECT,), code="PL008"),
    Defect(
        "the settings keep guarding hooks under another name",
        _settings('{¦"_hooks": {"PreToolUse": [{"hooks": [{"type": "command", "command": "ls"}]}]}}'),
        (PROJECT,),
        code="PL008",
    ),
    Defect(
        "guarding hooks stand below no event",
        _hooks('{"hooks": {¦"off": {"PreToolUse": [{"hooks": [{"type": "command", "command": "ls"}]}]}}}'),
        (PLUGIN,),
        code="PL009",
    ),
    Defect(
        "an event is one of newer clients",
        _hooks('{"hooks": {¦"PreModelSwitch": [{"hooks": [{"type": "command", "command": "ls"}]}]}}'),
        (PLUGIN,),
        code="PL009",
    ),
    Defect(
        "the settings deny by a text", _settings('{"permissions": {"deny": ¦"WebFetch"}}'), (PROJECT,), code="PL016"
    ),
    Defect(
        "a setting is a text in place of true", _settings('{"includeCoAuthoredBy": ¦"false"}'), (PROJECT,), code="PL016"
    ),
    Defect("the status line has no type", _settings('{"statusLine": ¦{"command": "ls"}}'), (PROJECT,), code="PL016"),
    Defect("a mode does not exist", _settings('{"permissions": {"defaultMode": ¦"ask"}}'), (PROJECT,), code="PL016"),
    Defect(
        "a mode is one of newer clients",
        _settings('{"permissions": {"defaultMode": ¦"manual"}}'),
        (PROJECT,),
        code="PL016",
    ),
    Defect(
        "a marketplace of the settings is a text",
        _settings('{"extraKnownMarketplaces": {"tools": ¦"ana/tools"}}'),
        (PROJECT,),
        code="PL016",
    ),
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
        "a denied tool is misspelt", _settings('{"permissions": {"deny": [¦"Bsh(rm *)"]}}'), (PROJECT,), code="PL014"
    ),
    Defect(
        "two patterns in one denial",
        _settings('{"permissions": {"deny": [¦"Bash(rm *, mv *)"]}}'),
        (PROJECT,),
        code="TL017",
    ),
    Defect(
        "an allowed tool is gone", _settings('{"permissions": {"allow": ["Read", ¦"LS"]}}'), (PROJECT,), code="PL014"
    ),
    Defect(
        "an agent of the project is denied",
        _settings('{"permissions": {"deny": ["Bash(rm *)", ¦"Agent(reviewer)"]}}'),
        (PROJECT,),
        code="PL022",
    ),
    Defect(
        "all agents are denied by the tool's older name",
        _settings('{"permissions": {"deny": [¦"Task"]}}'),
        (PROJECT,),
        code="PL022",
    ),
    Defect(
        "an agent is to be denied in another case",
        _settings('{"permissions": {"deny": [¦"Agent(Reviewer)"]}}'),
        (PROJECT,),
        code="PL022",
    ),
    Defect(
        "agents are to be denied by a pattern",
        _settings('{"permissions": {"deny": [¦"Agent(review*)"]}}'),
        (PROJECT,),
        code="PL022",
    ),
    Defect(
        "two agents are to be denied by one rule",
        _settings('{"permissions": {"deny": [¦"Agent(Explore, reviewer)"]}}'),
        (PROJECT,),
        code="PL022",
    ),
    Defect("a rule allows by a star", _settings('{"permissions": {"allow": [¦"*"]}}'), (PROJECT,), code="PL017"),
    Defect("a rule lacks its end", _settings('{"permissions": {"ask": [¦"Bash(ls"]}}'), (PROJECT,), code="PL017"),
    Defect("a rule has nothing in it", _settings('{"permissions": {"allow": [¦"Bash()"]}}'), (PROJECT,), code="PL017"),
    Defect("a rule writes", _settings('{"permissions": {"deny": [¦"Write(src/**)"]}}'), (PROJECT,), code="PL017"),
    Defect(
        "a rule has its end inside",
        _settings('{"permissions": {"allow": [¦"Bash(npm:* test)"]}}'),
        (PROJECT,),
        code="PL017",
    ),
    Defect(
        "a rule searches by a star",
        _settings('{"permissions": {"allow": [¦"WebSearch(a*)"]}}'),
        (PROJECT,),
        code="PL017",
    ),
    Defect("a rule for any command", _settings('{"permissions": {"ask": [¦"Bash(:*)"]}}'), (PROJECT,), code="PL017"),
    Defect("a rule is a number", _settings('{"permissions": {"allow": ["Read", ¦7]}}'), (PROJECT,), code="PL017"),
    Defect(
        "a rule for files ends as one for commands",
        _settings('{"permissions": {"deny": [¦"Read(secrets:*)"]}}'),
        (PROJECT,),
        code="PL017",
    ),
    Defect(
        "a rule for pages names an address",
        _settings('{"permissions": {"allow": [¦"WebFetch(https://example.com)"]}}'),
        (PROJECT,),
        code="PL017",
    ),
    Defect(
        "a rule for an MCP tool has a pattern",
        _settings('{"permissions": {"allow": [¦"mcp__github__search(x)"]}}'),
        (PROJECT,),
        code="PL017",
    ),
    Defect(
        "a matcher is a permission",
        _hooks('{"hooks": {"PreToolUse": [{"matcher": ¦"Bash(git push:*)", "hooks": []}]}}'),
        (PLUGIN,),
        code="PL018",
    ),
    Defect(
        "a matcher is in small letters",
        _settings('{"hooks": {"PostToolUse": [{"matcher": ¦"Edit|write", "hooks": []}]}}'),
        (PROJECT,),
        code="PL018",
    ),
    Defect(
        "a matcher is misspelt",
        manifest('{"name": "shop", "hooks": {"PreToolUse": [{"matcher": ¦"Wrte", "hooks": []}]}}'),
        (PLUGIN,),
        code="PL018",
    ),
    Defect(
        "a matcher is a server",
        _hooks('{"hooks": {"PreToolUse": [{"matcher": ¦"mcp__issue-tracker", "hooks": []}]}}'),
        (PLUGIN,),
        code="PL018",
    ),
    Defect(
        "a matcher among others is what all MCP tools begin with",
        _settings('{"hooks": {"PostToolUse": [{"matcher": ¦"Edit, mcp__", "hooks": []}]}}'),
        (PROJECT,),
        code="PL018",
    ),
    Defect(
        "a timeout in milliseconds",
        _hooks('{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "ruff check .", "timeout": ¦30000}]}]}}'),
        (PLUGIN,),
        code="PL021",
    ),
    Defect(
        "a timeout of one and a half thousand",
        _settings('{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "ls", "timeout": ¦1500}]}]}}'),
        (PROJECT,),
        code="PL021",
    ),
)
