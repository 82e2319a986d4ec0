"""Planted defects of commands: CM."""

from __future__ import annotations

from tests.planted.plain import PLUGIN, Defect, command

_HINT = "argument-hint: <branch>"

COMMAND_DEFECTS: tuple[Defect, ...] = (
    Defect(
        "a parameter of a script within a command",
        command(_HINT, body="Ship $ARGUMENTS.\n\n```bash\nfind . -exec sh -c '\n  cat \"¦$1\"\n' _ {} \\;\n```"),
        code="CM003",
    ),
    Defect("a price that is not exact", command(_HINT, body="Ship $ARGUMENTS for ~¦$1/slot."), code="CM003"),
    Defect(
        "a parameter of a function outside of a block",
        command(_HINT, body='Ship $ARGUMENTS.\n\nship() {\n  git push origin "¦$1"\n}'),
        code="CM003",
    ),
    Defect("an argument behind a function", command(_HINT, body="ship() {\n  git push\n}\n\nShip ¦$1."), code="CM002"),
    Defect(
        "a field of an awk program that holds apostrophes and a semicolon",
        command(_HINT, body="Ship $ARGUMENTS:\n\n```bash\nawk '{printf \"a '\"'\"'b; c'\"'\"'\\n\", ¦$1}' list\n```"),
        code="CM003",
    ),
    Defect("a price by the hour", command(_HINT, body="Ship $ARGUMENTS for ¦$5/hour."), code="CM003"),
    Defect(
        "the second argument in a path, for the first",
        command(_HINT, body="Read plans/¦$1/ and plans/$1/plan.md first."),
        code="CM002",
    ),
    Defect(
        "a hint without a placeholder", command('¦argument-hint: "[branch]"', body="Ship the branch."), code="CM001"
    ),
    Defect(
        "arguments that are described one by one",
        command("arguments:", "  ¦- name: branch", "    required: true", body="Ship $branch."),
        code="FM017",
    ),
    Defect(
        "arguments, one of them a mapping",
        command("arguments: ¦[branch, {name: tag}]", "argument-hint: <branch> <tag>", body="Ship $branch as $tag."),
        code="FM017",
    ),
    Defect(
        "a shell line without back-ticks",
        command("allowed-tools: Bash(git diff:*)", body="The changes:\n\n¦!git diff --staged\n\nReview them."),
        code="CM014",
    ),
    Defect(
        "a shell line without back-ticks, in a list",
        command("allowed-tools: Bash(git log:*)", body="- Commits:\n  - ¦!git log -5 | cat\n\nReview them."),
        code="CM014",
    ),
    Defect(
        "a shell line without back-ticks, in a block",
        command("allowed-tools: Bash(git diff:*)", body="```diff\n¦!git diff HEAD\n```\n\nReview it."),
        code="CM014",
    ),
    Defect("a placeholder without a hint", command(body="Ship ¦$ARGUMENTS."), code="CM001"),
    Defect(
        "arguments counted from one",
        command("argument-hint: <old> <new>", body="Rename ¦$1 to $2."),
        code="CM002",
    ),
    Defect("one argument counted from one", command("argument-hint: <file>", body="Ship ¦$1 now."), code="CM002"),
    Defect(
        "a price that is taken for an argument",
        command("argument-hint: <change>", body="Ship $ARGUMENTS. Above ¦$50 a month, ask first."),
        code="CM003",
    ),
    Defect(
        "an awk field that is taken for an argument",
        command("argument-hint: <file>", body="Ship $ARGUMENTS.\n\n```bash\nls | awk '{print ¦$1}'\n```"),
        code="CM003",
    ),
    Defect("a shell command that nobody approved", command(body="Size: !`¦rm -rf build`\n\nShip it."), code="CM004"),
    Defect(
        "a shell command outside the grant",
        command("allowed-tools: Bash(git log:*)", body="Push: !`¦git push`\n\nShip it."),
        code="CM004",
    ),
    Defect("an option that needs a grant", command(body="Diff: !`¦git diff -U5`\n\nShip it."), code="CM004"),
    Defect(
        "a shell command that changes what the client guards",
        command("allowed-tools: Bash(mkdir:*)", body="Make: !`¦mkdir -p .claude/reports`\n\nShip it."),
        code="CM004",
    ),
    Defect(
        "git in another folder",
        command("allowed-tools: Bash(git:*)", body="State: !`¦cd web && git status`\n\nShip it."),
        code="CM004",
    ),
    Defect(
        "a copy with an option",
        command("allowed-tools: Bash(cp:*)", body="Copy: !`¦cp -r docs site`\n\nShip it."),
        code="CM004",
    ),
    Defect(
        "words of the user in a shell command",
        command("argument-hint: <file>", "allowed-tools: Bash", body="Log: !`git log -- ¦$ARGUMENTS`"),
        code="CM005",
        also=("SC003",),
    ),
    Defect(
        "a test run that may fail", command("allowed-tools: Bash(pytest:*)", body="Tests: !`¦pytest -q`"), code="CM006"
    ),
    Defect(
        "a test run behind what may fail",
        command("allowed-tools: Bash", body="Tests: !`¦ls src 2>/dev/null || true; pytest -q`"),
        code="CM006",
        also=("SC003",),
    ),
    Defect(
        "commits that a young repository lacks",
        command(body="Changes: !`¦git status --short && git diff --stat HEAD~3`\n\nShip it."),
        (PLUGIN,),
        code="CM006",
    ),
    Defect(
        "a branch that may have another name",
        command(body="Commits: !`¦git log --oneline main..HEAD`\n\nShip it."),
        (PLUGIN,),
        code="CM006",
    ),
    Defect(
        "a tag that may not be there",
        command(body="Release: !`¦git describe --tags`\n\nShip it."),
        (PLUGIN,),
        code="CM006",
    ),
    Defect("a file that may be missing", command(body="Notes: !`¦cat notes.md 2>/dev/null`\n\nShip it."), code="CM006"),
    Defect(
        "a test before a command",
        command(body="Notes: !`¦[ -f notes.md ] && cat notes.md | head`\n\nShip it."),
        code="CM006",
    ),
    Defect(
        "a linter that may fail",
        command("allowed-tools: Bash(ruff check:*)", body="Lint: !`¦ruff check .`\n\nMend it."),
        code="CM006",
    ),
    Defect(
        "a command has no description",
        {"commands/ship.md": "---\n¦argument-hint: <branch>\n---\nShip $ARGUMENTS.\n"},
        code="CM007",
    ),
    Defect(
        "a command's description is left blank",
        {"commands/ship.md": "---\n¦description:\nargument-hint: <branch>\n---\nShip $ARGUMENTS.\n"},
        code="CM007",
    ),
    Defect("a command without frontmatter", {"commands/ship.md": "¦Ship the branch.\n"}, (PLUGIN,), code="CM007"),
    Defect(
        "a plugin's command runs as an agent by its short name",
        command("context: fork", "agent: ¦reviewer", body="Ship the branch."),
        (PLUGIN,),
        code="CM008",
    ),
    Defect(
        "a command runs as an agent that is not there",
        command("context: fork", "agent: ¦ghost", body="Ship the branch."),
        code="CM008",
    ),
    Defect(
        "a command runs as two agents",
        command("context: fork", "agent: ¦[Explore, Plan]", body="Ship the branch."),
        code="CM008",
    ),
    Defect(
        "a command runs as an agent whose name has a blank behind it",
        command("context: fork", 'agent: ¦"Explore "', body="Ship the branch."),
        code="CM008",
    ),
    Defect(
        "a command names an agent and does not run as one",
        command("¦agent: Explore", body="Explain the branch."),
        code="CM009",
    ),
    Defect(
        "a command's file name holds a space",
        {"commands/ship it.md": "¦---\ndescription: Review and ship\n---\nShip the branch.\n"},
        code="CM010",
    ),
    Defect(
        "a SKILL.md hides the command beside it",
        {
            "commands/git/SKILL.md": "¦---\ndescription: How this team uses git\n---\nCommit small changes.\n",
            "commands/git/sync.md": "---\ndescription: Bring the branch up to date\n---\nRebase the branch.\n",
        },
        code="CM011",
    ),
    Defect(
        "a SKILL.md at the top of the commands hides them",
        {"commands/SKILL.md": "¦---\ndescription: How this team works\n---\nCommit small changes.\n"},
        code="CM011",
    ),
    Defect(
        "a skill.md in small letters hides the command beside it",
        {
            "commands/git/skill.md": "¦---\ndescription: How this team uses git\n---\nCommit small changes.\n",
            "commands/git/sync.md": "---\ndescription: Bring the branch up to date\n---\nRebase the branch.\n",
        },
        code="CM011",
    ),
)
