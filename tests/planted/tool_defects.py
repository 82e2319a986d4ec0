"""Planted defects of tools: TL, in agents and in grants."""

from __future__ import annotations

from tests.planted.plain import BODY, PLUGIN, Content, Defect, agent, command

_SERVER: dict[str, Content] = {
    ".claude-plugin/plugin.json": '{"name": "shop", "mcpServers": {"my.db": {"command": "db"}}}\n'
}

TOOL_DEFECTS: tuple[Defect, ...] = (
    Defect(
        "an agent has a tool of the plugin's server by its short name",
        {**agent("tools: Read, ¦mcp__my_db__query"), **_SERVER},
        (PLUGIN,),
        code="TL016",
    ),
    Defect(
        "a command grants the tools of the plugin's server by its short name",
        {**command("allowed-tools: Read, ¦mcp__my_db", body="Ship the branch."), **_SERVER},
        (PLUGIN,),
        code="TL016",
    ),
    Defect(
        "an agent is denied a tool of a server in .mcp.json by its short name",
        {**agent("disallowedTools: ¦mcp__db__drop"), ".mcp.json": '{"db": {"command": "db"}}\n'},
        (PLUGIN,),
        code="TL016",
    ),
    Defect(
        "a plugin.json has no server and .mcp.json one",
        {
            **agent("disallowedTools: mcp__author__drop, ¦mcp__db__drop"),
            ".mcp.json": '{"db": {"command": "db"}}\n',
            ".claude-plugin/plugin.json": '{"name": "shop", "version": "1.0.0", "author": {"name": "Ann"}}\n',
        },
        (PLUGIN,),
        code="TL016",
    ),
    Defect("a tool that nobody has", agent("tools: Read, ¦Sumarize"), code="TL001"),
    Defect("a list item is a tool that nobody has", agent("tools:", "  - Read", "  - ¦Grepp"), code="TL001"),
    Defect("a denied tool that nobody has", agent("disallowedTools: ¦Rwite"), code="TL001"),
    Defect(
        "a command grants a tool that nobody has",
        command("allowed-tools: Read, ¦Bsh(git *)", body="Ship the branch."),
        code="TL001",
    ),
    Defect("all servers by a star", agent("tools: Read, ¦mcp__*"), code="TL001"),
    Defect("some tools of a server by a star", agent("tools: Read, ¦mcp__github__get_*"), code="TL001"),
    Defect("some tools of a server denied by a star", agent("disallowedTools: ¦mcp__github__delete_*"), code="TL001"),
    Defect("a server and no tool", agent("tools: Read, ¦mcp__github__"), code="TL001"),
    Defect("a tool of servers under its old name", agent("tools: Read, ¦ListMcpResources"), code="TL004"),
    Defect("a server's tool in capitals", agent("tools: [Read, ¦MCP__github__get_issue]"), code="TL002"),
    Defect("a tool in small letters", agent("tools: Read, ¦bash"), code="TL002"),
    Defect("a tool in capitals", agent("tools: [Read, ¦EDIT]"), code="TL002"),
    Defect("a tool with one wrong capital", agent("tools: Read, ¦Webfetch"), code="TL002"),
    Defect("a denied tool in small letters", agent("disallowedTools: ¦write"), code="TL002"),
    Defect("a command grants in small letters", command("allowed-tools: ¦read", body="Ship it."), code="TL002"),
    Defect("a tool that was renamed away", agent("tools: Read, ¦MultiEdit"), code="TL003"),
    Defect("a listing tool that is gone", agent("tools: Read, ¦LS"), code="TL003"),
    Defect("a list item is a tool that is gone", agent("tools:", "  - Read", "  - ¦NotebookRead"), code="TL003"),
    Defect("a command grants a tool that is gone", command("allowed-tools: Read, ¦LS", body="Ship it."), code="TL003"),
    Defect("a tool under its old name", agent("tools: Read, ¦Task"), code="TL004"),
    Defect("a tool under its older name", agent("tools: Read, ¦KillShell"), code="TL004"),
    Defect("tools are left blank", agent("¦tools:"), code="TL005"),
    Defect("tools are an empty list", agent("¦tools: []"), code="TL005"),
    Defect("tools are an empty text", agent('¦tools: ""'), code="TL005"),
    Defect("no tool of the list exists", agent("tools: ¦all"), code="TL006", also=("TL001",)),
    Defect("nothing but all servers by a star", agent("tools: ¦mcp__*"), code="TL006", also=("TL001",)),
    Defect("tools on lines of a block text", agent("tools: ¦|", "  Read", "  Edit"), code="TL006", also=("TL012",)),
    Defect("only a tool of the main thread", agent("tools: ¦AskUserQuestion"), code="TL006", also=("TL007",)),
    Defect("a tool of the main thread", agent("tools: Read, ¦AskUserQuestion"), code="TL007"),
    Defect("a tool of the main thread in a list", agent("tools:", "  - Read", "  - ¦TodoWrite"), code="TL007"),
    Defect("a tool of older main models", agent("tools: Read, ¦TaskCreate"), code="TL007"),
    Defect("a tool that is lost in the background", agent("tools: Read, ¦ReportFindings"), code="TL008"),
    Defect("a search tool beside a shell", agent("tools: Read, ¦Grep, Bash"), code="TL009"),
    Defect("a tool granted and denied", agent("tools: Read, Bash", "disallowedTools: ¦Bash"), code="TL010"),
    Defect(
        "a tool granted and denied by a pattern",
        agent("tools: Read, Bash", "disallowedTools: ¦Bash(rm *)"),
        code="TL010",
    ),
    Defect("a star among denied tools", agent("disallowedTools: [Bash, '¦*']"), code="TL010"),
    Defect(
        "a server's tool granted and the server denied",
        agent("tools: Read, mcp__db__query", "disallowedTools: Write, ¦mcp__db"),
        code="TL010",
    ),
    Defect("a pattern that restricts nothing", agent("tools: Read, ¦Bash(git *)"), code="TL011"),
    Defect("a path that restricts nothing", agent("tools: [¦Read(src/**), Edit]"), code="TL011"),
    Defect("a semicolon between tools", agent("tools: ¦Read; Write"), code="TL012"),
    Defect("a bar between tools", agent("tools: Read ¦| Write"), code="TL012"),
    Defect("a parenthesis is never closed", agent("tools: Read, ¦Bash(git *"), code="TL012"),
    Defect("back ticks around a tool", agent('tools: "Read, ¦`Write`"'), code="TL012"),
    Defect(
        "an agent is told to use a tool it lacks",
        agent("tools: Read", body="Save it with the `¦Write` tool."),
        code="TL013",
    ),
    Defect(
        "an agent is told to use what a shell displaces",
        agent("tools: Read, Bash", body="Use ¦Grep to find the callers."),
        code="TL013",
    ),
    Defect(
        "a list names an agent that is not there", agent("tools: Read, ¦Agent(ghost)"), code="TL014", also=("TL011",)
    ),
    Defect(
        "a command grants an agent that is not there",
        command("allowed-tools: ¦Agent(ghost)", body="Ship the branch."),
        code="TL014",
    ),
    Defect(
        "a grant for plugin files with one slash",
        {
            **command(
                "allowed-tools: ¦Read(${CLAUDE_PLUGIN_ROOT}/patterns/*.md)",
                body='Follow @"${CLAUDE_PLUGIN_ROOT}/patterns/orders.md" and ship the branch.',
            ),
            "patterns/orders.md": f"# Orders\n\n{BODY}\n",
        },
        (PLUGIN,),
        code="TL015",
    ),
    Defect(
        "two patterns in one pair of parentheses",
        command("allowed-tools: Read, ¦Bash(cargo:*, git:*)", body="Ship it."),
        code="TL017",
    ),
    Defect("two patterns with stars", command("allowed-tools: ¦Bash(cargo *,git *)", body="Ship it."), code="TL017"),
    Defect("choices in a pattern", command("allowed-tools: '¦Bash((cargo|git):*)'", body="Ship it."), code="TL017"),
    Defect("an expression as a pattern", command("allowed-tools: ¦Bash(^cargo.*)", body="Ship it."), code="TL017"),
    Defect("a pattern in quotes", command("allowed-tools: ¦Bash('cargo:*')", body="Ship it."), code="TL017"),
    Defect("two folders in one pattern", command("allowed-tools: ¦Edit(src/**, tests/**)", body="Ship."), code="TL017"),
    Defect("two denials in one", command("disallowed-tools: ¦Bash(rm:*, mv:*)", body="Ship it."), code="TL017"),
    Defect("two programs in one pattern", command("allowed-tools: ¦Bash(cargo, git)", body="Ship it."), code="TL017"),
)
