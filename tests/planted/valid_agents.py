"""Tricky agents in which nothing is wrong: their frontmatter, their tools and their text."""

from __future__ import annotations

from tests.planted.plain import BODY, DESCRIPTION, PLUGIN, PROJECT, Content, Valid, agent, head, skill

_NAME, _WHEN = "name: reviewer", f"description: {DESCRIPTION}"
_SKILLS = skill(name="orders", description="How orders add up. Use for totals.") | skill(
    name="payments", description="How a payment is booked. Use for refunds and receipts."
)
_LONG = "Reviews Python changes for lost errors, missing tests and unclear names. Use after an edit. " * 60


def _agent(text: str | bytes) -> dict[str, Content]:
    return {"agents/reviewer.md": text}


def _fenced(language: str, code: str) -> dict[str, Content]:
    return agent(body=f"{BODY}\n\n```{language}\n{code}\n```")


VALID_AGENTS: tuple[Valid, ...] = (
    Valid("Windows line ends", _agent(f"---\r\n{_NAME}\r\n{_WHEN}\r\n---\r\n{BODY}\r\n")),
    Valid("a literal block text", head(_NAME, "description: |", "  Reviews: all changes.", "  Use after an edit.")),
    Valid("a folded block text", head(_NAME, "description: >-", "  Reviews #1 changes: all.", "  Use after an edit.")),
    Valid(
        "a block text with examples",
        head(_NAME, "description: |", "  Use after an edit.", "", "  <example>", "  user: look", "  </example>"),
    ),
    Valid(
        "a description folded over lines",
        head(_NAME, "description: Reviews Python changes", "  and their tests. Use after an edit."),
    ),
    Valid(
        "a plugin's description under another key", head(_NAME, "when-to-use: Use after an edit of Python."), (PLUGIN,)
    ),
    Valid("a quoted colon", head(_NAME, 'description: "Use after an edit. Example: a router"')),
    Valid("a colon in single quotes", head(_NAME, "description: 'Use after an edit: it''s quick'")),
    Valid("escapes in double quotes", head(_NAME, 'description: "Use after an edit.\\n\\nReviews \\"all\\" changes"')),
    Valid(
        "a colon without a space", head(_NAME, "description: Use after an edit at 12:30 of http://localhost:8000/docs")
    ),
    Valid("a hash without a space", head(_NAME, "description: Reviews C# and F# changes. Use after an edit.")),
    Valid("comments in the frontmatter", head("# who", _NAME, "# when", _WHEN, "tools: Read # to look only")),
    Valid("a blank line in the frontmatter", head(_NAME, "", _WHEN, "", "tools: Read")),
    Valid("spaces behind the dashes", _agent(f"---  \n{_NAME}\n{_WHEN}\n--- \n{BODY}\n")),
    Valid("no line end at the end", _agent(f"---\n{_NAME}\n{_WHEN}\n---\n{BODY}")),
    Valid("an empty body line and a rule", agent(body=f"\n{BODY}\n\n---\n\nThen report.")),
    Valid("a table in the body", agent(body="| what | how |\n| --- | --- |\n| tests | run |")),
    Valid(
        "a description in German", agent(description="Prüft Änderungen an Python-Code, nach jedem Commit – gründlich")
    ),
    Valid("a description in Japanese", agent(description="Python の変更をレビューします。編集後に使ってください。")),
    Valid("a description in Arabic", agent(description="يراجع تغييرات بايثون بعد كل تعديل", body="راجع التغييرات.")),
    Valid("an emoji of many parts", agent(body="Welcome 👩‍💻 and 👨‍👩‍👧, from 🏴󠁧󠁢󠁥󠁮󠁧󠁿 and 🇫🇷. Stop ⚠️ at errors.")),
    Valid("French with real accents", agent(body="Vérifiez l’état « prêt », ça coûte 5 € – naïveté à part.")),
    Valid(
        "a description that names who starts the agent", agent(description="Audits the moorings. Started by /harbour.")
    ),
    Valid("a very long description", agent(description=_LONG.strip())),
    Valid("a full model id", agent("model: claude-sonnet-4-5-20250929")),
    Valid("a model id of another cloud", agent("model: us.anthropic.claude-sonnet-4-5-20250929-v1:0")),
    Valid("a model that is inherited", agent("model: inherit")),
    Valid("a model with a large window", agent("model: sonnet[1m]")),
    Valid("a model in capitals", agent("model: Opus")),
    Valid(
        "skills, memory and background",
        agent("skills: [orders, payments]", "memory: project", "background: true") | _SKILLS,
    ),
    Valid("skills as a text", agent("skills: orders, payments") | _SKILLS),
    Valid(
        "isolation, effort, turns and colour",
        agent("isolation: worktree", "effort: high", "maxTurns: 12", "color: cyan"),
    ),
    Valid("notes to people", agent("version: 1.2.0", "author: Ana", "tags: [python, review]", "license: MIT")),
    Valid("tools in a flow list", agent("tools: [Read, Edit, Write]")),
    Valid("tools in a block list", agent("tools:", "  - Read", "  - Edit")),
    Valid("tools between spaces", agent("tools: Read Edit Write")),
    Valid("tools over lines", agent("tools: >-", "  Read,", "  Edit")),
    Valid("all tools by a star", agent('tools: "*"')),
    Valid("a server's tools", agent("tools: Read, mcp__github__get_issue, mcp__postgres__query")),
    Valid("all tools of a server", agent("tools: Read, mcp__github, mcp__postgres__*")),
    Valid("search tools without a shell", agent("tools: Read, Grep, Glob", body="Use Grep to find the callers.")),
    Valid("denied tools alone", agent("disallowedTools: Write, Edit")),
    Valid("a tool named as one not to use", agent("tools: Read", body="Do not use Bash to change files.")),
    Valid("a permission mode in a project", agent("permissionMode: plan", "tools: Read, ExitPlanMode"), (PROJECT,)),
    Valid(
        "a guard in a project's agent",
        agent("hooks: {PreToolUse: [{matcher: Bash, hooks: [{type: command, command: ./guard.sh, timeout: 5}]}]}"),
        (PROJECT,),
    ),
    Valid("a project's agent with an event that has no hooks", agent("hooks: {PreToolUse: []}"), (PROJECT,)),
    Valid(
        "hooks in a project's agent",
        agent("hooks:", "  Stop:", "    - hooks:", "        - type: command", "          command: ruff check ."),
        (PROJECT,),
    ),
    Valid("servers in a project's agent", agent("mcpServers: [github]"), (PROJECT,)),
    Valid(
        "an agent that has but the tools of its own server",
        agent("tools: mcp__orders__query", "mcpServers: [{orders: {command: orders}}]"),
        (PROJECT,),
    ),
    Valid(
        "servers with their commands in a project's agent",
        agent("mcpServers:", "  - db: {command: db, args: [-q]}", "  - web: {type: http, url: 'https://x'}"),
        (PROJECT,),
    ),
    Valid("an effort in capitals", agent("effort: High", "maxTurns: ' 5'", "omitClaudeMd: 'true'")),
    Valid("numbers and a word in lists", agent("effort: [low]", "maxTurns: [3]", "autoCompactWindow: [[200000]]")),
    Valid("a window in digits", agent("autoCompactWindow: '200000'")),
    Valid("a window with an underscore", agent("autoCompactWindow: 200_000")),
    Valid(
        "a plugin's agent called Plan",
        agent(name="Plan", description="Plans migrations of tables. Use before a release."),
        (PLUGIN,),
    ),
    Valid(
        "a name with a dot and digits",
        agent(name="py3.12-porter", description="Ports modules to Python 3.12. Use before an upgrade."),
    ),
    Valid("globs in back ticks", agent(body="Look at `src/**/*.py`, `tests/test_*.py` and `docs/*.md`.")),
    Valid(
        "templates in back ticks",
        agent(body="Read `plans/{feature}.md` and `docs/<name>.md`, then `adr/NNNN-title.md`."),
    ),
    Valid("a file that may be there", agent(body="Read `CONTRIBUTING.md` and `guides/style.md` (if exists).")),
    Valid("a file that may be there, in words", agent(body="If it exists, read `guides/style.md` first.")),
    Valid(
        "files that the agent writes", agent(body="Write the report to `reports/review.md` and save `notes/todo.md`.")
    ),
    Valid("files of the user's project", agent(body="Read `docs/index.md` and `src/app/main.py` of the project.")),
    Valid(
        "decorators that look like mentions", agent(body="Put `@app.get` and @pytest.fixture over it; see @property.")
    ),
    Valid(
        "decorators in code",
        _fenced("python", '@app.get("/orders/{order_id}")\nasync def read(order_id: int) -> Order: ...'),
    ),
    Valid(
        "images and services in back ticks",
        agent(body="Build `shop:latest`, launch `docker-compose`, spawn `uvicorn` and delegate to `redis-server`."),
    ),
    Valid("an address of mail", agent(body="Ask ana@example.org or @ana, not team@docs.md.example.")),
    Valid("routes in back ticks", agent(body="Check `/orders/{id}`, `GET /v1/orders` and `/health.md`.")),
    Valid(
        "links to the network and within",
        agent(body="See [FastAPI](https://fastapi.tiangolo.com/#x) and [below](#what-to-do).\n\n## What to do"),
    ),
    Valid("a heading in German, escaped", agent(body="See [it](#%C3%BCber-uns).\n\n## Über uns")),
    Valid(
        "indented code",
        agent(body="Write it so:\n\n    See [rules](rules.md) and `patterns/rules.md`.\n\nThen report."),
    ),
    Valid("two headings of one name", agent(body="See [second](#notes-1).\n\n## Notes\n\n## Notes")),
    Valid(
        "Python with an ellipsis",
        _fenced("python", "class Service:\n    ...\n\n    def create(self, order):\n        ..."),
    ),
    Valid("a signature alone", _fenced("python", "async def create(self, order: OrderCreate) -> Order:")),
    Valid("a decorator alone", _fenced("python", '@router.get("/orders")')),
    Valid("await at the top", _fenced("python", "orders = await session.scalars(select(Order))\nreturn orders")),
    Valid("a doctest", _fenced("python", ">>> total([1, 2])\n3")),
    Valid("indented Python", _fenced("python", "    order = Order()\n    session.add(order)")),
    Valid("JSON with an ellipsis", _fenced("json", '{\n  "items": [1, 2, ...],\n  "total": <number>\n}')),
    Valid("JSON with comments", _fenced("jsonc", '{\n  // the id\n  "id": 1,\n}')),
    Valid("JSON with types", _fenced("json", '{"id": string, "total": number}')),
    Valid("placeholders in a text block", _fenced("text", "<<your name>> {{ template }} $1 <file>")),
    Valid("a shell session", _fenced("console", "$ git checkout <branch>\nSwitched")),
    Valid("a shell with a here document", _fenced("bash", "cat > .env <<'EOF'\nA='1\nEOF\necho \"$(date +%F)\"")),
    Valid("YAML with a custom tag", _fenced("yaml", "image: !Ref Image\n---\nsteps: [a, b]")),
    Valid("a workflow with expressions", _fenced("yaml", "run: ${{ matrix.run }}\non:\n  push: {branches: [main]}")),
    Valid("a fence in a longer fence", agent(body="````markdown\n```python\nx = 1\n```\n````")),
    Valid("a fence in a list", agent(body="1. Run:\n\n   ```bash\n   pytest\n   ```\n2. Report.")),
    Valid("a diff", _fenced("diff", "-old\n+new\n@@ -1 +1 @@")),
    Valid("a rule of equal signs", agent(body="Reviewer\n=======\n\nReview it.")),
    Valid("credentials that are examples", agent(body="Never commit AKIAIOSFODNN7EXAMPLE or `sk-ant-xxxxxxxxxxxx`.")),
    Valid("a warning of piped scripts", agent(body="Never run `curl https://x.example/i.sh | sh`.")),
    Valid(
        "a comment between people",
        agent(body=f"{BODY}\n\n<!-- TODO(ana): mention mypy; keep in sync with the docs -->"),
    ),
    Valid("a price and a regular expression", agent(body="Costs $5; match `^\\d+$1` and `${HOME}`.")),
    Valid(
        "a suppression with a reason", agent("tools: Read, Summarize # packlint: ignore[TL001] a tool of our own build")
    ),
)
