"""The tools an agent really gets, from what its frontmatter lists."""

from __future__ import annotations

from packlint.client import Client
from packlint.frontmatter import JS_SPACE, Frontmatter
from packlint.loading import denials as denying
from packlint.loading import switches
from packlint.loading.denials import Denials
from packlint.loading.tool_names import MCP, names_no_mcp_tool, names_no_server, tool_name
from packlint.memo import lru_cache
from packlint.record import field, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

UNCONNECTED = "given only while that MCP server is connected"
ELSEWHERE = "given in other settings alone"
DENIED = "denied by disallowedTools"
_PLAN_TOOL = "ExitPlanMode"
WITHHELD = "withheld because the agent has Bash"
# What a name that no tool has comes to, by the key that lists it.
GIVES = {
    "tools": "gives the agent nothing",
    "disallowedTools": "takes nothing away",
    "allowed-tools": "grants nothing",
    "disallowed-tools": "takes nothing away",
}
# What is in no tool's name: left over from a list of another form.
STRAY = frozenset(";`[]{}'\"|\n\r\t")
# All that decides what an agent gets.
_KEYS = ("tools", "disallowedTools", "memory", "background")
# Where so many tokens are not found as they are, the value is written with escapes, and to look for more is in vain.
_MOST_MISSED = 50


@record(frozen=True)
class Dropped:
    """A listed token that gives the agent nothing, and why."""

    token: str
    reason: str


@record(frozen=True)
class Toolset:
    """What became of an agent's tools.

    `declared` holds the tokens of `tools`, None where the key is absent. `all` says that the
    agent gets the full default set. `unrecognized` are the tokens with which the client explains
    a refused launch; `refused` says that it does refuse. `servers` are the MCP servers of its own, whose tools it gets
    beside those of its list, while they are connected.
    """

    declared: list[str] | None
    denied: list[str]
    all: bool
    granted: list[str]
    dropped: list[Dropped]
    unrecognized: list[str] = field(default_factory=list)
    refused: bool = False
    servers: list[str] = field(default_factory=list)


def tokens(value: Any) -> list[str]:
    """The tokens of a `tools` value: split at commas and blanks outside parentheses, then trimmed.

    A line break or a tab parts nothing, and parentheses do not nest (both measured).
    Lists hold such texts; anything that is neither a text nor a list has no tokens.
    """
    if isinstance(value, str):
        if "(" in value or ")" in value:
            return [text for piece in _pieces(value) if (text := piece.strip(JS_SPACE))]
        return [text for piece in value.replace(",", " ").split(" ") if (text := piece.strip(JS_SPACE))]
    if isinstance(value, list):
        return [text for item in value if isinstance(item, str) for text in tokens(item)]
    return []


def _pieces(value: str) -> Iterator[str]:
    """The parts of one text between commas and blanks outside parentheses."""
    start, inside = 0, False
    for position, character in enumerate(value):
        if character in ", " and not inside:
            yield value[start:position]
            start = position + 1
        elif character in "()":
            inside = character == "("
    yield value[start:]


def resolve(values: dict[str, Any], client: Client, *, plans: bool = False, servers: Any = None) -> Toolset:
    """What an agent with this frontmatter gets when the main thread starts it in the foreground.

    `plans`: the agent is in plan mode, which alone gives a subagent ExitPlanMode. `servers` are the `mcpServers` of a
    project's agent.
    """
    own = _brought(servers) if servers else ()
    asked = []
    for key in _KEYS:
        if key in values:
            value = values[key]
            if isinstance(value, list) and all(isinstance(item, str) for item in value):
                value = tuple(value)
            elif value is not None and not isinstance(value, (str, bool)):
                return _resolved(values, client, plans, own)
            asked.append((key, value))
    return _resolved_once(tuple(asked), client, plans, own)


def _brought(items: Any) -> tuple[str, ...]:
    from packlint.loading import servers

    return servers.brought(items)


@lru_cache(maxsize=512)
def _resolved_once(
    asked: tuple[tuple[str, Any], ...], client: Client, plans: bool, servers: tuple[str, ...]
) -> Toolset:
    """As `_resolved`; the agents of a pack ask for the same few sets of tools again and again."""
    values = {key: list(value) if isinstance(value, tuple) else value for key, value in asked}
    return _resolved(values, client, plans, servers)


