"""What a command's `allowed-tools` lets its turn read, its subagents included."""

from __future__ import annotations

import re
from functools import cache

from packlint import toolset
from packlint.client import Client
from packlint.pack import File

_ROOT = "/${CLAUDE_PLUGIN_ROOT}/"


def covers(command: File, path: str, client: Client) -> bool:
    """Whether a plugin command grants reading `path`, counted from the plugin's root.

    Evidence: measured on 2.1.197 and 2.1.328; a bare `Read` grants everything, a pattern needs the
    extra slash before the variable.
    """
    for token in toolset.tokens(command.document.frontmatter(client).values.get("allowed-tools")):
        name, _, pattern = token.rstrip(")").partition("(")
        if name == "Read" and (not pattern or _matches(pattern, path)):
            return True
    return False


def narrowest(path: str) -> str:
    """The grant that reads the Markdown files beside `path` and nothing else."""
    folder = path.rpartition("/")[0]
    return f"Read({_ROOT}{folder + '/' if folder else ''}*.md)"


def _matches(pattern: str, path: str) -> bool:
    return pattern.startswith(_ROOT) and _compiled(pattern.removeprefix(_ROOT)).fullmatch(path) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    pieces = re.split(r"(\*\*/?|\*|\?)", pattern)
    meaning = {"**": ".*", "**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(meaning.get(piece, re.escape(piece)) for piece in pieces))
