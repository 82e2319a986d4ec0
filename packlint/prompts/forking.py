"""The agent in which a command or a skill with `context: fork` runs, and the model that answers.

Evidence: commands that fork into agents of every kind, on 2.1.197 and 2.1.328; tests/test_expand.py holds them.
"""

from __future__ import annotations

from packlint.discovery.layout import Layout
from packlint.loading.loader import Command
from packlint.pack import Pack
from packlint.parsing.scalars import js_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from packlint.loading.loader import Agent

GENERAL = "general-purpose"


def agent_of(command: Command, pack: Pack) -> str | None:
    """The agent in which a command runs, where it asks for that. One that a plugin does not have is the general one."""
    values = command.frontmatter.values
    if values.get("context") != "fork":
        return None
    agent = asked_for(values)
    if not isinstance(agent, str) or not agent.strip():
        return GENERAL
    name = agent.strip()
    known = _known(pack)
    # With a blank beside it, it is no agent's name (measured).
    is_others = pack.layout is Layout.PROJECT or (":" in name and not name.startswith(f"{pack.name}:"))
    return agent if agent in known or (is_others and name not in known) else GENERAL


def is_known(agent: str, pack: Pack) -> bool:
    """Whether an agent is the pack's own or the client's; else it may be a person's, another plugin's, or nobody's."""
    return agent in _known(pack)


def _known(pack: Pack) -> set[str]:
    return {*pack.agents_by_name, *pack.client.builtin_agents}


def asked_for(values: dict[str, Any]) -> Any:
    """What stands for the agent's name: of a list the client makes a text (measured)."""
    agent = values.get("agent")
    return js_string(agent) if isinstance(agent, list) else agent


def own_agent(command: Command, pack: Pack) -> Agent | None:
    """The pack's own agent in which a command runs."""
    files = pack.agents_by_name.get(agent_of(command, pack) or "")
    return files[0].agent(pack.client) if files else None


def model(command: Command, pack: Pack) -> str:
    """The model that answers a command: its own, else that of the agent in which it runs."""
    agent = agent_of(command, pack)
    if agent is None or command.model != "inherit" or _inherits(command, pack):
        return command.model
    own = own_agent(command, pack)
    return own.model if own else pack.client.model_of_builtin(agent)


def _inherits(command: Command, pack: Pack) -> bool:
    """Whether a command asks for the session's own model, and the client heeds that in an agent."""
    asked = command.frontmatter.values.get("model")
    return isinstance(asked, str) and asked.strip() != "" and pack.client.does("heeds_inherit_in_forks")
