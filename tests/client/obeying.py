"""What a model that does as it is told does next: the calls that the texts it was sent name."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from typing import Any

from tests.client.installed import Installed
from tests.client.play import use
from tests.client.scripted_api import Request

ToolCalls = list[tuple[str, dict[str, Any]]]

# The client's own limit for one command is the longest that it takes.
_MILLISECONDS = 600_000


def told(request: Request) -> str:
    """All that a thread has been told: its system prompt, and what the user's side said."""
    return "\n".join([request.system, *request.texts])


def documents(installed: Installed, request: Request) -> list[str]:
    """The documents that a thread was told to read, in the order of its texts."""
    named = re.findall(rf"`({re.escape(installed.root)}/+(?:patterns|styles)/[\w-]+\.md)`", told(request))
    return list(dict.fromkeys(named))


def named(installed: Installed, request: Request, document: str) -> str:
    """The document of that name as the texts call it."""
    [found] = [each for each in documents(installed, request) if each.endswith(document)]
    return found


def read(installed: Installed, names: Iterable[str]) -> ToolCalls:
    return [use("Read", file_path=str(installed.cwd / name)) for name in names]


def read_documents(installed: Installed, request: Request) -> ToolCalls:
    return read(installed, documents(installed, request))


def toolkit(request: Request, *arguments: str) -> ToolCalls:
    """A command of the toolkit, called as the texts call it."""
    called = re.findall(rf'^ *python3 "([^"]+)" {arguments[0]}\b', told(request), re.MULTILINE)
    return shell(f'python3 "{called[-1]}" {shlex.join(arguments)}')


def shell(command: str) -> ToolCalls:
    return [use("Bash", command=command, description="run", timeout=_MILLISECONDS)]
