"""The command line: arguments, exit codes, and what goes to which stream."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from pathlib import Path

from packlint import __version__, config, lint
from packlint.client import client, versions
from packlint.config import ConfigError, Settings
from packlint.discover import PathError, discover
from packlint.pack import Pack
from packlint.problem import Problem, Severity

COMMANDS = ("check", "inspect", "expand", "fix", "rule", "rules", "schema")
_HELP = """\
packlint predicts what the Claude Code client will do with a pack of agents and commands.

  packlint [check] [PATH ...]    findings
  packlint inspect [PATH ...]    what the client would load, with which tools
  packlint expand FILE [TEXT]    the prompt that typing a command with TEXT would send; nothing is executed
  packlint fix [PATH ...]        mend what can be mended safely; --diff shows, --unsafe adds
  packlint rule CODE             what a rule checks, why, and a bad and a good example
  packlint rules                 every rule
  packlint schema KIND           the JSON Schema of agent or command frontmatter

PATH is a plugin, a project with .claude, a marketplace, a plain folder with agents/ or commands/,
or one file of these; the current folder when left out.
Exit codes: 0 clean, 1 findings at or above the failing level, 2 usage, configuration or internal error.
"""


class Exit(IntEnum):
    """The exit codes, the same for every format."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    INTERRUPTED = 130


