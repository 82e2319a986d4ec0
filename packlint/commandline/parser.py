"""The command line's arguments."""

from __future__ import annotations

import argparse
from itertools import islice

from packlint import __version__
from packlint.cli import COMMANDS
from packlint.client import known_versions
from packlint.config import BASELINE
from packlint.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn

_FORMATS = ("text", "json", "sarif", "github", "junit")
_MOST_JOBS = 64
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


class _Parser(argparse.ArgumentParser):
    """One whose complaints hold no control characters, whatever the arguments do."""

    def error(self, message: str) -> NoReturn:
        from packlint.commandline.terminal import printable

        super().error(printable(message))


class _Subparser(_Parser):
    """A subcommand's: options may stand between paths, and what it does not know it complains of itself."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        found, unknown = super().parse_known_args(self._sorted(args), namespace)
        if unknown:
            hints = (did_you_mean(each.partition("=")[0], self._option_string_actions) for each in unknown)
            self.error(f"unrecognized arguments: {' '.join(unknown)}{next(filter(None, hints), '')}")
        return found, unknown

    def _sorted(self, given: Sequence[str]) -> list[str]:
        """The options before all else: `argparse` closes a list of paths at the first option behind one of them."""
        options: list[str] = []
        others: list[str] = []
        rest = iter(given)
        for each in rest:
            if each == "--":
                return [*options, "--", *others, *rest]
            if not each.startswith("-") or each == "-":
                others.append(each)
                continue
            action = self._option_string_actions.get(each)
            options += [each, *islice(rest, 1 if action is not None and action.nargs is None else 0)]
        return options + others


def parser() -> argparse.ArgumentParser:
    """The whole command line; `command` holds the subcommand's name."""
    top = _Parser(
        prog="packlint", usage=f"packlint [{'|'.join(COMMANDS)}] ...", description=_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    top.add_argument("--version", action="version", version=f"packlint {__version__}")
    commands = top.add_subparsers(
        prog="packlint", metavar="COMMAND", dest="command", required=True, parser_class=_Subparser
    )
    check = _add(commands, "check", "report findings")
    check.add_argument("--format", choices=_FORMATS, help="default: github under GitHub Actions, text elsewhere")
    check.add_argument("--statistics", action="store_true", help="count by rule instead of listing; text or json")
    check.add_argument("--exit-zero", action="store_true", help="exit 0 whatever was found")
    check.add_argument("--stdin-filename", metavar="PATH", help="judge the text on stdin as the pack's file PATH")
    check.add_argument("--no-cache", action="store_true", help="neither use nor keep results of earlier runs")
    check.add_argument("--jobs", type=_count, metavar="N", help="share the work among N processes; default: what pays")
    _add_rules(check)
    _add_verdict(check)
    _add_baseline(check)
    inspect = _add(commands, "inspect", "show what the client would load")
    inspect.add_argument("--format", choices=_VIEWS, help="default: text, a table; JSON; or a graph")
    expand = _add(commands, "expand", "show the prompt that a command or a skill would send", paths=False)
    expand.add_argument("file", metavar="FILE", help="the file of a command or a skill, or MANIFEST#NAME")
    expand.add_argument(
        "arguments",
        nargs="?",
        default="",
        metavar="TEXT",
        help="what is typed after the command; -- before it lets it begin with a dash",
    )
    expand.add_argument("--format", choices=("text", "json"), default="text", help="the prompt alone, or JSON")
    expand.add_argument(
        "--project", metavar="DIR", help="where the client runs; default: the command's project, or here"
    )
    fix = _add(commands, "fix", "mend what can be mended")
    fix.add_argument("--diff", action="store_true", help="show the changes, and on stderr what is left; write nothing")
    fix.add_argument("--unsafe", action="store_true", help="apply fixes that may change the meaning, too")
    _add_rules(fix)
    _add_verdict(fix)
    _add_baseline(fix)
    record = _add(commands, "baseline", "record today's findings")
    record.add_argument("--baseline", metavar="FILE", help=f"where to; default: {BASELINE}")
    _add_rules(record)
    rule = commands.add_parser("rule", help="explain a rule", allow_abbrev=False)
    rule.add_argument("code", metavar="CODE", help="a rule's code or name, such as FM006")
    commands.add_parser("rules", help="list every rule", allow_abbrev=False)
    schema = commands.add_parser("schema", help="print a JSON Schema", allow_abbrev=False)
    schema.add_argument("kind", metavar="KIND", choices=("agent", "command", "skill"), help="agent, command or skill")
    return top


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 1 to {_MOST_JOBS}")
    return number


def _add(
    commands: argparse._SubParsersAction[_Subparser], name: str, purpose: str, *, paths: bool = True
) -> argparse.ArgumentParser:
    added = commands.add_parser(name, help=purpose, description=purpose.capitalize() + ".", allow_abbrev=False)
    if paths:
        added.add_argument("paths", nargs="*", metavar="PATH", help="packs or files; default: this folder")
    added.add_argument("--client", metavar="VERSION", help=f"predict this client: {', '.join(known_versions())}")
    added.add_argument(
        "--layout", choices=("auto", "plugin", "project"), help="how to read folders that could be either"
    )
    added.add_argument("--config", metavar="FILE", help="a TOML file with [tool.packlint]")
    return added


def _add_rules(command: argparse.ArgumentParser) -> None:
    for option, purpose in (
        ("select", "run only these rules"),
        ("ignore", "leave these rules out"),
        ("extend-select", "run these rules as well"),
    ):
        command.add_argument(f"--{option}", action="append", metavar="CODES", help=f"{purpose}; codes or prefixes")


def _add_verdict(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strict", action="store_true", default=None, help="warnings fail, too")
    command.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours in text output")


def _add_baseline(command: argparse.ArgumentParser) -> None:
    choice = command.add_mutually_exclusive_group()
    choice.add_argument("--baseline", metavar="FILE", help=f"hold back what it records; default: {BASELINE} if there")
    choice.add_argument("--no-baseline", action="store_true", help="report every finding, recorded or not")
