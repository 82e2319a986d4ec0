"""What the command line says, and what is read for it: settings and packs."""

from __future__ import annotations

import os
import sys

from packlint import config
from packlint.cli import COMMANDS, FLAGS, HELP
from packlint.client import client
from packlint.config import BASELINE, Settings
from packlint.discover import PathError, discover
from packlint.files.disk import Disk
from packlint.files.filesystem import MAX_BYTES, normal
from packlint.pack import Pack
from packlint.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class UsageError(Exception):
    """The call cannot be carried out; the text says why and what to do."""


class Given:
    """What was given on the command line; at first, what `check` does where nothing is."""

    command = "check"
    format: str | None = None
    statistics = False
    exit_zero = False
    stdin_filename: str | None = None
    no_cache = False
    jobs: int | None = None
    client: str | None = None
    layout: str | None = None
    config: str | None = None
    color = "auto"
    select: list[str] | None = None
    ignore: list[str] | None = None
    extend_select: list[str] | None = None
    strict: bool | None = None
    baseline: str | None = None
    no_baseline = False
    # Of other commands alone.
    file = ""
    arguments = ""
    project: str | None = None
    diff = False
    unsafe = False
    code = ""
    kind = ""

    def __init__(self, paths: Sequence[str] = ()) -> None:
        self.paths = list(paths)


def read(arguments: Sequence[str]) -> Given:
    """The arguments as given; `argparse`, which takes as long as a dozen files, is loaded where one has a value."""
    command, *others = arguments
    flags = [each for each in others if each.startswith("-")]
    if command not in FLAGS or not set(flags).issubset(FLAGS[command]):
        from packlint.commandline.parser import parser

        return parser().parse_args(arguments, namespace=Given())
    given = Given([each for each in others if each not in flags])
    given.command = command
    for flag in flags:
        setattr(given, flag.removeprefix("--").replace("-", "_"), True)
    return given


def _start(given: Given) -> str:
    """The folder that configuration and baseline are looked for at or above."""
    first = normal(os.path.abspath(given.stdin_filename or (given.paths or ["."])[0]))
    return first if os.path.isdir(first) else os.path.dirname(first)


def settings(given: Given, disk: Disk) -> Settings:
    """The configuration file's settings with the command line's put over them."""
    found = config.load(disk, _start(given), given.config)
    changes = {key: getattr(given, key) for key in ("client", "layout", "strict")}
    for key in ("select", "ignore", "extend_select"):
        changes[key] = config.split_codes(getattr(given, key))
    return config.override(found, changes)


def baseline_to_compare(given: Given, disk: Disk) -> str | None:
    """The baseline to compare with: the one given, else the one in place, None for neither."""
    return None if given.no_baseline else given.baseline or disk.nearest(_start(given), BASELINE)


def baseline_to_write(given: Given, disk: Disk) -> str:
    """The baseline to write: the one given, else the one in place, else a new one at the top of the project."""
    from packlint.discover import above

    start = _start(given)
    tops = (folder for folder in above(f"{start}/_") if _is_top(disk, folder))
    return given.baseline or disk.nearest(start, BASELINE) or f"{next(tops, start).rstrip('/')}/{BASELINE}"


def _is_top(disk: Disk, folder: str) -> bool:
    return disk.is_file(f"{folder}/pyproject.toml") or disk.kind(f"{folder}/.git") is not None


def packs(given: Given, chosen: Settings, disk: Disk) -> list[Pack]:
    """The packs that the command line names.

    Raises:
        UsageError: there is nothing to validate, or a path cannot be checked.
        PathError: the path of the text on stdin is in no pack.
    """
    if given.stdin_filename is not None:
        return [_from_stdin(given, chosen)]
    paths = given.paths or ["."]
    seen = client(chosen.client)
    try:
        roots = discover(paths, chosen.forced_layout, chosen.exclude, disk, chosen.base)
    except PathError as error:
        raise UsageError(f"{error}{_hint(paths)}") from None
    found = [Pack(root, seen, os.getcwd()) for root in roots]
    if not any(map(_has_anything, found)):
        # A lone dot before a comma or a stop would be read as a part of `..`.
        names = ", ".join("this folder" if path == "." else path for path in paths)
        what = "a pack with nothing that the client could load" if found else "no pack"
        if (limits := _limits(chosen)) and discover(paths, None, (), disk, chosen.base):
            raise UsageError(f"nothing to validate: {what} found in {names}; {limits} left out what is there")
        raise UsageError(
            f"nothing to validate: {what} found in {names}; a pack has agents/*.md, commands/*.md or "
            "skills/*/SKILL.md beside a .claude-plugin/plugin.json, in a project's .claude/, or in the folder given; "
            "one skill is a folder with its SKILL.md"
        )
    return found


def _limits(chosen: Settings) -> str:
    """The settings that keep packs from being found."""
    layout = [] if chosen.forced_layout is None else [f"layout '{chosen.layout}'"]
    return " and ".join([*layout, *(["'exclude'"] if chosen.exclude else [])])


def _hint(paths: Sequence[str]) -> str:
    """What may have been meant by paths one of which is none: to the front door, a misspelt subcommand is a path."""
    if "-" in paths:
        return "; a text on stdin needs --stdin-filename PATH"
    if paths[0] in COMMANDS:
        return f"; '{paths[0]}' goes before the options"
    return did_you_mean(paths[0], (*COMMANDS, *HELP))


def _has_anything(pack: Pack) -> bool:
    if any(pack.loaded) or pack.strays or pack.faults:
        return True
    from packlint.discovery import manifests

    return any(manifests.adds(file, pack) for file in pack.manifests)


def _from_stdin(given: Given, chosen: Settings) -> Pack:
    from packlint.discovery.standin import around

    path = normal(os.path.abspath(given.stdin_filename or ""))
    if given.paths:
        raise UsageError("--stdin-filename judges one file; leave the paths out")
    if not path.lower().endswith((".md", ".markdown")) or os.path.isdir(path):
        raise UsageError(f"--stdin-filename takes an agent, a command, a skill or a document, a .md file; not {path}")
    if sys.stdin is None:
        raise UsageError("--stdin-filename judges the text on stdin, which is closed")
    root = around(path, chosen.forced_layout)
    return Pack(root, client(chosen.client), os.getcwd(), (path, sys.stdin.buffer.read(MAX_BYTES + 1)))
