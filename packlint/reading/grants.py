"""What the `allowed-tools` of a command or a skill lets its turn read, its subagents included."""

from __future__ import annotations

from packlint.client import Client
from packlint.memo import lru_cache
from packlint.pack import File
from packlint.text import wildcards

_ROOT, _SKILL = "/${CLAUDE_PLUGIN_ROOT}/", "/${CLAUDE_SKILL_DIR}/"
# Nobody writes so many, and each is tried on each path.
_MOST_PATTERNS = 100


def covers(file: File, path: str, client: Client, own: str | None = None) -> bool:
    """Whether a plugin's command or skill grants reading `path`, counted from the plugin's root.

    `own` is the same path counted from the skill's folder, where it lies in it.

    Evidence: 40 grants measured on 2.1.197 and 2.1.328; a bare `Read` grants everything, a pattern needs the
    extra slash before the variable.
    """
    places = ((path, _ROOT), (own, _SKILL))
    return any(
        wildcards.covers(pattern, place)
        for place, root in places
        if place is not None
        for pattern in _patterns(file, client, root)
    )


def narrowest(path: str, own: str | None = None) -> str:
    """The grant that reads the files of the same kind beside `path` and nothing else."""
    folder, _, name = (path if own is None else own).rpartition("/")
    root = _ROOT if own is None else _SKILL
    return f"Read({root}{folder + '/' if folder else ''}*.{name.rpartition('.')[2]})"


@lru_cache(maxsize=1024)
def _patterns(file: File, client: Client, root: str) -> list[str]:
    """What a file grants reading, as patterns counted from the folder that a variable stands for."""
    tools = ("Read", "Edit") if client.does("grants_reading_with_edit") else ("Read",)
    tokens = (token.rstrip(")").partition("(") for token in file.command(client).allowed_tools)
    given = dict.fromkeys((name, pattern) for name, _, pattern in tokens if name in tools)
    if ("Read", "") in given or (("Read", "*") in given and client.does("takes_a_star_for_all")):
        return ["**"]
    whole = [pattern[1:] for _, pattern in given if pattern.startswith("//**")]
    folder = root.removesuffix("/")
    below = [pattern.removeprefix(folder) for _, pattern in given if f"{pattern}/".startswith(root)]
    return [*whole, *(each if len(each) > 1 else "/**" for each in below)][:_MOST_PATTERNS]
