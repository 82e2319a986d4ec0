"""Random hooks for a frontmatter, most of them sound but for one thing; of events that do not come by themselves."""

from __future__ import annotations

import json
from random import Random
from typing import Any

_EVENTS = (
    "PreToolUse", "PreToolUse", "PermissionRequest", "PostToolUse", "PostCompact", "SessionStart", "PostToolUsed",
    "preToolUse", "hooks", "matcher", "guard",
)  # fmt: skip
_ODD: tuple[Any, ...] = (None, [], {}, "", "x", 3, 0, True, False, [None], ["x"], {"a": "b"}, {"type": "command"})
_HOOKS: tuple[dict[str, Any], ...] = (
    {"type": "command", "command": "true"},
    {"type": "command", "command": "true", "timeout": 5, "async": False, "statusMessage": "s", "once": True},
    {"type": "command", "command": "true", "args": ["a"], "shell": "bash", "if": "Bash(git *)", "more": 1},
    {"type": "http", "url": "http://127.0.0.1:9/", "headers": {"a": "b"}, "allowedEnvVars": ["A"]},
    {"type": "prompt", "prompt": "sound?", "model": "haiku", "continueOnBlock": True},
    {"type": "agent", "prompt": "sound?"},
    {"type": "mcp_tool", "server": "s", "tool": "t", "input": {"a": 1}},
    {"type": "shell", "command": "true"},
    {"command": "true"},
)


def line(random: Random) -> str:
    """One line of YAML: hooks where they belong, or elsewhere."""
    value = {random.choice(_EVENTS): _groups(random) for _ in range(random.choice((1, 1, 2)))}
    if random.random() < 0.15:
        event, groups = next(iter(value.items()))
        return f"{event}: {json.dumps(groups)}"
    key = "hooks" if random.random() < 0.85 else random.choice(("guard", "metadata", "mcpServers", "Hooks"))
    held = random.choice(([value], {"hooks": value}, {"a": [value]}, _group(random), random.choice(_ODD)))
    return f"{key}: {json.dumps(held if random.random() < 0.15 else value)}"


def _groups(random: Random) -> Any:
    if random.random() < 0.15:
        return random.choice(_ODD)
    if random.random() < 0.1:
        return _group(random)
    return [_group(random) for _ in range(random.choice((0, 1, 1, 2)))]


def _group(random: Random) -> Any:
    if random.random() < 0.1:
        return random.choice(_ODD)
    group: dict[str, Any] = {"hooks": [_hook(random) for _ in range(random.choice((0, 1, 1, 2)))]}
    if random.random() < 0.7:
        group["matcher"] = "Bash"
    if random.random() < 0.15:
        group[random.choice(("hooks", "matcher", random.choice(_EVENTS)))] = random.choice(
            (*_ODD, [{"PreToolUse": ["x"]}])
        )
    return group


def _hook(random: Random) -> Any:
    hook = dict(random.choice(_HOOKS))
    if random.random() < 0.2:
        hook[random.choice((*hook, "PreToolUse"))] = random.choice(_ODD)
    return hook
