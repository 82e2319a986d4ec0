"""The command line's arguments, and what is read from them: settings and packs."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from packlint import __version__, baseline, config
from packlint.client import client, versions
from packlint.config import Settings
from packlint.discover import discover
from packlint.pack import MAX_BYTES, Pack
from packlint.standin import around

COMMANDS = ("check", "inspect", "expand", "fix", "baseline", "rule", "rules", "schema")
_FORMATS = ("text", "json", "sarif", "github", "junit")
_VIEWS = ("text", "json", "mermaid")
_HELP = """\
packlint predicts what the Claude Code client will do with a pack of agents, commands and skills.

  packlint [check] [PATH ...]    findings
  packlint inspect [PATH ...]    what the client would load, with which tools
  packlint expand FILE [TEXT]    the prompt that typing a command or skill with TEXT would send; nothing runs
  packlint fix [PATH ...]        mend what can be mended safely; --diff shows, --unsafe adds
  packlint baseline [PATH ...]   record today's findings, so that check reports only new ones
  packlint rule CODE             what a rule checks, why, and a bad and a good example
  packlint rules                 every rule
  packlint schema KIND           the JSON Schema of agent, command or skill frontmatter

PATH is a plugin, a project with .claude, a marketplace, a plain folder with agents/, commands/ or
skills/, or one file of these; the current folder when left out.
Exit codes: 0 clean, 1 findings at or above the failing level, 2 usage, configuration or internal error.
"""


class UsageError(Exception):
    """The call cannot be carried out; the text says why and what to do."""


def parser() -> argparse.ArgumentParser:
    """The whole command line; `command` holds the subcommand's name."""
    top = argparse.ArgumentParser(
        prog="packlint", usage=f"packlint [{'|'.join(COMMANDS)}] ...", description=_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    top.add_argument("--version", action="version", version=f"packlint {__version__}")
    commands = top.add_subparsers(prog="packlint", metavar="COMMAND", dest="command", required=True)
    check = _add(commands, "check", "report findings")
    check.add_argument("--format", choices=_FORMATS, help="default: github under GitHub Actions, text elsewhere")
    check.add_argument("--statistics", action="store_true", help="count by rule instead of listing; text or json")
    check.add_argument("--exit-zero", action="store_true", help="exit 0 whatever was found")
    check.add_argument(
        "--stdin-filename", type=Path, metavar="PATH", help="judge the text on stdin as the pack's file PATH"
    )
    _add_rules(check)
    _add_baseline(check)
    inspect = _add(commands, "inspect", "show what the client would load")
    inspect.add_argument("--format", choices=_VIEWS, default="text", help="a table, JSON, or a graph")
    expand = _add(commands, "expand", "show the prompt that a command or a skill would send", paths=False)
    expand.add_argument("file", type=Path, metavar="FILE", help="the file of a command or a skill")
    expand.add_argument("arguments", nargs="?", default="", metavar="TEXT", help="what is typed after the command")
    expand.add_argument("--format", choices=("text", "json"), default="text", help="the prompt alone, or JSON")
    expand.add_argument(
        "--project", type=Path, metavar="DIR", help="where the client runs; default: the command's project, or here"
    )
    fix = _add(commands, "fix", "mend what can be mended")
    fix.add_argument("--diff", action="store_true", help="show the changes and write nothing")
    fix.add_argument("--unsafe", action="store_true", help="apply fixes that may change the meaning, too")
    _add_rules(fix)
    _add_baseline(fix)
    record = _add(commands, "baseline", "record today's findings")
    record.add_argument("--baseline", type=Path, metavar="FILE", help=f"where to; default: {baseline.NAME}")
    _add_rules(record)
    rule = commands.add_parser("rule", help="explain a rule", allow_abbrev=False)
    rule.add_argument("code", metavar="CODE", help="a rule's code, such as FM006")
    commands.add_parser("rules", help="list every rule", allow_abbrev=False)
    schema = commands.add_parser("schema", help="print a JSON Schema", allow_abbrev=False)
    schema.add_argument("kind", metavar="KIND", choices=("agent", "command", "skill"), help="agent, command or skill")
    return top


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, purpose: str, *, paths: bool = True
) -> argparse.ArgumentParser:
    added = commands.add_parser(name, help=purpose, description=purpose.capitalize() + ".", allow_abbrev=False)
    if paths:
        added.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="packs or files; default: this folder")
    added.add_argument("--client", metavar="VERSION", help=f"predict this client: {', '.join(versions())}")
    added.add_argument(
        "--layout", choices=("auto", "plugin", "project"), help="how to read folders that could be either"
    )
    added.add_argument("--config", type=Path, metavar="FILE", help="a TOML file with [tool.packlint]")
    added.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours in text output")
    return added