def _resolved(values: dict[str, Any], client: Client, plans: bool, servers: tuple[str, ...]) -> Toolset:
    denied = tokens(values.get("disallowedTools"))
    denials = denying.read(denied, client)
    declared = tokens(values["tools"]) if "tools" in values else None
    everything = declared is None or "*" in declared
    listed = [] if declared is None else list(declared)
    if not everything and _has_memory(values):
        listed += [tool for tool in client.memory_tools if tool not in listed]
    kept = set(client.default_tools) | ({_PLAN_TOOL} if plans else set())
    dropped: list[Dropped] = []
    unknown: list[str] = []
    if not everything:
        kept, dropped, unknown = _kept(listed, denials, client, plans)
    granted = _without_denied(kept, denials, client)
    if switches.is_on_in_agent(values.get("background")):
        # Where plan mode gives a tool, the background leaves it (measured).
        stays = {_PLAN_TOOL} if plans else set()
        taken = sorted(tool for tool in granted - stays if not client.gives_in_background(tool))
        granted -= set(taken)
        unknown += [] if everything else taken
    recognized = any(client.recognizes(token) for token in listed)
    # All tools of an agent's own servers are its own, whatever `tools` says (measured).
    own = [server for server in servers if not denials.take_server(server)]
    refused = not granted and not own and bool(unknown) and not recognized
    return Toolset(
        declared,
        denied,
        everything and granted == set(client.default_tools),
        sorted(granted),
        dropped,
        unknown,
        refused and client.does("refuses_unrecognized_tools"),
        own,
    )


def _has_memory(values: dict[str, Any]) -> bool:
    return values.get("memory") in ("user", "project", "local")


def _without_denied(kept: set[str], denials: Denials, client: Client) -> set[str]:
    left = kept - denials.names
    if "Bash" in denials.names and client.does("removes_monitor_with_bash"):
        left -= {"Monitor"}
    return left


def _kept(
    listed: list[str], denials: Denials, client: Client, plans: bool
) -> tuple[set[str], list[Dropped], list[str]]:
    kept: set[str] = set()
    dropped: list[Dropped] = []
    unknown: list[str] = []
    names = {token: client.canonical_tool(tool_name(token) or token) for token in listed}
    has_bash = "Bash" in names.values() and "Bash" not in denials.names
    for token in listed:
        name = names[token]
        given = client.gives(name)
        if denials.take(name):
            dropped.append(Dropped(token, DENIED))
            if not denials.forgive(token, name):
                unknown.append(token)
        elif given == "without-bash" and has_bash:
            dropped.append(Dropped(token, WITHHELD))
        elif given != "no" or (plans and name == _PLAN_TOOL):
            kept.add(name)
        else:
            dropped.append(Dropped(token, _why_dropped(token, name, client)))
            unknown.append(token)
    return kept, dropped, unknown


def why_not(name: str, tools: Toolset, client: Client) -> str:
    """Why an agent with these tools does not get the one of this name, whether or not it is listed."""
    for dropped in tools.dropped:
        if dropped.token == name:
            return dropped.reason
    canonical = client.canonical_tool(name)
    if denying.read(tools.denied, client).take(canonical):
        return DENIED
    given = client.gives(canonical)
    if given == "no":
        return _why_dropped(name, canonical, client)
    return WITHHELD if given == "without-bash" and "Bash" in tools.granted else "not in its tools"


def _why_dropped(token: str, name: str, client: Client) -> str:
    if tool_name(token) is None:
        return "not a tool name: parentheses do not match"
    if names_no_server(name):
        return "names no MCP server"
    if name.startswith(MCP):
        return "names no MCP tool" if names_no_mcp_tool(name) else UNCONNECTED
    if name in client.dead_tools:
        return "no longer a tool"
    if client.tool_setting(name):
        return ELSEWHERE if client.tool_setting(name) == "elsewhere" else "no subagent gets it"
    if name in client.known_tools:
        return f"not given by client {client.version}"
    return "unrecognized"


@record(frozen=True)
class Token:
    """One token of a tools list and its offsets in the file's text."""

    text: str
    start: int
    end: int

    @property
    def name(self) -> str | None:
        """The tool it names, None where its parentheses do not match."""
        return tool_name(self.text)


def locate(text: str, found: Frontmatter, key: str) -> list[Token]:
    """The tokens of the list under `key`, each where it stands in the file."""
    entry = found.field(key)
    if entry is None:
        return []
    if not isinstance(entry.value, list):
        return list(_search(text, tokens(entry.value), entry.start, entry.end))
    located: list[Token] = []
    for item in (item for item in entry.node.items if isinstance(item.value, str)):
        start, end = found.place(item.start, item.end)
        located += _search(text, tokens(item.value), start, end)
    return located


def _search(text: str, wanted: list[str], start: int, end: int) -> Iterator[Token]:
    missed = 0
    for token in wanted:
        place = text.find(token, start, end) if missed < _MOST_MISSED else -1
        if place < 0:
            missed += 1
            yield Token(token, start, end)
        else:
            yield Token(token, place, place + len(token))
            start = place + len(token)
