"""Planted defects of the frontmatter and of names: FM and NM."""

from __future__ import annotations

from tests.planted.plain import BODY, DESCRIPTION, PLUGIN, PROJECT, Content, Defect, agent, command, head

_NAME, _WHEN = "name: reviewer", f"description: {DESCRIPTION}"
_WHOLE = f"---\n{_NAME}\n{_WHEN}\n---\n{BODY}\n"


def _agent(text: str | bytes) -> dict[str, Content]:
    return {"agents/reviewer.md": text}


def _second(name: str, description: str, path: str) -> dict[str, Content]:
    return {path: f"---\nname: {name}\ndescription: {description}\n---\nYou write migrations.\n"}


_MIGRATIONS = "Writes Alembic migrations. Use when a model changes."

FRONTMATTER_DEFECTS: tuple[Defect, ...] = (
    Defect("an agent is larger than a prompt may be", _agent("¦" + _WHOLE + "x" * 1_050_000), code="FM000"),
    Defect("an agent has no frontmatter", _agent(f"¦{BODY}\n"), code="FM001"),
    Defect("an agent file is empty", _agent("¦"), code="FM001"),
    Defect("a README lies among a plugin's agents", {"agents/README.md": "¦# Our agents\n"}, (PLUGIN,), code="FM001"),
    Defect("a blank line stands before the frontmatter", _agent(f"¦\n{_WHOLE}"), code="FM002"),
    Defect("a comment stands before the frontmatter", _agent(f"¦<!-- May -->\n{_WHOLE}"), code="FM002"),
    Defect("a heading stands before the frontmatter", _agent(f"¦# Reviewer\n{_WHOLE}"), code="FM002"),
    Defect("a space stands before the frontmatter", _agent(f"¦ {_WHOLE}"), code="FM002"),
    Defect("a byte order mark stands before the frontmatter", _agent(f"¦\ufeff{_WHOLE}"), code="FM002"),
    Defect(
        "a blank line stands before a command's frontmatter",
        {"commands/ship.md": "¦\n---\ndescription: Review and ship\n---\nShip the branch.\n"},
        code="FM002",
    ),
    Defect("a code fence is wrapped around the frontmatter", _agent(f"¦```yaml\n{_WHOLE}```\n"), code="FM002"),
    Defect("the frontmatter is never closed", _agent(f"¦---\n{_NAME}\n{_WHEN}\n\n{BODY}\n"), code="FM003"),
    Defect("three dots close the frontmatter", _agent(f"¦---\n{_NAME}\n{_WHEN}\n...\n{BODY}\n"), code="FM003"),
    Defect(
        "a command's frontmatter is never closed",
        {"commands/ship.md": "¦---\ndescription: Review and ship\n\nShip the branch.\n"},
        code="FM003",
    ),
    Defect("the frontmatter is empty", _agent(f"---\n¦---\n{BODY}\n"), code="FM004"),
    Defect("the frontmatter holds a comment alone", _agent(f"---\n¦# name: reviewer\n---\n{BODY}\n"), code="FM004"),
    Defect("the frontmatter is a list", _agent(f"---\n¦- {_NAME}\n- {_WHEN}\n---\n{BODY}\n"), code="FM004"),
    Defect("the frontmatter is a sentence", _agent(f"---\n¦Reviews Python changes\n---\n{BODY}\n"), code="FM004"),
    Defect("quotes stand inside quotes", head(_NAME, 'description: "Reviews "¦all" changes"'), code="FM005"),
    Defect("a quote is never closed", head(_NAME, 'description: ¦"Reviews changes. Use after an edit.'), code="FM005"),
    Defect("a bracket is never closed", head(_NAME, _WHEN, "tools: ¦[Read, Bash"), code="FM006", also=("TL012",)),
    Defect(
        "a bracket is never closed, and keys follow",
        head(_NAME, "tools: ¦[Read, Bash", _WHEN, "model: haiku"),
        code="FM006",
        also=("TL012",),
    ),
    Defect("a tab indents a list", head(_NAME, _WHEN, "tools:", "¦\t- Read"), code="FM006"),
    Defect(
        "a bracket in a list is never closed, and keys follow",
        head(_NAME, _WHEN, "tools:", "  - Read", "  - ¦[Grep", "model: haiku"),
        code="FM005",
    ),
    Defect(
        "a quote in a list is never closed, and keys follow",
        head(_NAME, _WHEN, "skills: [git]", "tools:", '  - ¦"Read', "  - Grep", "color: blue"),
        code="FM005",
    ),
    Defect(
        "a value with a colon runs over two lines",
        head(_NAME, "description: Use when¦: an edit is done", "  and then: report", "tools: Read"),
        code="FM005",
    ),
    Defect(
        "a colon in a description with Windows line ends",
        _agent(f"---\r\n{_NAME}\r\ndescription: Use when¦: an edit is done\r\n---\r\n{BODY}\r\n"),
        code="FM005",
    ),
    Defect(
        "a command's description has quotes inside quotes",
        command(body="Ship the branch.", description='"Review "¦all" and ship"'),
        code="FM005",
    ),
    Defect("a description holds a colon", head(_NAME, "description: Use after an edit. Example¦: new"), code="FM006"),
    Defect("a description begins with a mention", head(_NAME, "description: ¦@use after every edit"), code="FM006"),
    Defect("a description begins with a back tick", head(_NAME, "description: ¦`ruff` runs for edits"), code="FM006"),
    Defect(
        "a command's description holds a colon",
        command(body="Ship the branch.", description="Ship it¦: all of it"),
        code="FM006",
    ),
    Defect(
        "an argument-hint of two brackets",
        command("argument-hint: [branch] ¦[tag]", body="Ship $ARGUMENTS."),
        code="FM006",
    ),
    Defect(
        "three dashes stand inside a description",
        head(_NAME, "description: Reviews changes for errors ¦--- all of them", "tools: Read"),
        code="FM007",
    ),
    Defect(
        "a line of dashes stands in a block text",
        head(
            _NAME, "description: |", "  Reviews changes for errors.", "  ¦-----", "  Use after an edit.", "tools: Read"
        ),
        code="FM007",
    ),
    Defect("a key stands twice", agent("tools: Read", "¦tools: Read, Bash"), code="FM008"),
    Defect(
        "a command's description stands twice",
        command("¦description: Ship it", body="Ship the branch."),
        code="FM008",
    ),
    Defect("a name that older readers take for a boolean", agent(name="¦yes", description=_MIGRATIONS), code="FM009"),
    Defect(
        "a name that older readers take for a date", agent(name="¦2024-01-01", description=_MIGRATIONS), code="FM009"
    ),
    Defect(
        "a command's description that older readers take for a time",
        command(body="Wait, then ship.", description="¦12:30"),
        code="FM009",
    ),
    Defect("a tag eats a description's first word", agent(description="¦!important use after an edit"), code="FM010"),
    Defect(
        "an anchor eats a description's first word", agent(description="¦&all changes, after an edit"), code="FM010"
    ),
    Defect(
        "a tag eats a command's description",
        command(body="Ship the branch.", description="¦!now ship the branch"),
        code="FM010",
    ),
    Defect("a hash cuts a description", agent(description="Use for issues with C ¦#pragma lines"), code="FM011"),
    Defect(
        "a hash cuts a command's description",
        command(body="Ship the branch.", description="Ship the fix of ¦#12 to all"),
        code="FM011",
    ),
    Defect("tools are a mapping", agent("tools: ¦{Read: true}"), code="FM012"),
    Defect("tools are a number", agent("tools: ¦3"), code="FM012"),
    Defect("a description is a number", agent(description="¦42"), code="FM012"),
    Defect("a description is a list", agent(description="¦[Reviews, changes]"), code="FM012"),
    Defect("a description is an empty list", agent(description="¦[]"), code="FM012"),
    Defect("a command's description is an empty list", command(body="Ship.", description="¦[]"), code="FM012"),
    Defect("a plugin's agent has an empty list of hooks", agent("¦hooks: []"), (PLUGIN,), code="FM015"),
    Defect(
        "a plugin's agent sets no permission mode that exists", agent("¦permissionMode: yolo"), (PLUGIN,), code="FM015"
    ),
    Defect("a command's description is a list", command(body="Ship.", description="¦[Ship, it]"), code="FM012"),
    Defect("a key with an underscore for a capital", agent("¦max_turns: 5"), code="FM013"),
    Defect("a project's agent has a plugin's key", agent("¦when-to-use: Later."), (PROJECT,), code="FM013"),
    Defect("a misspelt key", agent("¦modle: haiku"), code="FM013"),
    Defect("a command's key is misspelt", command("¦argument-hnit: x", body="Ship the branch."), code="FM013"),
    Defect("an agent with a command's tools key", agent("¦allowed-tools: Read"), code="FM014"),
    Defect("a command with an agent's tools key", command("¦tools: Read", body="Ship the branch."), code="FM014"),
    Defect("a plugin's agent sets its permission mode", agent("¦permissionMode: plan"), (PLUGIN,), code="FM015"),
    Defect(
        "a plugin's agent has hooks",
        agent("¦hooks:", "  Stop:", "    - hooks:", "        - type: command", "          command: ls"),
        (PLUGIN,),
        code="FM015",
    ),
    Defect("a plugin's agent has servers", agent("¦mcpServers: [github]"), (PLUGIN,), code="FM015"),
    Defect("a model alias is misspelt", agent("model: ¦sonet"), code="FM016"),
    Defect("a model's name is that of the brochure", agent("model: ¦Claude Sonnet 4.5"), code="FM016"),
    Defect("a model that is nothing but a suffix", agent('model: ¦"[1m]"'), code="FM016"),
    Defect("a suffix behind inherit", agent("model: ¦inherit[1m]"), code="FM016"),
    Defect("a model of another maker", agent("model: ¦gpt-4o"), code="FM016"),
    Defect("a command's model is misspelt", command("model: ¦haiuk", body="Ship the branch."), code="FM016"),
    Defect("an effort that does not exist", agent("effort: ¦extreme"), code="FM017"),
    Defect("an effort in two words", agent("effort: ¦[low, high]"), code="FM017"),
    Defect("a command's effort that does not exist", command("effort: ¦extreme", body="Ship it."), code="FM017"),
    Defect("an effort in numbers", agent("effort: ¦30"), code="FM017"),
    Defect("a plugin's agent elsewhere", agent("isolation: ¦remote"), (PLUGIN,), code="FM017"),
    Defect("turns with an underscore", agent("maxTurns: ¦1_000"), code="FM017"),
    Defect("a window that is too small", agent("autoCompactWindow: ¦50000"), code="FM017"),
    Defect("servers in a mapping", agent("mcpServers:", "  ¦db:", "    command: db"), (PROJECT,), code="FM012"),
    Defect(
        "a remote server without a type", agent("mcpServers:", "  - ¦db: {url: 'https://x'}"), (PROJECT,), code="FM017"
    ),
    Defect(
        "two servers in one item",
        agent("mcpServers:", "  - ¦a: {command: a}", "    b: {command: b}"),
        (PROJECT,),
        code="FM017",
    ),
    Defect(
        "a server with a number", agent("mcpServers:", "  - ¦a: {command: a, env: {P: 1}}"), (PROJECT,), code="FM017"
    ),
    Defect("a colour that does not exist", agent("color: ¦turquoise"), code="FM017"),
    Defect("a memory that does not exist", agent("memory: ¦global"), code="FM017"),
    Defect("an isolation that does not exist", agent("isolation: ¦container"), code="FM017"),
    Defect("no turn at all", agent("maxTurns: ¦0"), code="FM017"),
    Defect("a permission mode that does not exist", agent("permissionMode: ¦yolo"), (PROJECT,), code="FM017"),
    Defect("a command's context that does not exist", command("context: ¦spoon", body="Ship it."), code="FM017"),
    Defect("a description is left blank", head(_NAME, "¦description:"), code="FM018"),
    Defect("a description is an empty text", head(_NAME, '¦description: ""'), code="FM018"),
    Defect("no description at all", _agent(f"---\n¦{_NAME}\n---\n{BODY}\n"), code="FM018"),
    Defect("no name at all", _agent(f"---\n¦{_WHEN}\n---\n{BODY}\n"), code="NM001"),
    Defect("a name is left blank", head("¦name:", _WHEN), code="NM001"),
    Defect("a name is a number", head("name: ¦7", _WHEN), code="FM012"),
    Defect("a name begins with a hyphen", head("name: ¦-reviewer", _WHEN), code="NM002"),
    Defect("a name holds a colon", head("name: ¦python:reviewer", _WHEN), code="NM002"),
    Defect("a name holds a full-width colon", head("name: ¦python\uff1areviewer", _WHEN), code="NM002"),
    Defect("a name is too long", head(f"name: ¦{'reviewer' * 33}", _WHEN), code="NM002"),
    Defect("two agents have one name", _second("¦reviewer", _MIGRATIONS, "agents/writer.md"), code="NM003"),
    Defect(
        "two agents of a project's folders have one name",
        _second("¦reviewer", _MIGRATIONS, "agents/team/reviewer.md"),
        (PROJECT,),
        code="NM003",
    ),
    Defect("a project's agent is called Plan", agent(name="¦Plan", description=_MIGRATIONS), (PROJECT,), code="NM004"),
    Defect(
        "a project's agent is called general-purpose",
        agent(name="¦general-purpose", description=_MIGRATIONS),
        (PROJECT,),
        code="NM004",
    ),
    Defect(
        "a project's command is called review",
        {"commands/review.md": "¦---\ndescription: Review a branch\n---\nReview the branch.\n"},
        (PROJECT,),
        code="NM004",
    ),
    Defect("a name differs from the file's", _second("¦migrator", _MIGRATIONS, "agents/mig.md"), code="NM005"),
)
