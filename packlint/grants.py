"""What a command's `allowed-tools` lets its turn read, its subagents included."""

from __future__ import annotations

import re
from functools import lru_cache

from packlint import toolset, wildcards
from packlint.client import Client
from packlint.pack import File

_ROOT = "/${CLAUDE_PLUGIN_ROOT}/"
# Nobody writes so many, and each is tried on each path.
_MOST_PATTERNS = 100


def covers(command: File, path: str, client: Client) -> bool:
    """Whether a plugin command grants reading `path`, counted from the plugin's root.

    Evidence: measured on 2.1.197 and 2.1.328; a bare `Read` grants everything, a pattern needs the
    extra slash before the variable.
    """
    return any(pattern.match(path) for pattern in _patterns(command, client))


def narrowest(path: str) -> str:
    """The grant that reads the Markdown files beside `path` and nothing else."""
    folder = path.rpartition("/")[0]
    return f"Read({_ROOT}{folder + '/' if folder else ''}*.md)"


@lru_cache(maxsize=1024)
def _patterns(command: File, client: Client) -> list[re.Pattern[str]]:
    listed = command.document.frontmatter(client).values.get("allowed-tools")
    tokens = (token.rstrip(")").partition("(") for token in toolset.tokens(listed))
    patterns = dict.fromkeys(pattern for name, _, pattern in tokens if name == "Read")
    below = [pattern.removeprefix(_ROOT) for pattern in patterns if pattern.startswith(_ROOT)]
    return [wildcards.of_path("**")] if "" in patterns else [wildcards.of_path(each) for each in below[:_MOST_PATTERNS]]
