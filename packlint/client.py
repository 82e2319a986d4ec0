"""What is known of the Claude Code client, by version: the facts of data/client.json and data/shell.json.

Every block of the data names its evidence: ``measured`` by driving the real client, or
``documented`` only. This module looks the facts up; loader.py and toolset.py apply them.
"""

from __future__ import annotations

import os

from packlint.memo import cache, cached_property
from packlint.parsing import plain_json
from packlint.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class UnknownClientError(ValueError):
    """The client version asked for has not been measured."""


@cache
def _facts(name: str = "client") -> dict[str, Any]:
    with open(os.path.join(os.path.dirname(__file__), "data", f"{name}.json"), encoding="utf-8") as stream:
        facts: dict[str, Any] = plain_json.loads(stream.read())
    return facts


def versions() -> list[str]:
    """The measured client versions, oldest first."""
    return list(_facts()["versions"])


def largest_file(kind: str) -> int:
    """How many bytes a file may have, a `project_skill` or `any` other; a larger one is passed over."""
    largest: int = _facts()["file_limits"][kind]
    return largest


def known_versions() -> list[str]:
    """The versions that can be asked for: the measured ones, and those that were seen to do as one of these does."""
    return [*versions(), *_values("measured_alike")]


def client(version: str | None = None) -> Client:
    """The facts of one client version, the newest measured one by default.

    Raises:
        UnknownClientError: the version is not one of `known_versions()`.
    """
    version = version or _facts()["as_of"]
    if version not in known_versions():
        known = ", ".join(known_versions())
        raise UnknownClientError(f"client {version} has not been measured; choose one of: {known}")
    return _client_of(version)


@cache
def _client_of(version: str) -> Client:
    return Client(version, _facts()["measured_alike"].get(version, version))


def clients() -> list[Client]:
    """The facts of every measured version, oldest first."""
    return [client(version) for version in versions()]


