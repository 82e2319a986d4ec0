"""What the Claude Code client makes of one agent, command or skill file.

`load_agent` and `load_command` follow the client step by step for one layout and one version.
Evidence: tests/conformance, labelled by the real client, and the measurements named there.
"""

from __future__ import annotations

from packlint.client import Client
from packlint.discovery.layout import Layout
from packlint.frontmatter import JS_SPACE, Frontmatter, State
from packlint.loading import listing, models, naming, offered, switches, toolset
from packlint.memo import lru_cache
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@record(frozen=True)
class Role:
    """How a file is reached: its place below agents/, commands/ or skills/, and the pack around it.

    `in_skills`: it is a skill by its place, its `parts` are its own folder and SKILL.md. `alone`: that folder itself
    was named or found as a skill, not the folder around it. `called` is the name that a manifest gives a command, and
    `says` what the client takes from there in place of the frontmatter (measured).
    """

    layout: Layout
    plugin: str
    parts: tuple[str, ...]
    in_skills: bool = False
    alone: bool = False
    called: str = ""
    says: tuple[tuple[str, Any], ...] = ()

    @property
    def in_plugin(self) -> bool:
        return self.layout is Layout.PLUGIN

    @property
    def stem(self) -> str:
        return self.parts[-1].rpartition(".")[0]

    @property
    def own_name(self) -> str:
        """The file's name as the client takes it: an ending in capitals, as in a plugin, is part of it (measured)."""
        return self.parts[-1].removesuffix(".md")

    @property
    def is_skill(self) -> bool:
        """Whether the client makes a skill of this file, also among the commands, named after its folder (measured)."""
        return self.stem.lower() == "skill"

    @property
    def runs_hooks(self) -> bool:
        """Whether the client runs hooks that this command or skill brings: of a plugin only a skill's (measured)."""
        return not self.in_plugin or self.in_skills or self.is_skill

    def qualified(self, name: str) -> str:
        """The name by which a plugin's command is typed: plugin and folders before it; a skill is its own folder."""
        return ":".join((self.plugin, *self.parts[: -2 if self.is_skill else -1], name))


@record(frozen=True)
class Agent:
    """An agent as the client holds it.

    `loaded` says that it can be called at all, `degraded` that the client lost its metadata and
    uses its fallback. `reason` explains either. `launch_refused` is set where the client lists
    the agent and refuses to start it.
    """

    name: str
    invoke: str
    loaded: bool
    degraded: bool
    reason: str | None
    description: str
    tools: toolset.Toolset
    model: str
    ignored_fields: list[str]
    launch_refused: bool
    frontmatter: Frontmatter


@record(frozen=True)
class Command:
    """A slash command or a skill as the client holds it.

    `also` are further names by which it can be typed. `listed_as` is its name in the list that the
    model gets, `description` the text beside it, also where `hidden_from_model` says that only a
    person can call it. `user_invocable` is false where only the model can. A skill with `waits_for`
    is nobody's until the session reaches a file that these patterns match. `allowed_tools` is what it asks for,
    `grants_lost` why the client takes that away, `refused` why it takes nothing from the file.
    """

    name: str
    invoke: str
    also: list[str]
    loaded: bool
    hidden_from_model: bool
    user_invocable: bool
    listed_as: str
    description: str
    arguments: list[str]
    placeholders: list[str]
    arguments_reach_model: bool
    model: str
    allowed_tools: list[str]
    grants_lost: str | None
    waits_for: list[str]
    refused: str | None
    frontmatter: Frontmatter

    @property
    def granted(self) -> list[str]:
        """The grants that the client keeps."""
        return self.allowed_tools if self.grants_lost is None else []

    @property
    def typed_as(self) -> str | None:
        """The first of its names that can be typed."""
        return next((name for name in (self.invoke, *self.also) if not naming.fault_in_typing(name[1:])), None)


def load_agent(found: Frontmatter, role: Role, client: Client) -> Agent:
    """The agent that `client` makes of a file with this frontmatter."""
    plugin = role.layout is Layout.PLUGIN
    name, description = _plugin_agent(found.values, role, client) if plugin else _project_agent(found.values, role)
    reason = None if plugin else _why_dropped(found, client)
    loaded, degraded = reason is None, False
    if plugin and loaded and description is None:
        description, degraded = client.fallback_description(role.plugin), True
        reason = _why_lost(found, "description") or "description is not a usable text"
    plans = not plugin and found.values.get("permissionMode") == "plan"
    servers = None if plugin else found.values.get("mcpServers")
    tools = toolset.resolve(found.values, client, plans=plans, servers=servers)
    return Agent(
        name=name,
        invoke=":".join((role.plugin, *role.parts[:-1], name)) if plugin else name,
        loaded=loaded,
        degraded=degraded,
        reason=reason,
        description=description or "",
        tools=tools,
        model=models.resolve(found.values.get("model"), client),
        ignored_fields=[*_ignored_fields(tuple(found.values), role.layout, client)],
        launch_refused=loaded and tools.refused,
        frontmatter=found,
    )


