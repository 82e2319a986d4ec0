"""Planted defects of references and snippets: RF and SN."""

from __future__ import annotations

from tests.planted.plain import PLUGIN, PROJECT, Content, Defect, agent, command

_ROOT = "${CLAUDE_PLUGIN_ROOT}"
_GRANT = f"allowed-tools: Read(/{_ROOT}/patterns/*.md)"
_ORDERS: dict[str, Content] = {"patterns/orders.md": "# Orders\n\nOne table, one service.\n"}
_SOURCE = "# region: create\nrouter = APIRouter()\n# endregion: create\n"
_BLOCK = "```python\nrouter = APIRouter()\n```"

REFERENCE_DEFECTS: tuple[Defect, ...] = (
    Defect("a link in a list's item leads nowhere", agent(body="- Look:\n\n    [rules](¦rules.md)"), code="RF001"),
    Defect(
        "a link below a list's paragraph leads nowhere",
        agent(body="- Look:\n\n  There are rules.\n\n    [rules](¦rules.md)"),
        code="RF001",
    ),
    Defect("a link in a paragraph leads nowhere", agent(body="Look:\n    [rules](¦rules.md)"), code="RF001"),
    Defect(
        "a document with a space in its name is not there",
        command(body='Follow ¦@".claude/patterns/our order.md" and ship.') | {"patterns/our orders.md": "# Orders\n"},
        (PROJECT,),
        code="RF001",
        also=("RF009",),
    ),
    Defect(
        "only the document itself names its folder",
        {**agent(body="Report."), "patterns/orders.md": "¦# Orders\n\nAll of `patterns/` is short.\n"},
        code="RF009",
    ),
    Defect(
        "an agent reads a document that is not there", agent(body="Read `¦patterns/routers.md` first."), code="RF001"
    ),
    Defect(
        "a command reads a document that is not there",
        command(body="Read `¦patterns/routers.md` first, then ship the branch."),
        code="RF001",
    ),
    Defect("a link leads to no file", agent(body="Follow [the routers](¦routers.md)."), code="RF001"),
    Defect(
        "a command inlines a plugin's file that is not there",
        command(body=f'Follow @"¦{_ROOT}/patterns/ship.md" to ship.'),
        (PLUGIN,),
        code="RF001",
    ),
    Defect(
        "a command inlines a project's file that is not there",
        command(body="Follow ¦@.claude/patterns/ship.md to ship."),
        (PROJECT,),
        code="RF001",
    ),
    Defect(
        "a plugin's document is not there",
        agent(body=f"Read `¦{_ROOT}/patterns/routers.md` first."),
        (PLUGIN,),
        code="RF001",
    ),
    Defect(
        "a document links to a document that is not there",
        {
            **agent(body="Follow [the orders](../patterns/orders.md)."),
            "patterns/orders.md": "# Orders\n\nSee [the models](¦models.md).\n",
        },
        (PROJECT,),
        code="RF001",
    ),
    Defect(
        "a path differs in case",
        {**command(_GRANT, body=f"Follow `¦{_ROOT}/patterns/Orders.md` and ship."), **_ORDERS},
        (PLUGIN,),
        code="RF002",
    ),
    Defect(
        "a link differs in case",
        {**agent(body="Follow [the orders](¦../Patterns/orders.md)."), **_ORDERS},
        code="RF002",
    ),
    Defect("a link leaves the pack", agent(body="Follow [the notes](¦../../../shared/notes.md)."), code="RF003"),
    Defect(
        "a command of the plugin that is not there",
        agent(body="Hand off to `¦/shop:start`, and never start yourself."),
        (PLUGIN,),
        code="RF014",
    ),
    Defect(
        "a misspelt command of the plugin, in a block",
        command(body="Next time, type:\n\n```\n¦/shop:shp\n```"),
        (PLUGIN,),
        code="RF014",
    ),
    Defect(
        "a misspelt command with a Korean particle behind it",
        agent(body="다음은 ¦/shop:shp을 실행한다."),
        (PLUGIN,),
        code="RF014",
    ),
    Defect("a path below someone's home", agent(body="Read `¦/home/ana/notes/routers.md` first."), code="RF004"),
    Defect("a path below a Mac's home", agent(body="Read `¦/Users/ana/notes/routers.md` first."), code="RF004"),
    Defect(
        "a folder of an agent's memory on one machine",
        agent(body="Your memory is at `¦/Users/ana/work/shop/.claude/agent-memory/reviewer/`."),
        code="RF004",
    ),
    Defect(
        "the same folder on Windows",
        agent(body="Your memory is at `¦C:\\Users\\ana\\shop\\.claude\\agent-memory\\reviewer\\`."),
        code="RF004",
    ),
    Defect("a path below a tilde", command(body="Read `¦~/notes/ship.md` and ship the branch."), code="RF004"),
    Defect(
        "a variable without braces",
        {**command(_GRANT, body="Follow `¦$CLAUDE_PLUGIN_ROOT/patterns/orders.md` and ship."), **_ORDERS},
        (PLUGIN,),
        code="RF005",
    ),
    Defect(
        "a plugin's variable in a project's agent",
        {**agent(body=f"Read `¦{_ROOT}/patterns/orders.md` first."), **_ORDERS},
        (PROJECT,),
        code="RF006",
    ),
    Defect(
        "a plugin's variable in a project's command",
        {**command(body=f"Read `¦{_ROOT}/patterns/orders.md` and ship."), **_ORDERS},
        (PROJECT,),
        code="RF006",
    ),
    Defect(
        "a project's variable in a project's agent",
        {**agent(body="Read `¦${CLAUDE_PROJECT_DIR}/.claude/patterns/orders.md` first."), **_ORDERS},
        (PROJECT,),
        code="RF006",
    ),
    Defect(
        "a missing document in a sample of settings",
        {**agent(body='Give it:\n\n```json\n{"read": "¦${CLAUDE_PLUGIN_ROOT}/patterns/order.md"}\n```'), **_ORDERS},
        (PLUGIN,),
        code="RF001",
        also=("RF009",),
    ),
    Defect(
        "a plugin's folder in a project's agent",
        agent(body="Read what `¦${CLAUDE_PLUGIN_ROOT}` holds first."),
        (PROJECT,),
        code="RF006",
    ),
    Defect("a skill's variable in a command", command(body="Run `¦${CLAUDE_SKILL_DIR}/ship.sh` now."), code="RF006"),
    Defect(
        "a plugin's file by a project's path",
        {**agent(body="Read `¦patterns/orders.md` first."), **_ORDERS},
        (PLUGIN,),
        code="RF007",
    ),
    Defect("an anchor that is not there", agent(body="Follow [the rules](¦#naming-rules).\n\n## Names"), code="RF008"),
    Defect(
        "an anchor that is not in the document",
        {
            **command(_GRANT, body=f"Follow `{_ROOT}/patterns/orders.md` and ship."),
            "patterns/orders.md": "# Orders\n\nSee [totals](¦models.md#totals).\n",
            "patterns/models.md": "# Models\n\n## Sums\n",
        },
        (PLUGIN,),
        code="RF008",
    ),
    Defect(
        "a document that nobody reads",
        {
            **command(_GRANT, body=f"Follow `{_ROOT}/patterns/orders.md` and ship."),
            **_ORDERS,
            "patterns/models.md": "¦# Models\n",
        },
        (PLUGIN,),
        code="RF009",
    ),
    Defect(
        "a project's document that nobody reads",
        {"patterns/orders.md": "¦# Orders\n"},
        (PROJECT,),
        code="RF009",
    ),
    Defect("a command starts an agent that is not there", command(body="Start the `¦reveiwer` agent."), code="RF010"),
    Defect(
        "a call in a plugin names the plugin's agent without the plugin",
        command(body='Call it with subagent_type: "¦reviewer".'),
        (PLUGIN,),
        code="RF010",
    ),
    Defect(
        "a call names an agent that is not there", command(body='Call it with subagent_type: "¦ghost".'), code="RF010"
    ),
    Defect(
        "a command launches an agent by a name that is nearly right",
        command(body="Launch `¦reveiwer` on it."),
        code="RF010",
    ),
    Defect(
        "a command launches an agent that the plugin lacks",
        command(body="Launch `¦shop:test-writer` on it."),
        (PLUGIN,),
        code="RF010",
    ),
    Defect(
        "a name that could be one agent or the other",
        {
            **agent(name="re-viewer", description="Migrates the tables of a database. Use for a new column."),
            **command(body="Start the `¦Re_viewer` agent."),
        },
        code="RF010",
    ),
    Defect("a mention names an agent that is not there", command(body="Ask @agent-¦ghost to look."), code="RF010"),
    Defect(
        "a command reads a plugin's file without a grant",
        {**command(body=f"Follow `¦{_ROOT}/patterns/orders.md` and ship."), **_ORDERS},
        (PLUGIN,),
        code="RF011",
    ),
    *(
        Defect(
            f"a grant that does not cover a plugin's file: {grant}",
            {
                **command(
                    f"allowed-tools: {grant.replace('ROOT', _ROOT)}",
                    body=f"Follow `¦{_ROOT}/patterns/orders.md` and ship.",
                ),
                **_ORDERS,
            },
            (PLUGIN,),
            code="RF011",
        )
        for grant in ("Read(/ROOT/*.md)", "Read(**)", "Read(*)", "Edit(/ROOT/**)", "Read(/ROOT/patterns/{orders,x}.md)")
    ),
    Defect(
        "an agent reads a plugin's file without a grant",
        {**agent(body=f"Follow `¦{_ROOT}/patterns/orders.md` in a review."), **_ORDERS},
        (PLUGIN,),
        code="RF011",
    ),
    Defect(
        "a snippet's source is not there",
        agent(body=f"¦<!-- snippet: src/routers.py#create -->\n{_BLOCK}"),
        code="SN001",
    ),
    Defect(
        "a snippet's source differs in case",
        {**agent(body=f"¦<!-- snippet: src/Routers.py#create -->\n{_BLOCK}"), "src/routers.py": _SOURCE},
        code="SN001",
    ),
    Defect(
        "a snippet's region is not there",
        {**agent(body=f"¦<!-- snippet: src/routers.py#creat -->\n{_BLOCK}"), "src/routers.py": _SOURCE},
        code="SN002",
    ),
    Defect(
        "a snippet's region is never closed",
        {
            **agent(body=f"¦<!-- snippet: src/routers.py#create -->\n{_BLOCK}"),
            "src/routers.py": "# region: create\nrouter = APIRouter()\n",
        },
        code="SN002",
    ),
    Defect(
        "a snippet differs from its source",
        {
            **agent(body="<!-- snippet: src/routers.py#create -->\n```python\n¦router = Router()\n```"),
            "src/routers.py": _SOURCE,
        },
        code="SN003",
    ),
    Defect(
        "a snippet's comment has no code below it",
        {**agent(body="¦<!-- snippet: src/routers.py#create -->\nNo code."), "src/routers.py": _SOURCE},
        code="SN003",
    ),
    Defect(
        "a text stands between a snippet's comment and its code",
        {**agent(body=f"¦<!-- snippet: src/routers.py#create -->\nSo.\n\n{_BLOCK}"), "src/routers.py": _SOURCE},
        code="SN003",
    ),
)