class UsageError(Exception):
    """The call cannot be carried out; the text says why and what to do."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run packlint.

    Args:
        argv: the arguments without the program's name; those of the process when None.

    Returns:
        The exit code.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] not in COMMANDS:
        helps = arguments[:1] in (["-h"], ["--help"], ["--version"])
        arguments = arguments if helps else ["check", *arguments]
    try:
        options = _parser().parse_args(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
    except (UsageError, ConfigError, PathError) as error:
        return _complain(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FINDINGS
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    return code


def _complain(message: str) -> int:
    print(f"packlint: {message}", file=sys.stderr)
    return Exit.USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="packlint", usage="packlint [check|inspect|expand|fix|rule|rules|schema] ...", description=_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"packlint {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    check = _add(commands, "check", "report findings", _check)
    check.add_argument("--format", choices=("text", "json"), default="text", help="how findings are written")
    check.add_argument("--exit-zero", action="store_true", help="exit 0 whatever was found")
    inspect = _add(commands, "inspect", "show what the client would load", _inspect, rules=False)
    inspect.add_argument("--format", choices=("text", "json"), default="text", help="a table, or JSON")
    expand = _add(commands, "expand", "show the prompt that a command would send", _expand, rules=False, paths=False)
    expand.add_argument("file", type=Path, metavar="FILE", help="the command's file")
    expand.add_argument("arguments", nargs="?", default="", metavar="TEXT", help="what is typed after the command")
    expand.add_argument("--format", choices=("text", "json"), default="text", help="the prompt alone, or JSON")
    expand.add_argument(
        "--project", type=Path, metavar="DIR", help="where the client runs; default: the command's project, or here"
    )
    fix = _add(commands, "fix", "mend what can be mended", _fix)
    fix.add_argument("--diff", action="store_true", help="show the changes and write nothing")
    fix.add_argument("--unsafe", action="store_true", help="apply fixes that may change the meaning, too")
    rule = commands.add_parser("rule", help="explain a rule", allow_abbrev=False)
    rule.add_argument("code", metavar="CODE", help="a rule's code, such as FM006")
    rule.set_defaults(run=_rule)
    commands.add_parser("rules", help="list every rule", allow_abbrev=False).set_defaults(run=_rules)
    schema = commands.add_parser("schema", help="print a JSON Schema", allow_abbrev=False)
    schema.add_argument("kind", metavar="KIND", choices=("agent", "command"), help="agent or command")
    schema.set_defaults(run=_schema)
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    purpose: str,
    run: Callable[[argparse.Namespace], int],
    *,
    rules: bool = True,
    paths: bool = True,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=purpose, description=purpose.capitalize() + ".", allow_abbrev=False)
    if paths:
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="packs or files; default: this folder")
    parser.add_argument("--client", metavar="VERSION", help=f"predict this client: {', '.join(versions())}")
    parser.add_argument(
        "--layout", choices=("auto", "plugin", "project"), help="how to read folders that could be either"
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="a TOML file with [tool.packlint]")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours in text output")
    if rules:
        for option, purpose in (
            ("select", "run only these rules"),
            ("ignore", "leave these rules out"),
            ("extend-select", "run these rules as well"),
        ):
            parser.add_argument(f"--{option}", action="append", metavar="CODES", help=f"{purpose}; codes or prefixes")
        parser.add_argument("--strict", action="store_true", default=None, help="warnings fail, too")
    parser.set_defaults(run=run)
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    first = Path(os.path.abspath(options.paths[0])) if options.paths else Path.cwd()
    settings = config.load(first if first.is_dir() else first.parent, options.config)
    changes = {key: getattr(options, key, None) for key in ("client", "layout", "strict")}
    for key in ("select", "ignore", "extend_select"):
        changes[key] = config.split_codes(getattr(options, key, None))
    return config.override(settings, changes)


def _read(options: argparse.Namespace, settings: Settings) -> list[Pack]:
    paths = options.paths or [Path()]
    seen = client(settings.client)
    roots = discover(paths, settings.forced_layout, settings.exclude)
    packs = [Pack(root, seen, Path.cwd()) for root in roots]
    if not any(pack.agents or pack.commands or pack.faults for pack in packs):
        names = ", ".join(str(path) for path in paths)
        what = "a pack without agents and commands" if packs else "no pack"
        raise UsageError(
            f"nothing to validate: {what} found in {names}. A pack has agents/*.md or commands/*.md beside "
            "a .claude-plugin/plugin.json, in a project's .claude/, or in the folder given."
        )
    return packs


def _check(options: argparse.Namespace) -> int:
    from packlint import reporters

    settings = _settings(options)
    packs = _read(options, settings)
    problems = lint.check(packs, settings, _progress())
    report = reporters.Report(problems, packs, client(settings.client), _colored(options))
    _write(reporters.FORMATS[options.format](report))
    return Exit.CLEAN if options.exit_zero else _verdict(problems, settings)


def _inspect(options: argparse.Namespace) -> int:
    from packlint import inspection

    settings = _settings(options)
    _write(inspection.FORMATS[options.format](_read(options, settings), client(settings.client)))
    return Exit.CLEAN


def _expand(options: argparse.Namespace) -> int:
    from packlint import expand_output

    options.paths = [options.file]
    settings = _settings(options)
    sent, lines = expand_output.show(_read(options, settings), options, client(settings.client))
    _write(lines)
    return Exit.CLEAN if sent else Exit.FINDINGS


def _fix(options: argparse.Namespace) -> int:
    from packlint import fixes, reporters

    settings = _settings(options)
    try:
        changed, problems, packs = fixes.fix(
            lambda: _read(options, settings), lint.check, settings, unsafe=options.unsafe, write=not options.diff
        )
    except OSError as error:
        raise UsageError(f"cannot write {error.filename}: {error.strerror}") from error
    if options.diff:
        sys.stdout.writelines(fixes.diff(changed))
        return Exit.FINDINGS if changed else _verdict(problems, settings)
    for shown, _, _ in sorted(changed.values()):
        print(f"fixed {reporters.printable(shown)}")
    _write(reporters.text(reporters.Report(problems, packs, client(settings.client), _colored(options))))
    return Exit.FINDINGS if changed else _verdict(problems, settings)


def _rule(options: argparse.Namespace) -> int:
    from packlint import manual
    from packlint.rules import RULES
    from packlint.spelling import did_you_mean

    rule = RULES.get(options.code.upper())
    if rule is None:
        hint = did_you_mean(options.code, RULES) or "; `packlint rules` lists them"
        raise UsageError(f"no rule '{options.code}'{hint}")
    _write([manual.page(rule).rstrip()])
    return Exit.CLEAN


def _rules(_: argparse.Namespace) -> int:
    from packlint import manual
    from packlint.rules import RULES

    width = max(len(rule.NAME) for rule in RULES.values())
    _write(
        f"{rule.CODE}  {rule.NAME.ljust(width)}  {rule.SEVERITY.ljust(7)}  {manual.summary(rule)}"
        for rule in RULES.values()
    )
    return Exit.CLEAN


def _schema(options: argparse.Namespace) -> int:
    import json

    from packlint import schema

    _write([json.dumps(schema.load(options.kind), indent=2)])
    return Exit.CLEAN


def _verdict(problems: Iterable[Problem], settings: Settings) -> int:
    failing = Severity.WARNING if settings.strict else Severity.ERROR
    worst = any(problem.severity.rank <= failing.rank for problem in problems)
    return Exit.FINDINGS if worst else Exit.CLEAN


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")


def _colored(options: argparse.Namespace) -> bool:
    if options.color != "auto":
        return bool(options.color == "always")
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _progress() -> Callable[[str], None]:
    """Says on a terminal what is being read, once a run has lasted a second."""
    if not sys.stderr.isatty():
        return _say_nothing
    shown = time.monotonic() + 1.0
    files = 0

    def tell(_: str) -> None:
        nonlocal shown, files
        files += 1
        if time.monotonic() > shown:
            shown = time.monotonic() + 0.2
            print(f"\r{files} files read", end="\r", file=sys.stderr, flush=True)

    return tell


def _say_nothing(_: str) -> None:
    """The progress of a run that nobody watches."""
