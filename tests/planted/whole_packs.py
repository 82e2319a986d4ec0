"""Packs whose files are sound one by one, and what the client makes of them together."""

from __future__ import annotations

from dataclasses import dataclass

from tests.planted.plain import BASE, PLUGIN, PROJECT, Sample, agent, manifest, skill

_WRITER = "---\nname: writer\ndescription: Writes modules. Use for new code.\n---\nYou write Python.\n"
_TESTER = "---\nname: writer\ndescription: Runs every test. Use before a release.\n---\nYou test Python.\n"
_SHIP = BASE["commands/ship.md"]
_NONE = {
    "skills/low/skill.md": _SHIP,
    "skills/caps/SKILL.MD": _SHIP,
    "skills/group/deep/SKILL.md": _SHIP,
    "skills/flat.md": _SHIP,
    "skills/empty/notes.md": _SHIP,
}
_SKILL = "---\ndescription: How this team uses git. Use for commits.\n---\nCommit small changes.\n"


@dataclass(frozen=True, slots=True)
class Whole(Sample):
    """A pack, and the names under which the client lists its agents, and its commands and skills."""

    agents: frozenset[str] = frozenset()
    commands: frozenset[str] = frozenset()


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


WHOLE: tuple[Whole, ...] = (
    Whole("a plugin", {}, (PLUGIN,), {}, _names("shop:reviewer"), _names("shop:ship")),
    Whole("a project", {}, (PROJECT,), {}, _names("reviewer"), _names("ship")),
    Whole(
        "two agents of a plugin with one name",
        {"agents/a.md": _WRITER, "agents/b.md": _TESTER},
        (PLUGIN,),
        {},
        _names("shop:reviewer shop:writer"),
        _names("shop:ship"),
    ),
    Whole(
        "two agents of a project's folders with one name",
        {"agents/a/x.md": _WRITER, "agents/b/x.md": _TESTER},
        (PROJECT,),
        {},
        _names("reviewer writer"),
        _names("ship"),
    ),
    Whole(
        "commands of a plugin whose names hold a space",
        {"commands/ship it.md": _SHIP, "commands/by hand/push.md": _SHIP},
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        frozenset(("shop:ship", "shop:ship it", "shop:by hand:push")),
    ),
    Whole(
        "commands and a skill of a project whose names hold a space",
        {"commands/ship it.md": _SHIP, "commands/by hand/push.md": _SHIP, "skills/by hand/SKILL.md": _SKILL},
        (PROJECT,),
        {},
        _names("reviewer"),
        frozenset(("ship", "ship it", "by hand:push", "by hand")),
    ),
    Whole(
        "commands that a plugin's manifest names and describes",
        {
            **manifest(
                '{"name": "shop", "commands": {"go": {"source": "./commands/ship.md"}, "say it": {"source": "./x.md"}, '
                '"all": {"source": "./more"}, "twice": {"source": "./x.md"}}}'
            ),
            "x.md": _SHIP,
            "more/one.md": _SHIP,
            "more/two.txt": _SHIP,
        },
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        frozenset(("shop:go", "shop:say it", "shop:one")),
    ),
    Whole(
        "folders of commands that a plugin's manifest names, one of which is a skill",
        {
            **manifest('{"name": "shop", "commands": ["./one", "./two", "./x.MD"]}'),
            "one/SKILL.md": _SHIP,
            "one/a.md": _SHIP,
            "one/sub/b.md": _SHIP,
            "two/c.md": _SHIP,
            "two/sub/d.md": _SHIP,
            "x.MD": _SHIP,
        },
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        _names("shop:one shop:c shop:sub:d"),
    ),
    Whole(
        "a plugin whose manifest is refused",
        {**manifest('{"name": "shop", "mcpServers": {"db": {"cmd": "db"}}}'), **skill()},
        (PLUGIN,),
    ),
    Whole(
        "agents and commands in subfolders of a plugin",
        {"agents/a/x.md": _WRITER, "agents/b/x.md": _TESTER, "commands/git/sync.md": _SHIP},
        (PLUGIN,),
        {},
        _names("shop:reviewer shop:a:writer shop:b:writer"),
        _names("shop:ship shop:git:sync"),
    ),
    Whole(
        "a command in a subfolder of a project",
        {"commands/git/sync.md": _SHIP},
        (PROJECT,),
        {},
        _names("reviewer"),
        _names("ship git:sync"),
    ),
    Whole(
        "a project's agent with the name of a built-in one",
        agent(name="Explore", description="Explores tables. Use before a release."),
        (PROJECT,),
        {},
        _names("reviewer Explore"),
        _names("ship"),
    ),
    Whole(
        "a plugin's agent with the name of a built-in one",
        agent(name="Explore", description="Explores tables. Use before a release."),
        (PLUGIN,),
        {},
        _names("shop:reviewer shop:Explore"),
        _names("shop:ship"),
    ),
    Whole(
        "a README among a plugin's agents",
        {"agents/README.md": "# Our agents\n"},
        (PLUGIN,),
        {},
        _names("shop:reviewer shop:README"),
        _names("shop:ship"),
    ),
    Whole(
        "a README among a project's agents",
        {"agents/README.md": "# Our agents\n"},
        (PROJECT,),
        {},
        _names("reviewer"),
        _names("ship"),
    ),
    Whole(
        "agents and commands that plugin.json names",
        {
            **manifest('{"name": "shop", "agents": ["./team/writer.md"], "commands": ["./orders/sum.md"]}'),
            "team/writer.md": _WRITER,
            "orders/sum.md": _SHIP,
        },
        (PLUGIN,),
        {},
        _names("shop:writer"),
        _names("shop:sum"),
    ),
    Whole(
        "an agent that plugin.json names is not there",
        manifest('{"name": "shop", "agents": ["./team/x.md", "./agents/reviewer.md"]}'),
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        _names("shop:ship"),
    ),
    Whole(
        "links inside a plugin's folders",
        {"team/writer.md": _WRITER, "orders/sum.md": _SHIP},
        (PLUGIN,),
        {"agents/writer.md": "../team/writer.md", "commands/sum.md": "../orders/sum.md"},
        _names("shop:reviewer"),
        _names("shop:ship"),
    ),
    Whole(
        "a plugin's agents folder is a link",
        {"agents/reviewer.md": None, "team/writer.md": _WRITER},
        (PLUGIN,),
        {"agents": "team"},
        _names("shop:writer"),
        _names("shop:ship"),
    ),
    Whole(
        "links inside a project's folders",
        {"team/writer.md": _WRITER, "orders/sum.md": _SHIP},
        (PROJECT,),
        {"agents/writer.md": "../team/writer.md", "commands/sum.md": "../orders/sum.md"},
        _names("reviewer writer"),
        _names("ship sum"),
    ),
    Whole(
        "a SKILL.md beside a plugin's commands",
        {"commands/git/SKILL.md": _SKILL, "commands/git/sync.md": _SHIP, "commands/git/deep/far.md": _SHIP},
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        _names("shop:ship shop:git"),
    ),
    Whole(
        "a SKILL.md beside a project's commands",
        {"commands/git/SKILL.md": _SKILL, "commands/git/sync.md": _SHIP, "commands/git/deep/far.md": _SHIP},
        (PROJECT,),
        {},
        _names("reviewer"),
        _names("ship git git:deep:far"),
    ),
    Whole(
        "a skill.md in small letters beside a plugin's commands",
        {"commands/git/skill.md": _SKILL, "commands/git/sync.md": _SHIP},
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        _names("shop:ship shop:git"),
    ),
    Whole(
        "a skill.md in small letters beside a project's commands",
        {"commands/git/skill.md": _SKILL, "commands/git/sync.md": _SHIP},
        (PROJECT,),
        {},
        _names("reviewer"),
        _names("ship git"),
    ),
    Whole(
        "a SKILL.md at the top of a plugin's commands",
        {"commands/SKILL.md": _SKILL, "commands/git/sync.md": _SHIP},
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        _names("shop:commands"),
    ),
    Whole(
        "a SKILL.md at the top of a project's commands",
        {"commands/SKILL.md": _SKILL, "commands/git/sync.md": _SHIP},
        (PROJECT,),
        {},
        _names("reviewer"),
        _names("commands git:sync"),
    ),
    Whole(
        "skills of a plugin and what is none",
        _NONE | skill() | skill(name="tags.v2") | skill("user-invocable: false", name="quiet"),
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        _names("shop:ship shop:git shop:tags-v2"),
    ),
    Whole(
        "skills of a project and what is none",
        _NONE | skill() | skill(name="tags.v2") | skill("user-invocable: false", name="quiet"),
        (PROJECT,),
        {},
        _names("reviewer"),
        _names("ship git tags.v2"),
    ),
    Whole(
        "skills with paths in a plugin",
        skill("paths: '*.py'") | skill("paths: '**'", name="tags"),
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        _names("shop:ship shop:git shop:tags"),
    ),
    Whole(
        "skills with paths in a project",
        skill("paths: '*.py'") | skill("paths: '**'", name="tags") | skill("paths: [src/**, '**']", name="push"),
        (PROJECT,),
        {},
        _names("reviewer"),
        _names("ship tags"),
    ),
    Whole(
        "skills of a plugin with names of their own",
        skill("name: other") | skill("name: two words", name="tags"),
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        _names("shop:ship shop:git shop:tags"),
    ),
    Whole(
        "a plugin's skill that a link gives a second name",
        {**manifest('{"name": "shop", "skills": ["./more"]}'), **skill()},
        (PLUGIN,),
        {"more/again": "../skills/git"},
        _names("shop:reviewer"),
        _names("shop:ship shop:git"),
    ),
    Whole(
        "a plugin's skill and command with one name",
        skill(name="ship"),
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        _names("shop:ship"),
    ),
    Whole(
        "a project's skill and command with one name",
        skill(name="ship"),
        (PROJECT,),
        {},
        _names("reviewer"),
        _names("ship"),
    ),
    Whole(
        "a SKILL.md at the top of a plugin's skills",
        {"skills/SKILL.md": _SKILL, **skill()},
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        _names("shop:ship shop:skills"),
    ),
    Whole(
        "a SKILL.md at the top of a plugin's skills with a name",
        {"skills/SKILL.md": _SKILL.replace("---\n", "---\nname: our rules\n", 1)},
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        _names("shop:ship shop:our-rules"),
    ),
    Whole(
        "a SKILL.md at the top of a project's skills",
        {"skills/SKILL.md": _SKILL, **skill()},
        (PROJECT,),
        {},
        _names("reviewer"),
        _names("ship git"),
    ),
    Whole(
        "a plugin that is a skill itself",
        {"SKILL.md": _SKILL.replace("---\n", "---\nname: rules\n", 1)},
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        _names("shop:ship shop:rules"),
    ),
    Whole(
        "a SKILL.md of a plugin beside its skills",
        {"SKILL.md": _SKILL, **skill()},
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        _names("shop:ship shop:git"),
    ),
    Whole(
        "folders of skills that plugin.json names",
        manifest('{"name": "shop", "skills": ["./more", "./one", "./skills/git"]}')
        | skill()
        | {"more/tags/SKILL.md": _SKILL, "more/group/deep/SKILL.md": _SKILL}
        | {"one/SKILL.md": _SKILL.replace("---\n", "---\nname: first\n", 1), "one/below/SKILL.md": _SKILL},
        (PLUGIN,),
        {},
        _names("shop:reviewer"),
        _names("shop:ship shop:git shop:tags shop:first"),
    ),
    Whole(
        "a plugin's links to skills",
        {"team/git/SKILL.md": _SKILL, "team/rules.md": _SKILL},
        (PLUGIN,),
        {"skills/git": "../team/git", "skills/rules/SKILL.md": "../../team/rules.md", "skills/gone": "../team/gone"},
        _names("shop:reviewer"),
        _names("shop:ship shop:git shop:rules"),
    ),
    Whole(
        "a project's links to skills",
        {"team/git/SKILL.md": _SKILL, "team/rules.md": _SKILL},
        (PROJECT,),
        {"skills/git": "../team/git", "skills/rules/SKILL.md": "../../team/rules.md", "skills/gone": "../team/gone"},
        _names("reviewer"),
        _names("ship git rules"),
    ),
)
