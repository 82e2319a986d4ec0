"""Planted defects of hooks in a frontmatter: FM019, and FM015 where the client never runs them."""

from __future__ import annotations

from tests.planted.plain import PLUGIN, PROJECT, Content, Defect, agent, command, skill

_GRANT = "allowed-tools: Bash(git push:*)"
_SHIP = "Review the current branch and ship it."
_HOOK = ("    - matcher: Bash", "      hooks:", "        - type: command", "          command: ./guard.sh")


def _command(*lines: str) -> dict[str, Content]:
    return command(_GRANT, *lines, body=_SHIP)


GUARD_DEFECTS: tuple[Defect, ...] = (
    Defect("hooks of a project's agent are a list", agent("hooks: ¦[]"), (PROJECT,), code="FM019"),
    Defect("hooks of a project's agent are a text", agent("hooks: ¦./guard.sh"), (PROJECT,), code="FM019"),
    Defect("hooks of a skill are a text", skill("hooks: ¦./guard.sh"), code="FM019"),
    Defect("hooks of a project's command are true", _command("hooks: ¦true"), (PROJECT,), code="FM019"),
    Defect("hooks of a plugin's command are a text", _command("¦hooks: ./guard.sh"), (PLUGIN,), code="FM019"),
    Defect("an agent's event is misspelt", agent("hooks:", "  ¦PostToolUsed:", *_HOOK), (PROJECT,), code="FM019"),
    Defect("a skill's event in small letters", skill("hooks:", "  ¦preToolUse:", *_HOOK), code="FM019"),
    Defect(
        "an event of a command is no list", _command("hooks:", "  PreToolUse: ¦./guard.sh"), (PROJECT,), code="FM019"
    ),
    Defect("an event of a skill is no list", skill("hooks:", "  Stop:", "    ¦matcher: x"), code="FM019"),
    Defect("a group is a text", agent("hooks: {PreToolUse: [¦./guard.sh]}"), (PROJECT,), code="FM019"),
    Defect(
        "a hook stands where its group belongs",
        _command("hooks:", "  PreToolUse:", "    - ¦matcher: Bash", "      command: ./guard.sh"),
        (PROJECT,),
        code="FM019",
    ),
    Defect("a group of a skill lacks hooks", skill("hooks: {Stop: [¦{matcher: x}]}"), code="FM019"),
    Defect(
        "a hook lacks its type", agent("hooks: {PreToolUse: [{hooks: [¦{command: ls}]}]}"), (PROJECT,), code="FM019"
    ),
    Defect(
        "a hook of a command lacks what it runs",
        _command("hooks: {PermissionRequest: [{hooks: [¦{type: command}]}]}"),
        (PROJECT,),
        code="FM019",
    ),
    Defect("a hook of an unknown type", skill("hooks: {Stop: [{hooks: [{type: ¦shell, command: ls}]}]}"), code="FM019"),
    Defect(
        "a hook's time is a text",
        skill("hooks:", "  Stop:", *_HOOK, "          timeout: ¦5s"),
        code="FM019",
    ),
    Defect(
        "a matcher is a list",
        agent("hooks:", "  PreToolUse:", "    - matcher: ¦[Bash]", *_HOOK[1:]),
        (PROJECT,),
        code="FM019",
    ),
    Defect("an event beside hooks in a command", _command("¦PreToolUse:", *_HOOK), code="FM019"),
    Defect("an event beside hooks in a project's agent", agent("¦PreToolUse:", *_HOOK), (PROJECT,), code="FM019"),
    Defect("an event beside hooks in a plugin's agent", agent("¦PreToolUse:", *_HOOK), (PLUGIN,), code="FM013"),
    Defect("an event beside hooks in a skill", skill("¦PermissionRequest: ask"), code="FM019"),
    Defect("hooks below a key that is not theirs", skill("¦guards:", "  PreToolUse:", *_HOOK), code="FM019"),
    Defect(
        "hooks within hooks", agent("hooks:", "  ¦hooks:", "    PreToolUse: [{hooks: []}]"), (PROJECT,), code="FM019"
    ),
    Defect(
        "a group in the place of events",
        _command("hooks: ¦{matcher: Bash, hooks: [{type: command, command: ls}]}"),
        (PROJECT,),
        code="FM019",
    ),
    Defect("a guard in a plugin's command", _command("¦hooks:", "  PreToolUse:", *_HOOK), (PLUGIN,), code="FM019"),
    Defect("hooks in a plugin's command", _command("¦hooks:", "  PostToolUse:", *_HOOK), (PLUGIN,), code="FM015"),
)
