"""An agent is to start with a skill that is not there.

What it checks: the names under `skills`. The client puts the text of each skill that it finds before the agent's
task and passes over the others with a line in its debug log. It finds skills and commands by their names, in a
plugin with or without the plugin before them. A skill that is hidden from the model - by
`disable-model-invocation`, in a plugin for want of a description, in a project while it waits for the files in its
`paths` - is not found either.

Client 2.1.328 takes the first 32 names; one that comes again does not count, one that nobody has does.

A bare name that the pack does not have may be a skill of the person's own, so it is a warning; so is one in a
project that could belong to a plugin. The client's own skills and those of other plugins are taken to exist.

Evidence: measured with forty values of `skills` in both layouts.
Versions: 2.1.197, 2.1.328.

Bad (.claude-plugin/plugin.json):

    {"name": "shop"}

Bad (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    skills: shop:git-rules
    ---
    You review Python changes.

Bad (skills/git/SKILL.md):

    ---
    description: How this team uses git. Use for commits and branches.
    ---
    Commit small changes.

Good (.claude-plugin/plugin.json):

    {"name": "shop"}

Good (agents/reviewer.md):

    ---
    name: reviewer
    description: Reviews Python changes. Use after an edit.
    skills: shop:git
    ---
    You review Python changes.

Good (skills/git/SKILL.md):

    ---
    description: How this team uses git. Use for commits and branches.
    ---
    Commit small changes.
"""

from __future__ import annotations

from packlint.client import clients
from packlint.discovery.layout import Layout
from packlint.loading import preloads, switches
from packlint.loading.preloads import Preload
from packlint.pack import File, Kind, Pack
from packlint.problem import Edit, Finding, Fix, Severity
from packlint.text.spelling import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "RF012"
NAME = "unknown-skill"
SEVERITY = Severity.ERROR
KINDS = (Kind.AGENT,)

_TOLD = "clients 2.1.197 and 2.1.328 start the agent without it, and say so in the debug log alone"


def check(file: File, pack: Pack) -> Iterator[Finding]:
    if not file.agent(pack.client).loaded:
        return
    listed = list(preloads.find(file, pack))
    yield from _beyond(listed, pack)
    for preload in listed:
        name, token = preload.token.text, preload.token
        if preload.found or (preload.file is None and _is_anothers(name, pack)):
            continue
        if preload.file is not None:
            why = _why_hidden(preload.file, pack)
            yield Finding(token.start, token.end, f"the skill '{name}' is hidden from the model: {why}", _TOLD)
            continue
        yield _unknown(preload, pack)


def _beyond(listed: list[Preload], pack: Pack) -> Iterator[Finding]:
    """The first name for which newer clients have no room."""
    places = {preload.token.text: preload.token for preload in reversed(listed)}
    names = list(dict.fromkeys(preload.token.text for preload in listed))
    limits = {each.version: most for each in clients() if (most := each.most_preloaded_skills) is not None}
    for version, most in limits.items():
        if len(names) > most:
            token = places[names[most]]
            message = f"the list names {len(names)} skills; client {version} takes the first {most}"
            severity = Severity.ERROR if pack.client.measured in limits else Severity.WARNING
            told = "the agent starts without the others, and the debug log alone says so"
            yield Finding(token.start, token.end, message, told, severity=severity)


def _unknown(preload: Preload, pack: Pack) -> Finding:
    token = preload.token
    known = preloads.names(pack)
    near = nearest(token.text, known)
    hint = f"; did you mean '{near}'?" if near else ""
    is_ours = pack.layout is Layout.PLUGIN and token.text.startswith(f"{pack.name}:")
    is_slip = near is not None and near.lower() == token.text.lower()
    fix = Fix(f"write '{near}'", (Edit(token.start, token.end, near),), safe=False) if near else None
    message = f"no skill '{token.text}' in this pack{hint}"
    return Finding(token.start, token.end, message, _TOLD, fix, None if is_ours or is_slip else Severity.WARNING)


def _is_anothers(name: str, pack: Pack) -> bool:
    if ":" in name:
        return not name.startswith(f"{pack.name}:") if pack.layout is Layout.PLUGIN else True
    return name in pack.client.builtin_commands


def _why_hidden(file: File, pack: Pack) -> str:
    skill = file.command(pack.client)
    if file.unreadable:
        return "its file cannot be read"
    if skill.waits_for:
        return f"it waits for a file like {skill.waits_for[0]}"
    is_off = switches.hides(skill.frontmatter.values, pack.client)
    return "disable-model-invocation is set" if is_off else "it has no description"