def load_command(found: Frontmatter, role: Role, body: str, client: Client) -> Command:
    """The command or skill that `client` makes of a file with this frontmatter and body."""
    from packlint.prompts import arguments

    values = {**found.values, **dict(role.says)}
    declared = arguments.declared_names(values.get("arguments"))
    placeholders = arguments.placeholders(body, declared)
    names = naming.find(role, values.get("name"), client)
    described = listing.usable_text(values.get("description")) or listing.when_to_use(values)
    refused = offered.refusal(names.invoke, role, values.get("name"), client)
    return Command(
        name=names.name,
        invoke=f"/{names.invoke}",
        also=[f"/{name}" for name in names.also],
        loaded=refused is None and names.invoke != "",
        hidden_from_model=(role.in_plugin and not described) or switches.hides(values, client),
        user_invocable="user-invocable" not in values or switches.is_on(values["user-invocable"], client),
        listed_as=names.listed_as,
        description=listing.description(values, body, client, is_skill=role.in_skills),
        arguments=declared,
        placeholders=[found.text for found in placeholders],
        arguments_reach_model=arguments.all_reach_model(placeholders, client),
        model=_command_model(values.get("model"), client),
        allowed_tools=toolset.tokens(values.get("allowed-tools")),
        grants_lost=_lost_guard(found, role.runs_hooks, client),
        waits_for=waits_for(values, role),
        refused=refused,
        frontmatter=found,
    )


def waits_for(values: dict[str, Any], role: Role) -> list[str]:
    """The patterns of `paths` by which a project's skill waits; they do nothing elsewhere (measured)."""
    return listing.paths(values.get("paths")) if role.in_skills and not role.in_plugin else []


def _command_model(value: Any, client: Client) -> str:
    """As for an agent, except that 2.1.197 knows `inherit` in a command in small letters alone (measured)."""
    text = value.strip(JS_SPACE) if isinstance(value, str) else ""
    if text != "inherit" and text.lower() == "inherit" and client.does("sends_inherit_in_capitals"):
        return text
    return models.resolve(value, client)


def _project_agent(values: dict[str, Any], role: Role) -> tuple[str, str | None]:
    name, description = values.get("name"), values.get("description")
    text = description.replace("\\n", "\n") if isinstance(description, str) else None
    return name if isinstance(name, str) else role.stem, text if text and text.strip() else None


def _plugin_agent(values: dict[str, Any], role: Role, client: Client) -> tuple[str, str | None]:
    described = (listing.usable_text(values.get(key)) for key in ("description", "when_to_use", "when-to-use"))
    description = next((text for text in described if text is not None), None)
    return naming.of_plugin_agent(values.get("name"), role, client), description


def _why_dropped(found: Frontmatter, client: Client) -> str | None:
    values = found.values
    name, description = values.get("name"), values.get("description")
    if lost := _why_lost(found, "name"):
        return lost
    if not isinstance(name, str):
        return "name is not a text"
    if fault := naming.fault_of_project_agent(name, client):
        return fault
    if lost := _why_lost(found, "description"):
        return lost
    if not isinstance(description, str):
        return "description is not a text"
    return _lost_guard(found, True, client)


def _lost_guard(found: Frontmatter, runs: bool, client: Client) -> str | None:
    # Hooks stand below these keys alone; an escape may stand for letters of one.
    if not any(word in found.yaml for word in ("hooks", "\\", *client.guarding_events)):
        return None
    from packlint.loading import hooks

    return hooks.lost(found.values, runs, client)


def _why_lost(found: Frontmatter, key: str) -> str | None:
    if found.state in (State.ABSENT, State.UNCLOSED):
        return "no frontmatter" if found.state is State.ABSENT else "frontmatter is not closed"
    if found.state is State.LOST:
        return "frontmatter does not parse as YAML"
    if not found.is_mapping:
        return "frontmatter is not a mapping" if found.root else "frontmatter is empty"
    value = found.values.get(key)
    if value is None or value == "":
        return f"{key} is missing" if key not in found.values else f"{key} is empty"
    return None


@lru_cache(maxsize=512)
def _ignored_fields(keys: tuple[str, ...], layout: Layout, client: Client) -> tuple[str, ...]:
    """The keys that do nothing; the agents of a pack have the same few."""
    known, elsewhere = client.agent_fields, f"{layout.value}_ignored"
    ignored = [key for key in keys if key not in known or _too_new(known[key], client)]
    return tuple(sorted([*ignored, *(key for key in keys if key in known and known[key].get(elsewhere))]))


def _too_new(facts: dict[str, Any], client: Client) -> bool:
    since = facts.get("since")
    return since is not None and client.is_older(since)