def _add_rules(command: argparse.ArgumentParser) -> None:
    for option, purpose in (
        ("select", "run only these rules"),
        ("ignore", "leave these rules out"),
        ("extend-select", "run these rules as well"),
    ):
        command.add_argument(f"--{option}", action="append", metavar="CODES", help=f"{purpose}; codes or prefixes")
    command.add_argument("--strict", action="store_true", default=None, help="warnings fail, too")


def _add_baseline(command: argparse.ArgumentParser) -> None:
    choice = command.add_mutually_exclusive_group()
    choice.add_argument(
        "--baseline", type=Path, metavar="FILE", help=f"hold back what it records; default: {baseline.NAME} if there"
    )
    choice.add_argument("--no-baseline", action="store_true", help="report every finding, recorded or not")


def _start(options: argparse.Namespace) -> Path:
    """The folder that configuration and baseline are looked for at or above."""
    given = getattr(options, "stdin_filename", None)
    first = Path(os.path.abspath(given or (options.paths or ["."])[0]))
    return first if first.is_dir() else first.parent


def settings(options: argparse.Namespace) -> Settings:
    """The configuration file's settings with the command line's put over them."""
    found = config.load(_start(options), options.config)
    changes = {key: getattr(options, key, None) for key in ("client", "layout", "strict")}
    for key in ("select", "ignore", "extend_select"):
        changes[key] = config.split_codes(getattr(options, key, None))
    return config.override(found, changes)


def known(options: argparse.Namespace) -> Path | None:
    """The baseline to compare with: the one given, else the one in place, None for neither."""
    if options.no_baseline:
        return None
    return options.baseline or baseline.find(_start(options))


def recorded(options: argparse.Namespace) -> Path:
    """The baseline to write: the one given, else the one in place, else a new one."""
    start = _start(options)
    return options.baseline or baseline.find(start) or baseline.place(start)


def packs(options: argparse.Namespace, chosen: Settings) -> list[Pack]:
    """The packs that the command line names.

    Raises:
        UsageError: there is nothing to validate.
        PathError: a path cannot be checked.
    """
    if getattr(options, "stdin_filename", None) is not None:
        return [_given(options, chosen)]
    paths = options.paths or [Path()]
    seen = client(chosen.client)
    roots = discover(paths, chosen.forced_layout, chosen.exclude)
    found = [Pack(root, seen, Path.cwd()) for root in roots]
    if not any(any(pack.loaded) or pack.strays or pack.faults for pack in found):
        names = ", ".join(str(path) for path in paths)
        what = "a pack without agents, commands and skills" if found else "no pack"
        raise UsageError(
            f"nothing to validate: {what} found in {names}. A pack has agents/*.md, commands/*.md or "
            "skills/*/SKILL.md beside "
            "a .claude-plugin/plugin.json, in a project's .claude/, or in the folder given."
        )
    return found


def _given(options: argparse.Namespace, chosen: Settings) -> Pack:
    path = Path(os.path.abspath(options.stdin_filename))
    if options.paths:
        raise UsageError("--stdin-filename judges one file; leave the paths out")
    if path.suffix.lower() not in (".md", ".markdown") or path.is_dir():
        raise UsageError(f"--stdin-filename takes an agent, a command or a document, a .md file; not {path}")
    root = around(path, chosen.forced_layout)
    return Pack(root, client(chosen.client), Path.cwd(), (path, sys.stdin.buffer.read(MAX_BYTES + 1)))
