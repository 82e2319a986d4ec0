"""Tricky commands in which nothing is wrong."""

from __future__ import annotations

from tests.planted.plain import PLUGIN, PROJECT, Content, Valid, command

_HINT = "argument-hint: <branch>"
_HEAD = "---\ndescription: Review and ship a branch\n---\n"


def _command(path: str, text: str) -> dict[str, Content]:
    return {f"commands/{path}": text}


VALID_COMMANDS: tuple[Valid, ...] = (
    Valid(
        "a project's command without frontmatter",
        _command("ship.md", "Ship the branch.\n"),
        (PROJECT,),
    ),
    Valid(
        "a plugin's command hidden from the model",
        _command("ship.md", "---\ndisable-model-invocation: true\n---\nShip it.\n"),
        (PLUGIN,),
    ),
    Valid(
        "a guard in a project's command",
        command(
            "allowed-tools: Bash(git push:*)",
            "hooks:",
            "  PreToolUse:",
            "    - matcher: Bash",
            "      hooks:",
            "        - {type: command, command: ./guard.sh}",
            body="Push the branch.",
        ),
        (PROJECT,),
    ),
    Valid(
        "marks that are no shell lines",
        command(body="!important\n\n- !gitignore\n\n```python\n!git status\n```\n\nShip it."),
    ),
    Valid("all arguments", command(_HINT, body="Ship $ARGUMENTS and nothing else.")),
    Valid("arguments by number", command('argument-hint: "<from> <to>"', body="Merge $0 into $1.")),
    Valid(
        "arguments by index", command('argument-hint: "<from> <to>"', body="Merge $ARGUMENTS[0] into $ARGUMENTS[1].")
    ),
    Valid(
        "arguments by name",
        command("arguments: [from, to]", 'argument-hint: "<from> <to>"', body="Merge $from into $to."),
    ),
    Valid(
        "arguments in paths",
        command(
            'argument-hint: "<feature> <step>"', body="Read plans/$0/plan.md and plans/$0/$1/, then say what is left."
        ),
    ),
    Valid("an escaped number", command(_HINT, body="Ship $ARGUMENTS with awk '{print \\$1}' and at most \\$50.")),
    Valid("a shell parameter in braces", command(_HINT, body="Ship $ARGUMENTS to ${HOME} with ${1:-main}.")),
    Valid("a hint in quotes", command('argument-hint: "[branch] [--fast]"', body="Ship $ARGUMENTS.")),
    Valid("a hint of one bracket", command("argument-hint: [branch]", body="Ship $ARGUMENTS.")),
    Valid("a shell command that only reads", command(body="State: !`git status --short`\n\nShip it.")),
    Valid(
        "a shell command within its grant",
        command("allowed-tools: Bash(git push:*)", body="Push: !`git push --dry-run`\n\nShip it."),
    ),
    Valid(
        "a test run that may fail and go on",
        command("allowed-tools: Bash(pytest:*)", body="Tests: !`pytest -q || true`\n\nMend it."),
    ),
    Valid(
        "a test run over two lines that goes on",
        command("allowed-tools: Bash(pytest:*)", body="```!\npytest -q \\\n  || true\n```\n\nMend it."),
    ),
    Valid(
        "a test run that goes on in the next line",
        command("allowed-tools: Bash(pytest:*)", body="```!\npytest -q ||\n  true\n```\n\nMend it."),
    ),
    Valid(
        "a user's words within a narrow grant",
        command(_HINT, "allowed-tools: Bash(git log:*)", body="Log: !`git log -- $ARGUMENTS`"),
    ),
    Valid(
        "grants in a list",
        command("allowed-tools:", "  - Read", "  - Bash(git diff:*)", "  - mcp__github__create_pr", body="Ship it."),
    ),
    Valid(
        "grants with commas inside",
        command("allowed-tools: Bash(git add:*), Bash(git commit:*), Edit(src/**)", body="Ship it."),
    ),
    Valid(
        "what git has in every repository, and what a failure of it does not end",
        command(
            body="Now: !`git diff HEAD -- HEAD~2`, !`git log -5 --format=%h..%s HEAD`\n"
            "Then: !`git diff HEAD~3 | head -5`, !`git diff HEAD~3 || true`, !`git diff origin/main; git status`\n"
            "And: !`git describe --always`, !`git show HEAD^{commit}`, !`git diff '@' HEAD..`"
        ),
    ),
    Valid(
        "what a project knows of its repository",
        command(body="Changes: !`git diff HEAD~3 --stat`, !`git log main..HEAD`, !`git describe --tags`\n\nShip it."),
        (PROJECT,),
    ),
    Valid(
        "shell commands that only read, nested in a text",
        command(body='State: !`echo "On $(git branch --show-current), last tag: $(git describe --tags || echo none)"`'),
    ),
    Valid(
        "a shell command over several lines, with comments",
        command(body="```!\n# what's new\ngit log --oneline \\\n  --since='1 week ago' | head -20\n```\n\nShip it."),
    ),
    Valid(
        "a granted command behind a limit and with variables",
        command("allowed-tools: Bash(npm test:*)", body="Tests: !`CI=1 timeout 60 npm test || true`\n\nShip it."),
    ),
    *(
        Valid(f"a shell command that does not fail: {text}", command(body=f"State: !`{text}`\n\nShip it."))
        for text in (
            "find docs -name '*.md' 2>/dev/null",
            "ls -la 2>/dev/null",
            "cat notes.md 2>/dev/null | head -5",
            "cat notes.md 2>/dev/null || echo none",
            "[ -f a.md ] && [ -f b.md ]",
            "if [ -f a.md ]; then cat a.md; fi",
        )
    ),
    Valid("a price with a letter, escaped", command(_HINT, body="Estimate $ARGUMENTS. Above \\$50k, ask first.")),
    Valid("code that looks like a shell block", command(body="Write `x !` before `y` and ship it.")),
    *(
        Valid(f"a grant of {pattern}", command(f"allowed-tools: Read, Bash({pattern})", body="Ship it."))
        for pattern in (
            *("awk -F, *", "cut -d, -f1 *", "kubectl get pods,svc:*", "git log --format=%h,%s", "npm run test:*:unit"),
            *("[ -f *", "rm -rf node_modules/.*", "pytest -m a,b *", 'git commit -m "a, b"', "* --version"),
        )
    ),
    Valid("a search and a shell in a grant", command("allowed-tools: Read, Grep, Glob, Bash(ls:*)", body="Ship it.")),
    Valid("a fork with a built-in agent", command("context: fork", "agent: Explore", body="Explain the branch.")),
    Valid("a fork with an agent in a list", command("context: fork", "agent: [Explore]", body="Explain the branch.")),
    Valid("when to use it, in a list", command("when_to_use: [After a review]", "effort: [med]", body="Ship it.")),
    Valid(
        "a fork with the project's agent",
        command("context: fork", "agent: reviewer", body="Review the branch."),
        (PROJECT,),
    ),
    Valid(
        "a fork with the plugin's agent",
        command("context: fork", "agent: shop:reviewer", body="Review the branch."),
        (PLUGIN,),
    ),
    Valid("a command that calls an agent", command(body="Start the `reviewer` agent, then `Explore` for the rest.")),
    Valid(
        "a model, an effort and when to use it",
        command("model: haiku", "effort: low", "when_to_use: After a review.", body="Ship it."),
    ),
    Valid(
        "a command in a subfolder",
        _command("git/sync.md", "---\ndescription: Bring the branch up to date\n---\nRebase.\n"),
    ),
    Valid(
        "a command with Windows line ends",
        _command("ship.md", "---\r\ndescription: Review and ship\r\n---\r\nShip it.\r\n"),
    ),
    Valid("a command's name in another script", _command("\u767a\u9001.md", _HEAD + "Ship it.\n")),
    Valid("an accent of its own in a command's name", _command("cafe\u0301.md", _HEAD + "Ship it.\n")),
    Valid("an emoji in a command's name", _command("ship-\u2764\ufe0f.md", _HEAD + "Ship it.\n")),
    Valid("a colon and a word in a command's name", _command("anthropic-skills-x:\u00e9.md", _HEAD + "Ship it.\n")),
    Valid("a README beside a project's agents", {"agents/README.md": "# Our agents\n"}, (PROJECT,)),
)
