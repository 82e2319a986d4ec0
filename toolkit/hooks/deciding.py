"""Whether a hook has anything to do. It runs on every edit of everybody, so nothing is imported before it must be."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing alone would double the time to decide
if TYPE_CHECKING:
    from typing import Any

TOOLKIT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
IMPLEMENTERS = ("backend-developer", "fastapi-backend-feature", "feature-developer")
AGENTS = (*IMPLEMENTERS, "python-fastapi-expert")


def event_of(agents: tuple[str, ...]) -> dict[str, Any] | None:
    """The event on standard input, where one of this pack's `agents` caused it; else None."""
    raw = sys.stdin.buffer.read()
    # Quotes inside a value are escaped: only a whole value is found. The main thread's events name no agent.
    if b'"agent_type"' not in raw or not any(b'%s"' % name.encode() in raw for name in agents):
        return None
    import json

    event: dict[str, Any] = json.loads(raw)
    return event if event.get("agent_type") in {_prefix() + name for name in agents} else None


def _prefix() -> str:
    """What stands before an agent's name: the plugin's, and nothing where the pack was copied into a project."""
    manifest = os.path.join(os.path.dirname(TOOLKIT), ".claude-plugin", "plugin.json")
    return "fastapi-pack:" if os.path.isfile(manifest) else ""


def fastapi_project(folder: str) -> str | None:
    """The nearest project around a folder, if one of its own files names FastAPI; `is_project` then looks closely."""
    from toolkit.project import manifests

    folder = os.path.realpath(folder)
    while True:
        texts = [_read(path) for path in manifests.files(folder)]
        if any(texts):
            return folder if any(b"fastapi" in text.lower() for text in texts) else None
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return None
        folder = above


def is_project(folder: str) -> bool:
    """Whether a project declares that it depends on FastAPI, and this Python is new enough to say."""
    if sys.version_info < (3, 11):
        return False
    from pathlib import Path

    from toolkit.project import folder as projects

    return projects.is_project(Path(folder))


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""
