"""Planted defects of skills: their frontmatter, names, tools, arguments and shell commands."""

from __future__ import annotations

from tests.planted.plain import MARK, PLUGIN, PROJECT, SKILL, Content, Defect, agent, command, skill

_WHEN = f"description: {SKILL}"
_HINT = "argument-hint: <branch>"
_DIR = "${CLAUDE_SKILL_DIR}"
_READS = "allowed-tools: Read"


def _raw(text: str | bytes) -> dict[str, Content]:
    return {"skills/git/SKILL.md": text}


def _head(*lines: str, end: str = "---\n") -> dict[str, Content]:
    return _raw("---\n" + "".join(f"{line}\n" for line in lines) + f"{end}Commit small changes.\n")


def _skills(count: int, first_left_out: int) -> dict[str, Content]:
    """Skills with long descriptions, the mark at that of one."""
    marks = {first_left_out: MARK}
    description = "Use it for words. " * 62
    return {
        f"skills/s{number:02}/SKILL.md": f"---\ndescription: {marks.get(number, '')}{description}\n---\nDo it.\n"
        for number in range(count)
    }


SKILL_DEFECTS: tuple[Defect, ...] = (
    Defect("a skill without frontmatter", _raw("¦# Git\n\nCommit small changes.\n"), code="FM001"),
    Defect("a blank line before a skill's frontmatter", _raw(f"¦\n---\n{_WHEN}\n---\nCommit.\n"), code="FM002"),
    Defect("a heading before a skill's frontmatter", _raw(f"¦# Git\n---\n{_WHEN}\n---\nCommit.\n"), code="FM002"),
    Defect("a skill's frontmatter is never closed", _raw(f"¦---\n{_WHEN}\n\nCommit small changes.\n"), code="FM003"),
    Defect("a skill's frontmatter is a list", _head(f"¦- {_WHEN}"), code="FM004"),
    Defect("a skill's frontmatter is empty", _raw("---\n¦---\nCommit small changes.\n"), code="FM004"),
    Defect("a skill's description is quoted in part", _head('description: "Git rules" ¦for commits'), code="FM005"),
    Defect("a colon in a skill's description", _head("description: Git rules¦: use for commits"), code="FM006"),
    Defect("dashes in a skill's description", _head("description: Git rules ¦--- use for commits"), code="FM007"),
    Defect("a skill's key stands twice", _head(_WHEN, f"¦{_WHEN}"), code="FM008"),
    Defect("a skill's hint that is a date", skill("argument-hint: ¦2024-01-31", body="Ship $ARGUMENTS."), code="FM009"),
    Defect("a tag eats a skill's first word", _head("description: ¦!important use for commits"), code="FM010"),
    Defect("a comment cuts a skill's description", _head("description: Use for issues ¦# and pulls"), code="FM011"),
    Defect("a skill's grants are a number", skill("allowed-tools: ¦3"), code="FM012"),
    Defect("a skill's paths are a number", skill("paths: ¦3"), (PROJECT,), code="FM012"),
    Defect("a skill's description is a list", _head("description: ¦[commits, branches]"), code="FM012"),
    Defect("a skill's key in another spelling", skill("¦user_invocable: false"), code="FM013"),
    Defect("a skill's key that nobody knows", skill("¦trigger: on commit"), code="FM013"),
    Defect("an agent's tools in a skill", skill("¦tools: Read"), code="FM014"),
    Defect("a second denial in a skill", skill("disallowed-tools: Write", "¦disallowedTools: Bash"), code="FM014"),
    Defect("a skill's denial in another spelling", skill("¦disallowed_tools: Bash"), code="FM014"),
    Defect("a skill denies a tool that nobody has", skill("disallowed-tools: ¦Rwite"), code="TL001"),
    Defect("a skill denies a tool in small letters", skill("disallowedTools: ¦bash"), code="TL002"),
    Defect("a tool that a skill grants and denies", skill(_READS, "disallowed-tools: Write, ¦Read"), code="TL010"),
    Defect("a skill's denial is a number", skill("disallowed-tools: ¦3"), code="FM012"),
    Defect("a plugin's skill waits for files", skill("¦paths: '**/*.py'"), (PLUGIN,), code="FM015"),
    Defect("a skill's model that nobody has", skill("model: ¦gpt-4"), code="FM016"),
    Defect("a skill's context that nobody knows", skill("context: ¦inline"), code="FM017"),
    Defect("a skill's switch that older clients take for off", skill("user-invocable: ¦yes"), code="FM017"),
    Defect(
        "a command's switch that older clients take for off",
        command("disable-model-invocation: ¦'on'", body="Ship it."),
        code="FM017",
    ),
    Defect("a skill's switch without a value", skill("¦user-invocable:"), code="FM017"),
    Defect("a model of a skill with a dot", skill("model: ¦claude-3.5-sonnet"), code="FM016"),
    Defect(
        "a skill's argument without a place",
        skill("arguments: [from, ¦onto]", "argument-hint: <from> <onto>", body="Rebase $from."),
        code="CM012",
    ),
    Defect(
        "a command's argument in another spelling",
        command("arguments: branch release", "argument-hint: <branch> <release>", body="Ship $branch as ¦$relase."),
        code="CM012",
    ),
    Defect("a skill's switch that is neither on nor off", skill("disable-model-invocation: ¦maybe"), code="FM017"),
    Defect("more descriptions than the list has room for", _skills(24, first_left_out=21), code="DS005"),
    Defect(
        "a skill without a description, and a switch that is off", _head("¦disable-model-invocation: no"), code="FM018"
    ),
    Defect("a skill without a description", _raw("---\n¦license: MIT\n---\nCommit small changes.\n"), code="FM018"),
    Defect("a skill whose description is empty", _head("¦description:"), code="FM018"),
    Defect(
        "a skill whose description has a capital",
        _raw(f"---\n¦D{_WHEN[1:]}\n---\nCommit.\n"),
        code="FM018",
        also=("FM013",),
    ),
    Defect(
        "a plugin's skill has the name of a command",
        {"skills/ship/SKILL.md": f"¦---\n{_WHEN}\n---\nCommit small changes.\n"},
        (PLUGIN,),
        code="NM003",
    ),
    Defect(
        "a project's command has the name of a skill",
        {
            "commands/ship.md": "¦---\ndescription: Review and ship a branch\n---\nShip it.\n",
            **skill(name="ship"),
        },
        (PROJECT,),
        code="NM003",
    ),
    Defect(
        "two folders that a plugin calls by one name",
        {
            **skill(name="git flow"),
            "skills/git.flow/SKILL.md": "¦---\ndescription: Rebase rules. Use before a push.\n---\nRebase.\n",
        },
        (PLUGIN,),
        code="NM003",
    ),
    Defect(
        "a second skill with the same name",
        skill("name: git") | skill("name: ¦git", name="release", description="What a tag needs. Use before a release."),
        code="NM003",
    ),
    Defect(
        "a skill with the name of a built-in command",
        {"skills/clear/SKILL.md": f"¦---\n{_WHEN}\n---\nCommit small changes.\n"},
        (PROJECT,),
        code="NM004",
    ),
    Defect("a skill with another name than its folder", skill("name: ¦version-control"), code="NM005"),
    Defect("a skill whose name holds a space", skill("name: ¦Git rules"), code="NM005"),
    Defect("a skill grants a tool that nobody has", skill("allowed-tools: Read, ¦Grepp"), code="TL001"),
    Defect("a skill grants in small letters", skill("allowed-tools: ¦read"), code="TL002"),
    Defect("a skill grants a tool that is gone", skill("allowed-tools: [Read, ¦LS]"), code="TL003"),
    Defect("a skill grants a tool under its old name", skill("allowed-tools: ¦Task"), code="TL004"),
    Defect("a parenthesis in a skill's grant is never closed", skill("allowed-tools: ¦Bash(git *"), code="TL012"),
    Defect("a skill grants an agent that is not there", skill("allowed-tools: ¦Agent(ghost)"), code="TL014"),
    Defect(
        "a skill's grant for its folder lacks a slash",
        skill(f"allowed-tools: ¦Read({_DIR}/*.md)"),
        code="TL015",
    ),
    Defect("a skill's hint and no place for it", skill(f"¦{_HINT}"), code="CM001"),
    Defect("a skill's arguments and no hint", skill(body="Rebase ¦$ARGUMENTS and push."), code="CM001"),
    Defect("a skill without a hint counts from one", skill(body="Say what `plans/¦$1/plan.md` leaves."), code="CM002"),
    Defect("a skill gives an argument on, counted from one", skill(body="Then run `/ship ¦$1` once."), code="CM002"),
    Defect("a skill gives one on as others do, counted from one", skill(body="Run `@ship ¦$1`."), code="CM002"),
    Defect("a parameter in a skill's shell code", skill(body="Push:\n\n```bash\ngit push ¦$1\n```"), code="CM003"),
    Defect("a parameter in a skill's code span", skill(body="It runs `git push ¦$1` at the end."), code="CM003"),
    Defect("a skill counts from one", skill(_HINT, body="Rebase ¦$1 onto $2."), code="CM002"),
    Defect(
        "a price in a skill",
        skill(_HINT, body="Rebase $ARGUMENTS if it saves more than ¦$50 a month."),
        code="CM003",
    ),
    Defect(
        "a field of awk in a skill",
        skill(_HINT, body="Rebase $ARGUMENTS.\n\n```bash\ngit branch | awk '{print ¦$1}'\n```"),
        code="CM003",
    ),
    Defect(
        "a group of an expression in a skill",
        skill(body="Rename the branches.\n\n```perl\ns/(fix)-/¦$1\\//\n```"),
        code="CM003",
    ),
    Defect("a skill runs what nobody approved", skill(body="State: !`¦npm ci`\n\nThen commit."), code="CM004"),
    Defect(
        "a skill runs its own script and nobody approved",
        skill(body=f"State: !`¦bash {_DIR}/state.sh`\n\nThen commit.") | {"skills/git/state.sh": "git status\n"},
        code="CM004",
    ),
    Defect(
        "a plugin's skill reads a file of the plugin by a shell",
        skill(body=f"Rules: !`¦cat {_DIR}/rules.txt`\n\nThen commit.") | {"skills/git/rules.txt": "Small.\n"},
        (PLUGIN,),
        code="CM004",
    ),
    Defect(
        "a skill pastes what was typed into a shell",
        skill(_HINT, "allowed-tools: Bash(bash:*)", body="Log: !`git log ¦$ARGUMENTS`"),
        code="CM005",
        also=("SC003",),
    ),
    Defect(
        "a skill stops where a test fails",
        skill("allowed-tools: Bash(pytest:*)", body="Tests: !`¦pytest -q`\n\nThen commit."),
        code="CM006",
    ),
    Defect("a skill runs as an agent that is not there", skill("context: fork", "agent: ¦ghost"), code="CM008"),
    Defect(
        "a plugin's skill runs as an agent by its bare name",
        skill("context: fork", "agent: ¦reviewer"),
        (PLUGIN,),
        code="CM008",
    ),
    Defect("a skill names an agent and does not run as one", skill("¦agent: Explore"), code="CM009"),
    Defect(
        "a skill's folder holds a space",
        {"skills/git rules/SKILL.md": f"¦---\n{_WHEN}\n---\nCommit small changes.\n"},
        (PROJECT,),
        code="CM010",
    ),
    Defect("a skill lets every shell command run", skill("allowed-tools: ¦Bash(*)"), code="SC003"),
    Defect("a skill's description says little", skill(description="¦Helps with git"), code="DS001"),
    Defect(
        "two skills say the same",
        skill(description="¦How this team names branches, writes commits and pushes them. Use for git.")
        | skill(
            name="branches",
            description="How this team names branches, pushes commits and writes them. Use it for git.",
        ),
        code="DS002",
    ),
    Defect(
        "a skill's description is cut",
        skill(description="¦" + "Use for commits, branches, tags and notes of this team. " * 30),
        code="DS003",
    ),
    Defect("a very long skill", skill(body="¦" + "Commit small changes and push them. " * 700), code="DS004"),
    Defect(
        "an agent starts with a skill that is not there",
        agent("skills: ¦git-rules") | skill(),
        code="RF012",
    ),
    Defect(
        "an agent starts with a skill of this plugin that is not there",
        agent("skills: [git, ¦shop:gti]") | skill(),
        (PLUGIN,),
        code="RF012",
    ),
    Defect(
        "an agent starts with a skill in another case",
        agent("skills:", "  - ¦Git") | skill(),
        code="RF012",
    ),
    Defect(
        "an agent starts with a skill that is hidden from the model",
        agent("skills: ¦git") | skill("disable-model-invocation: true"),
        code="RF012",
    ),
    Defect(
        "an agent starts with a skill that waits for a file",
        agent("skills: ¦git") | skill("paths: '*.py'"),
        (PROJECT,),
        code="RF012",
    ),
    Defect(
        "an agent starts with a command that the model does not see",
        agent("skills: ¦ship") | {"commands/ship.md": "Review the branch and ship it.\n"},
        (PLUGIN,),
        code="RF012",
        also=("CM007",),
    ),
    Defect(
        "a command names a built-in by a skill's variable",
        command(body=f"Read `¦{_DIR}/rules.md` and ship the branch."),
        code="RF006",
    ),
)
