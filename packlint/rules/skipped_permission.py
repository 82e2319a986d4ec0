"""A permission in a project's settings is written in a way that does nothing.

What it checks: the lists `allow`, `ask` and `deny` below `permissions` in .claude/settings.json and
settings.local.json. A rule is a tool's name, or a name and a pattern in parentheses, `Bash(git log *)`. `:*` belongs to
Bash alone, and to its end; WebFetch takes `domain:` and a host, WebSearch no wildcards, an MCP tool nothing in
parentheses, and what is allowed has no `*` in its name but behind `mcp__server__`. The client skips what is otherwise,
and a session that nobody watches says nothing of it. Files that are written are covered by `Edit(src/**)` alone:
`Write(src/**)` is taken, and matches nothing.

Evidence: measured, fifty rules.
Versions: 2.1.197, 2.1.328.

Bad in a project (settings.json):

    {"permissions": {"deny": ["Read(secrets:*)"]}}

Bad in a project (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.

Good in a project (settings.json):

    {"permissions": {"deny": ["Read(secrets/**)"]}}

Good in a project (commands/ship.md):

    ---
    description: Review and ship
    ---
    Ship the current branch.
"""

from __future__ import annotations

from packlint.discovery import manifests
from packlint.loading.tool_names import MCP, server_of
from packlint.pack import File, Kind, Pack
from packlint.problem import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

CODE = "PL017"
NAME = "skipped-permission"
SEVERITY = Severity.ERROR
KINDS = (Kind.MANIFEST,)

_CONSEQUENCE = {
    "allow": "the rule does nothing in clients 2.1.197 and 2.1.328: they ask all the same",
    "ask": "the rule does nothing in clients 2.1.197 and 2.1.328: they do not ask",
    "deny": "the rule does nothing in clients 2.1.197 and 2.1.328: they deny nothing",
}
_INSIDE = "client 2.1.197 skips the rule, client 2.1.328 takes the colon as it stands and '*' for anything"
_OF_FILES = ("Read", "Write", "Edit", "Glob", "NotebookEdit")


def check(file: File, pack: Pack) -> Iterator[Finding]:
    for key, rule, spot in manifests.permissions(file):
        why = _why_skipped(rule, key == "allow")
        if why:
            yield Finding(spot.start, spot.end, why, _CONSEQUENCE[key])
        elif isinstance(rule, str) and rule.startswith("Bash(") and ":*" in rule[:-3]:
            words = f"':*' in '{rule}' does not stand at the end"
            yield Finding(spot.start, spot.end, words, _INSIDE, severity=Severity.WARNING)


def _why_skipped(rule: Any, is_allowed: bool) -> str:
    """What is wrong with how a rule is written; empty where nothing is."""
    if not isinstance(rule, str) or not rule.strip():
        return "a permission must be a text that is not empty"
    name, bracket, rest = rule.partition("(")
    if not bracket:
        return _why_not_allowed(name) if is_allowed else ""
    if not rest.endswith(")"):
        return f"'{rule}' does not end with its parenthesis"
    pattern = rest[:-1]
    if not pattern:
        return f"nothing stands in the parentheses of '{rule}'" + (f"; write '{name}'" if name else "")
    if name.startswith(MCP):
        return f"'{rule}' is about an MCP tool, which takes nothing in parentheses"
    return (_why_not_allowed(name) if is_allowed else "") or _why_no_pattern(rule, name, pattern)


def _why_not_allowed(name: str) -> str:
    scope = (server_of(name) or "") if name.startswith(MCP) else name
    return f"'{name}' allows tools by a '*', which may stand behind 'mcp__server__' alone" if "*" in scope else ""


def _why_no_pattern(rule: str, name: str, pattern: str) -> str:
    if pattern == "*":
        return ""
    if name == "Bash" and pattern == ":*":
        return f"no command stands before ':*' in '{rule}'; write 'Bash'"
    if name in _OF_FILES and ":*" in pattern:
        return f"':*' in '{rule}' belongs to Bash; files take patterns like '{name}(src/**)'"
    if name == "Write":
        return f"'{rule}' matches no file; write 'Edit({pattern})', which covers all that is written"
    if name == "WebFetch" and not pattern.startswith("domain:"):
        return f"'{rule}' names no domain; write 'WebFetch(domain:example.com)'"
    if name == "WebSearch" and ("*" in pattern or "?" in pattern):
        return f"'{rule}' has a wildcard, and WebSearch takes none"
    return ""
