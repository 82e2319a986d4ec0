"""Planted defects of names and sizes for which the client passes over a command or a skill."""

from __future__ import annotations

from tests.planted.plain import PLUGIN, PROJECT, SKILL, Content, Defect, command, skill

_COMMAND = "¦---\ndescription: Review and ship a branch\n---\nShip the branch.\n"
_SKILL = f"¦---\ndescription: {SKILL}\n---\nCommit small changes.\n"


def _in_folder(name: str) -> dict[str, Content]:
    return {f"skills/{name}/SKILL.md": _SKILL}


NAME_DEFECTS: tuple[Defect, ...] = (
    Defect("a command's name with an angle bracket", {"commands/a<b.md": _COMMAND}, code="CM013"),
    Defect("a command without a name", {"commands/.md": _COMMAND}, code="CM013"),
    Defect("a command's name with two spaces", {"commands/ship  it.md": _COMMAND}, code="CM013"),
    Defect("a command's name that ends with a colon", {"commands/ship:.md": _COMMAND}, code="CM013"),
    Defect("a command's name with a blank that is no space", {"commands/ship\u00a0it.md": _COMMAND}, code="CM013"),
    Defect("a character that nobody sees in a command's name", {"commands/ship\u200b.md": _COMMAND}, code="CM013"),
    Defect(
        "folders that make a command's name too long", {f"commands/{'a' * 200}/{'b' * 60}.md": _COMMAND}, code="CM013"
    ),
    Defect("a further name that is not used", command("name: ¦<ship>", body="Ship it."), (PLUGIN,), code="CM013"),
    Defect("a skill's further name that is not used", skill("name: ¦a<b"), code="CM013"),
    Defect("a skill's folder with an angle bracket", _in_folder("a<b"), (PROJECT,), code="CM013"),
    Defect("a skill's folder that the client keeps for itself", _in_folder("synced"), (PROJECT,), code="CM013"),
    Defect("a command's name that is reserved", {"commands/anthropic-skills.md": _COMMAND}, (PROJECT,), code="CM013"),
    Defect("a further name that stays the client's", command("name: ¦init", body="Ship it."), (PLUGIN,), code="NM004"),
    Defect("a skill's further name that stays the client's", skill("name: ¦init"), code="NM004"),
    Defect("a skill's name that is reserved", skill("name: ¦anthropic-skills:git"), (PROJECT,), code="CM013"),
    Defect(
        "a command of more than a megabyte", {"commands/ship.md": _COMMAND + "And log it.\n" * 90_000}, code="FM000"
    ),
    Defect(
        "a project's skill of more than a million bytes",
        {"skills/git/SKILL.md": _SKILL + "And log it.\n" * 85_000},
        (PROJECT,),
        code="FM000",
    ),
    Defect(
        "an agent of more than a megabyte",
        {
            "agents/writer.md": "¦---\nname: writer\ndescription: Writes docs. Use after a change.\n---\n"
            + "W.\n" * 360_000
        },
        code="FM000",
    ),
    Defect(
        "a colon and a folder give two commands one name",
        {
            "commands/git:sync.md": "---\ndescription: Bring the branch up to date\n---\nRebase.\n",
            "commands/git/sync.md": "¦---\ndescription: Send the branch away\n---\nPush.\n",
        },
        code="NM003",
    ),
    Defect(
        "a command has the name of a skill among the commands",
        {"commands/git.md": "---\ndescription: Send the branch away\n---\nPush.\n", "commands/git/SKILL.md": _SKILL},
        code="NM003",
    ),
    Defect(
        "a link gives a command a second name",
        {"commands/rebase.md": "---\ndescription: Bring the branch up to date\n---\nRebase.\n"},
        (PROJECT,),
        links={"commands/sync.md": "rebase.md"},
        code="NM003",
        at="commands/sync.md",
    ),
    Defect(
        "a link gives a plugin's skill a second name",
        skill(),
        (PLUGIN,),
        links={"skills/sync": "git"},
        code="NM003",
        at="skills/sync/SKILL.md",
    ),
    Defect(
        "a command is a link to a skill",
        skill(),
        (PROJECT,),
        links={"commands/commit.md": "../skills/git/SKILL.md"},
        code="NM003",
        at="commands/commit.md",
    ),
)
