"""The command line: what each command does, exit codes, and what goes to which stream."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from pathlib import Path

from packlint import baseline, lint, options
from packlint.baseline import BaselineError
from packlint.client import client
from packlint.config import ConfigError, Settings
from packlint.discover import PathError
from packlint.options import COMMANDS, UsageError
from packlint.pack import Pack
from packlint.problem import Problem
from packlint.reporters import FORMATS, STATISTICS, Report, number, printable, text


class Exit(IntEnum):
    """The exit codes, the same for every format."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    INTERRUPTED = 130


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
        given = options.parser().parse_args(arguments)
        code = _RUN[given.command](given)
        sys.stdout.flush()
    except (UsageError, ConfigError, PathError, BaselineError) as error:
        return _complain(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FINDINGS
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - whatever a file holds, the answer is a message and a documented code
        return _complain(_defect(error))
    return code


def _defect(error: Exception) -> str:
    """What a person can report when packlint itself is wrong."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" at {Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else ""
    return f"internal error, please report it: {type(error).__name__}{where}: {error}"


def _complain(message: str) -> int:
    _tell(message)
    return Exit.USAGE


def _check(given: argparse.Namespace) -> int:
    formats = STATISTICS if given.statistics else FORMATS
    style = given.format or ("github" if _in_actions() and not given.statistics else "text")
    if style not in formats:
        raise UsageError(f"--statistics is written as {' or '.join(formats)}, not as {style}")
    settings = options.settings(given)
    packs = options.packs(given, settings)
    report = _report(given, settings, packs, lint.check(packs, settings, _progress()))
    _write(formats[style](report))
    return Exit.CLEAN if given.exit_zero else _verdict(report)


def _inspect(given: argparse.Namespace) -> int:
    from packlint import inspection

    settings = options.settings(given)
    _write(inspection.FORMATS[given.format](options.packs(given, settings), client(settings.client)))
    return Exit.CLEAN


def _expand(given: argparse.Namespace) -> int:
    from packlint import expand_output

    given.paths = [given.file]
    settings = options.settings(given)
    sent, lines = expand_output.show(options.packs(given, settings), given, client(settings.client))
    _write(lines)
    return Exit.CLEAN if sent else Exit.FINDINGS


def _fix(given: argparse.Namespace) -> int:
    from packlint import fixes

    settings = options.settings(given)
    try:
        changed, problems, packs = fixes.fix(
            lambda: options.packs(given, settings), lint.check, settings, unsafe=given.unsafe, write=not given.diff
        )
    except OSError as error:
        raise UsageError(f"cannot write {error.filename}: {error.strerror}") from error
    report = _report(given, settings, packs, problems)
    if given.diff:
        sys.stdout.writelines(fixes.diff(changed))
        return Exit.FINDINGS if changed else _verdict(report)
    _write(f"fixed {printable(shown)}" for shown, _, _ in sorted(changed.values()))
    _write(text(report))
    return Exit.FINDINGS if changed else _verdict(report)


def _baseline(given: argparse.Namespace) -> int:
    settings = options.settings(given)
    packs = options.packs(given, settings)
    path = options.recorded(given)
    try:
        count = baseline.record(path, lint.check(packs, settings, _progress()), packs, settings.codes())
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
    _write([f"{number(count, 'finding')} recorded in {printable(os.path.relpath(path))}"])
    return Exit.CLEAN


def _rule(given: argparse.Namespace) -> int:
    from packlint import manual
    from packlint.rules import RULES
    from packlint.spelling import did_you_mean

    rule = RULES.get(given.code.upper())
    if rule is None:
        hint = did_you_mean(given.code, RULES) or "; `packlint rules` lists them"
        raise UsageError(f"no rule '{given.code}'{hint}")
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


def _schema(given: argparse.Namespace) -> int:
    import json

    from packlint import schema

    _write([json.dumps(schema.load(given.kind), indent=2)])
    return Exit.CLEAN


_RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "inspect": _inspect,
    "expand": _expand,
    "fix": _fix,
    "baseline": _baseline,
    "rule": _rule,
    "rules": _rules,
    "schema": _schema,
}


def _report(
    given: argparse.Namespace, settings: Settings, packs: Sequence[Pack], problems: Sequence[Problem]
) -> Report:
    """The findings to report: all, or those that the baseline does not hold."""
    path, known = options.known(given), 0
    if path is not None:
        compared = baseline.compare(path, problems, packs, settings.codes())
        problems, known = compared.fresh, compared.known
        if compared.gone:
            verb = "is" if compared.gone == 1 else "are"
            _tell(f"{number(compared.gone, 'finding')} of the baseline {verb} gone; run `packlint baseline`")
    return Report(problems, packs, client(settings.client), _colored(given), settings.strict, known)


def _verdict(report: Report) -> int:
    return Exit.FINDINGS if any(report.failing()) else Exit.CLEAN


def _write(lines: Iterable[str]) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    for line in lines:
        sys.stdout.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def _tell(message: str) -> None:
    print(f"packlint: {message}", file=sys.stderr)


def _in_actions() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _colored(given: argparse.Namespace) -> bool:
    if given.color != "auto":
        return bool(given.color == "always")
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
