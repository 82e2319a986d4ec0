"""A hook waits for a tool that its matcher never names.

What it checks: the `matcher` of `PreToolUse`, `PostToolUse` and `PermissionRequest`, in hooks/hooks.json, in
plugin.json and in a project's settings. It is a tool's name, names between `|` or commas, or a regular expression, in
just the spelling of the tools; it sees no arguments. `Bash(git *)` is a rule for permissions and matches nothing: the
hook never runs, and what it should guard is not guarded. The rule belongs into the hook's `if`. `Bash(*)` is no
expression at all, and one between slashes matches nothing. So does `!Bash`: all tools but one are `^(?!Bash$)`.
JavaScript reads the expression, and knows no `(?i)` and no `Bash++`. Letters, digits, `_`, `-` and blanks alone are a
whole name, as in `Bash and Write`, and `mcp__github` or `mcp__` the name of no tool: `mcp__github__.*` is every tool
of that server. A name that is merely like a tool's may be one that a newer client has, and is a warning; so is an
expression in which no tool is named.

Evidence: measured, two hundred matchers, with tools of the client's own and of MCP servers.
Versions: 2.1.197, 2.1.328.

Bad (hooks/hooks.json):

    {"hooks": {"PreToolUse": [{"matcher": "Bash(git push*)", "hooks": [{"type": "command", "command": "exit 2"}]}]}}

Bad (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good (hooks/hooks.json):

    {"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "exit 2"}]}]}}

Good (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.
"""

from __future__ import annotations

from packlint import regex
from packlint.client import Client
from packlint.discovery import manifests
from packlint.loading.tool_names import MCP, lacks_tool
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity
from packlint.text.spelling import Spelling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "PL018"
NAME = "idle-matcher"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

_EVENTS = ("PreToolUse", "PostToolUse", "PermissionRequest")
_EVERY = "*"
_TOLD = "clients 2.1.197 and 2.1.328 never run these hooks for it"
_NAMES = regex.lazy(r"[\w|, -]+")
# What stands in the parentheses of a permission: in an expression, letters that no tool's name goes on with.
_PERMISSION = regex.lazy(r"(\w+)\(([A-Za-z])[A-Za-z][^|]*\)")
# A tool and, in parentheses, any arguments: the star repeats nothing.
_ANY_ARGUMENTS = regex.lazy(r"(\w+)\([*?+][^|()]*\)")
_IN_SLASHES = regex.lazy(r"/.+/[a-z]*")
_WORD = regex.lazy(r"[A-Za-z]+")
# What is meant by it is every other tool.
_NEGATION = regex.lazy(r"(?i)[\s^(\"']*(?:!|~|not\b)")
# An expression may mean any tool of a server.
_OF_A_SERVER = "mcp__server__tool"


def check(file: File, pack: Pack) -> Iterator[Finding]:
    found = manifests.read(file, manifests.HOOKS, manifests.PLUGIN, manifests.SETTINGS)
    if found is None:
        return
    client, spelling = pack.client, Spelling(pack.client.known_tools)
    for event in manifests.events(file, found):
        groups = event.value if event.name in _EVENTS and isinstance(event.value, list) else ()
        for index, group in enumerate(groups):
            matcher = group.get("matcher") if isinstance(group, dict) else None
            spot = found.spot(*event.path, index, "matcher")
            for words, severity in _idle(matcher, client, spelling) if isinstance(matcher, str) else ():
                yield Finding(spot.start, spot.end, words, _TOLD, severity=severity)


def _idle(matcher: str, client: Client, spelling: Spelling) -> Iterator[tuple[str, Severity]]:
    """What a matcher names and no tool is, in words, and how sure that is."""
    permission = _PERMISSION.fullmatch(matcher)
    if permission and permission[1] in client.known_tools:
        name = permission[1]
        if not any(name + permission[2] in tool for tool in client.known_tools):
            right = f"write '{name}', and the rest into the hook's 'if'"
            yield f"'{matcher}' is a permission and matches no tool; {right}", SEVERITY
        return
    if _NAMES.fullmatch(matcher):
        yield from _unknown(matcher, client, spelling)
        return
    if matcher == _EVERY:
        return
    from packlint.parsing import expressions

    if expressions.is_broken(matcher):
        right = _ANY_ARGUMENTS.sub(r"\1", matcher)
        right = right if right != matcher and not expressions.is_broken(right) else _named(matcher, client)
        yield f"'{matcher}' is no regular expression" + (f"; write '{right}'" if right else ""), SEVERITY
    elif _IN_SLASHES.fullmatch(matcher):
        yield f"'{matcher}' matches no tool; write it without the slashes", SEVERITY
    elif MCP.strip("_") not in matcher and expressions.match_none(matcher, (*client.tool_words, _OF_A_SERVER)):
        right = _named(matcher, client)
        hint = f"; write '{right}'" if right else ""
        is_tool = any(name in matcher for name in client.tool_words)
        yield f"'{matcher}' matches no tool{hint}", SEVERITY if right or is_tool else Severity.WARNING


def _unknown(matcher: str, client: Client, spelling: Spelling) -> Iterator[tuple[str, Severity]]:
    """The same of a list of names."""
    names = [name.strip() for name in matcher.replace(",", "|").split("|")]
    for name in names:
        if client.canonical_tool(name) in client.known_tools or name in client.dead_tools or name.startswith(MCP):
            continue
        if " " in name and (right := _named(name, client)):
            yield f"'{name}' is taken for a tool's whole name, and is none; write '{right}'", SEVERITY
        elif meant := spelling.nearest(name):
            is_miscased = name.lower() == meant.lower()
            yield f"'{name}' is no tool; did you mean '{meant}'?", SEVERITY if is_miscased else Severity.WARNING
    for name in filter(lacks_tool, names):
        right = f"{name.rstrip('_')}__.*"
        # An expression is not split at commas.
        rest = ", and '|' between the names" if "," in matcher else ""
        yield f"'{name}' is taken for a tool's whole name, and is none; write '{right}'{rest}", SEVERITY


def _named(matcher: str, client: Client) -> str:
    """A matcher for the tools that are named in one which matches none of them; empty where none is."""
    tools = {tool.lower(): tool for tool in client.known_tools}
    named = "|".join(dict.fromkeys(tools[word.lower()] for word in _WORD.findall(matcher) if word.lower() in tools))
    if named and _NEGATION.match(matcher):
        return f"^(?!{f'({named})' if '|' in named else named}$)"
    # What else an exclamation mark is meant to leave out is not known.
    return "" if "!" in matcher else named
