"""What the `allowed-tools` of a command or a skill lets its turn read, its subagents included."""

from __future__ import annotations

import re
from functools import lru_cache

from packlint.client import Client
from packlint.pack import File
from packlint.prompts import wildcards

_ROOT, _SKILL = "/${CLAUDE_PLUGIN_ROOT}/", "/${CLAUDE_SKILL_DIR}/"
# Nobody writes so many, and each is tried on each path.
_MOST_PATTERNS = 100


def covers(file: File, path: str, client: Client, own: str | None = None) -> bool:
    """Whether a plugin's command or skill grants reading `path`, counted from the plugin's root.

    `own` is the same path counted from the skill's folder, where it lies in it.

    Evidence: measured on 2.1.197 and 2.1.328; a bare `Read` grants everything, a pattern needs the
    extra slash before the variable.
    """
    places = ((path, _ROOT), (own, _SKILL))
    return any(
        pattern.match(place) for place, root in places if place is not None for pattern in _patterns(file, client, root)
    )


def narrowest(path: str, own: str | None = None) -> str:
    """The grant that reads the files of the same kind beside `path` and nothing else."""
    folder, _, name = (path if own is None else own).rpartition("/")
    root = _ROOT if own is None else _SKILL
    return f"Read({root}{folder + '/' if folder else ''}*.{name.rpartition('.')[2]})"


@lru_cache(maxsize=1024)
def _patterns(file: File, client: Client, root: str) -> list[re.Pattern[str]]:
    """What a file grants reading below a variable."""
    tokens = (token.rstrip(")").partition("(") for token in file.command(client).allowed_tools)
    patterns = dict.fromkeys(pattern for name, _, pattern in tokens if name == "Read")
    below = [pattern.removeprefix(root) for pattern in patterns if pattern.startswith(root)]
    return [wildcards.of_path("**")] if "" in patterns else [wildcards.of_path(each) for each in below[:_MOST_PATTERNS]]