# `client` gives one object for each version, so two can be compared, and found in a dictionary, by identity.
@record(frozen=True, eq=False)
class Client:
    """One version of the client.

    `measured` is the version whose facts hold for it: itself, where it was measured, else one that it does as.
    """

    version: str
    measured: str

    def _own(self, block: str) -> list[str]:
        """The values of a block in which a version may have an entry of its own beside the measured one's."""
        return list(self._of_version(_facts()[block]))

    def _of_version(self, by_version: dict[str, Any]) -> Any:
        return by_version.get(self.version, by_version[self.measured])

    def is_older(self, version: str) -> bool:
        """Whether this version came before another one."""
        return _number(self.version) < _number(version)

    def named(self, words: str) -> str:
        """A sentence that names the measured version, with this version's number in its place."""
        return words.replace(self.measured, self.version)

    def does(self, behaviour: str) -> bool:
        """Whether this version shows a behaviour named in the data's `behaviour` block."""
        return bool(self._of_version(_facts()["behaviour"][behaviour]))

    def fallback_description(self, plugin: str) -> str:
        """What the client lists for a plugin agent whose description it lost."""
        text: str = _facts()["fallback_description"]["text"]
        return text.format(plugin=plugin)

    @cached_property
    def default_tools(self) -> frozenset[str]:
        """What a subagent gets when it lists no tools."""
        return frozenset(name for name in self.known_tools if self.gives(name) == "default")

    @cached_property
    def known_tools(self) -> frozenset[str]:
        """Every tool name that exists somewhere, given to subagents or not."""
        return frozenset(_facts()["tools"])

    def gives(self, tool: str) -> str:
        """When a subagent that lists `tool` gets it: default, listed, without-bash, or no."""
        known = _facts()["tools"].get(tool)
        return known["subagent"][self.measured] if known else "no"

    def gives_in_background(self, tool: str) -> bool:
        """Whether a subagent in the background keeps `tool`; that is how 2.1.328 starts them."""
        known = _facts()["tools"].get(tool)
        return bool(known and known["background"][self.measured])

    def recognizes(self, tool: str) -> bool:
        """Whether listing `tool` keeps an agent from being refused although it gives nothing."""
        return bool(_facts()["tools"].get(tool, {}).get("recognized", {}).get(self.measured))

    def tool_setting(self, tool: str) -> str | None:
        """Where a tool lives that no subagent was seen to get: 'never in a subagent', 'elsewhere'."""
        setting: str | None = _facts()["tools"].get(tool, {}).get("setting")
        return setting

    def tool_note(self, tool: str) -> str | None:
        """What else was measured about a tool."""
        note: str | None = _facts()["tools"].get(tool, {}).get("note")
        return note

    def canonical_tool(self, tool: str) -> str:
        """The present name of a tool that was renamed, else the name itself."""
        name: str = _values("aliases").get(tool, tool)
        return name

    @cached_property
    def dead_tools(self) -> dict[str, str | None]:
        """Names that no longer give anything, each with its replacement."""
        return _values("dead_tools")

    @cached_property
    def tool_words(self) -> frozenset[str]:
        """Every name that is a tool's, or was."""
        return frozenset({*self.known_tools, *self.dead_tools, *_values("aliases")})

    @cached_property
    def memory_tools(self) -> list[str]:
        """What `memory` adds to an agent's list."""
        return list(_facts()["memory_tools"]["values"])

    @cached_property
    def reserved_marketplaces(self) -> list[str]:
        """Names of marketplaces that only Anthropic's own repositories may have."""
        return list(_facts()["reserved_marketplaces"][self.measured])

    @cached_property
    def internal_marketplaces(self) -> list[str]:
        """Names that the client gives to where it finds plugins without a marketplace."""
        return list(_facts()["internal_marketplaces"]["values"])

    @cached_property
    def official_words(self) -> list[str]:
        """What makes a marketplace's name that begins with `claude` or `anthropic` read like Anthropic's own."""
        return list(_facts()["official_words"][self.measured])

    @cached_property
    def hook_events(self) -> list[str]:
        """The events that hooks can wait for."""
        return self._own("hook_events")

    @cached_property
    def guarding_events(self) -> list[str]:
        """Those of them whose hooks guard what may run."""
        return self._own("guarding_events")

    def unrun_hooks(self, event: str) -> list[str]:
        """The types of hooks that are not run on an event, and refuse what they are asked about."""
        return list(_facts()["unrun_hooks"].get(self.version, {}).get(event, ()))

    @property
    def longest_agent_name(self) -> int | None:
        """How many characters an agent's name may have, where this version sets a limit."""
        longest: int | None = _facts()["longest_agent_name"][self.measured]
        return longest

    @property
    def most_preloaded_skills(self) -> int | None:
        """With how many skills an agent may start, where this version sets a limit."""
        most: int | None = _facts()["most_preloaded_skills"][self.measured]
        return most

    @cached_property
    def reserved_names(self) -> list[str]:
        """Names of skills that no project may use."""
        return list(_facts()["reserved_names"]["values"])

    @cached_property
    def agent_fields(self) -> dict[str, dict[str, Any]]:
        return dict(_facts()["agent_fields"])

    @cached_property
    def command_fields(self) -> dict[str, dict[str, Any]]:
        return dict(_facts()["command_fields"])

    @cached_property
    def skill_fields(self) -> dict[str, dict[str, Any]]:
        """A command's fields, and those that mean something else or more in a skill."""
        return self.command_fields | dict(_facts()["skill_fields"])

    def ignores_in_plugin(self, kind: str, key: str) -> bool:
        """Whether an agent, a command or a skill, as `kind` says, may set a key in a project alone."""
        fields = {"agent": self.agent_fields, "command": self.command_fields}.get(kind, self.skill_fields)
        return bool(fields.get(key, {}).get("plugin_ignored"))

    @cached_property
    def agent_key_hints(self) -> dict[str, str]:
        """The client's own did-you-mean for unknown agent keys."""
        return _values("agent_key_hints")

    @cached_property
    def command_keys_in_agents(self) -> dict[str, str]:
        """Keys that restrict nothing in an agent, each with the key that would."""
        return dict(_facts()["command_keys_in_agents"]["values"])

    @cached_property
    def models(self) -> dict[str, Any]:
        return dict(_facts()["models"])

    @cached_property
    def shell(self) -> dict[str, Any]:
        """Which shell commands a slash command may run without a grant: data/shell.json, which few runs need."""
        return _facts("shell")

    @cached_property
    def attachments(self) -> dict[str, Any]:
        """Which files an `@` reference brings into a prompt."""
        return dict(_facts()["attachments"])

    @cached_property
    def command_listing(self) -> dict[str, Any]:
        """How a command is listed to the model."""
        return dict(_facts()["command_listing"])

    @cached_property
    def builtin_agents(self) -> list[str]:
        return list(_facts()["builtin_agents"]["values"])

    @cached_property
    def callable_agents(self) -> list[str]:
        """The client's own agents, those included that it has in a terminal alone."""
        return [*self.builtin_agents, *_facts()["builtin_agents"]["in_terminal"]]

    def model_of_builtin(self, agent: str) -> str:
        """The model of an agent of the client's own; the session's where it has none of its own."""
        found: str = _facts()["builtin_agents"]["models"][self.measured].get(agent, "inherit")
        return found

    @cached_property
    def builtin_commands(self) -> list[str]:
        return list(_facts()["builtin_commands"][self.measured])

    @cached_property
    def replaceable_commands(self) -> frozenset[str]:
        """The client's own commands in whose place a project's command of the same name runs."""
        return frozenset((*self.builtin_commands, *_facts()["unlisted_commands"]["values"]))

    def keeps(self, name: str, *, from_plugin: bool) -> bool:
        """Whether a name stays the client's own when `name` adds it; to a plugin's in any case of its letters."""
        if from_plugin:
            name = name.lower()
            if name in _facts()["kept_names"][self.measured]:
                return True
        return self.does("keeps_names_of_builtins") and name in self.builtin_commands


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _values(block: str) -> dict[str, Any]:
    return {key: value for key, value in _facts()[block].items() if key != "evidence"}
