"""A hook waits for a tool that its matcher never names.

What it checks: the `matcher` of `PreToolUse` and `PostToolUse`, in hooks/hooks.json, in plugin.json and in a project's
settings. It is a tool's name, names between `|` or commas, or a regular expression, in just the spelling of the tools;
it sees no arguments. `Bash(git *)` is a rule for permissions and matches nothing: the hook never runs, and what it
should guard is not guarded. The rule belongs into the hook's `if`. `Bash(*)` is no expression at all, and one between
slashes matches nothing. Letters, digits, `_` and `-` alone are a whole name,
and `mcp__github` or `mcp__` the name of no tool: `mcp__github__.*` is every tool of that server. A name that is merely
like a tool's may be one that a newer client has, and is a warning.

Evidence: measured, eighty matchers, with tools of the client's own and of MCP servers.
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

_EVENTS = ("PreToolUse", "PostToolUse")
_EVERY = "*"
_TOLD = "clients 2.1.197 and 2.1.328 never run these hooks for it"
_NAMES = regex.lazy(r"[\w|, -]+")
# What stands in the parentheses of a permission: in an expression, letters that no tool's name goes on with.
_PERMISSION = regex.lazy(r"(\w+)\([A-Za-z]{2}[^|]*\)")
# A tool and, in parentheses, any arguments: the star repeats nothing.
_ANY_ARGUMENTS = regex.lazy(r"(\w+)\([*?+][^|()]*\)")
_IN_SLASHES = regex.lazy(r"/.+/[a-z]*")
# Nobody writes a longer one, and to compile it may take as long as somebody likes.
_LONGEST = 1_000
# Sets that only JavaScript has, and what is wrong for it, too.
_EMPTY_SET = regex.lazy(r"\[\^?\]")
_BROKEN = (
    "nothing to repeat",
    "multiple repeat",
    "unknown extension ?)",
    "missing )",
    "unbalanced parenthesis",
    "unterminated character set",
)


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
        if not any(tool.startswith(name) and tool != name for tool in client.known_tools):
            right = f"write '{name}', and the rest into the hook's 'if'"
            yield f"'{matcher}' is a permission and matches no tool; {right}", SEVERITY
    elif _NAMES.fullmatch(matcher):
        names = [name.strip() for name in matcher.replace(",", "|").split("|")]
        for name in names:
            is_known = client.canonical_tool(name) in client.known_tools or name in client.dead_tools
            meant = None if is_known or name.startswith(MCP) else spelling.nearest(name)
            if meant:
                is_miscased = name.lower() == meant.lower()
                yield f"'{name}' is no tool; did you mean '{meant}'?", SEVERITY if is_miscased else Severity.WARNING
        for name in filter(lacks_tool, names):
            right = f"{name.rstrip('_')}__.*"
            # An expression is not split at commas.
            rest = ", and '|' between the names" if "," in matcher else ""
            yield f"'{name}' is taken for a tool's whole name, and is none; write '{right}'{rest}", SEVERITY
    elif matcher != _EVERY and not _is_expression(matcher):
        right = _ANY_ARGUMENTS.sub(r"\1", matcher)
        yield (
            f"'{matcher}' is no regular expression" + (f"; write '{right}'" if _is_expression(right) else ""),
            SEVERITY,
        )
    elif _IN_SLASHES.fullmatch(matcher):
        yield f"'{matcher}' matches no tool; write it without the slashes", SEVERITY


def _is_expression(matcher: str) -> bool:
    """Whether JavaScript can read an expression, as far as Python stops at the same things; where unsure, it can."""
    import re
    import warnings

    if len(matcher) > _LONGEST:
        return True
    try:
        with warnings.catch_warnings(action="ignore"):
            re.compile(_EMPTY_SET.sub("x", matcher))
    except re.error as error:
        return not error.msg.startswith(_BROKEN)
    except (OverflowError, RecursionError):
        return True
    return True
