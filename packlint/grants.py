"""What the `allowed-tools` of a command or a skill lets its turn read, its subagents included."""

from __future__ import annotations

import re
from functools import cache

from packlint import toolset
from packlint.client import Client
from packlint.pack import File

_ROOT, _SKILL = "/${CLAUDE_PLUGIN_ROOT}/", "/${CLAUDE_SKILL_DIR}/"


def covers(file: File, path: str, client: Client, own: str | None = None) -> bool:
    """Whether a plugin's command or skill grants reading `path`, counted from the plugin's root.

    `own` is the same path counted from the skill's folder, where it lies in it.

    Evidence: measured on 2.1.197 and 2.1.328; a bare `Read` grants everything, a pattern needs the
    extra slash before the variable.
    """
    for token in toolset.tokens(file.document.frontmatter(client).values.get("allowed-tools")):
        name, _, pattern = token.rstrip(")").partition("(")
        if name == "Read" and (not pattern or _matches(pattern, _ROOT, path) or _matches(pattern, _SKILL, own)):
            return True
    return False


def narrowest(path: str, own: str | None = None) -> str:
    """The grant that reads the files of the same kind beside `path` and nothing else."""
    folder, _, name = (path if own is None else own).rpartition("/")
    root = _ROOT if own is None else _SKILL
    return f"Read({root}{folder + '/' if folder else ''}*.{name.rpartition('.')[2]})"


def _matches(pattern: str, root: str, path: str | None) -> bool:
    return path is not None and pattern.startswith(root) and bool(_compiled(pattern.removeprefix(root)).fullmatch(path))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    pieces = re.split(r"(\*\*/?|\*|\?)", pattern)
    meaning = {"**": ".*", "**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(meaning.get(piece, re.escape(piece)) for piece in pieces))
