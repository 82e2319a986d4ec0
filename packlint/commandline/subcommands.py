"""What each subcommand does."""

from __future__ import annotations

import os
import sys

from packlint import lint
from packlint.cli import CLEAN, FINDINGS, USAGE, complain
from packlint.client import client
from packlint.commandline import options
from packlint.commandline.options import Given, UsageError
from packlint.commandline.output import Output, WriteError, put
from packlint.commandline.progress import progress
from packlint.commandline.terminal import printable, tame
from packlint.files.disk import Disk
from packlint.files.filesystem import normal
from packlint.reporters import FORMATS, STATISTICS, Report, number, writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from packlint.cache.judged import Files
    from packlint.cache.memory import Memory
    from packlint.config import Settings
    from packlint.pack import Pack
    from packlint.problem import Problem

# What holds for a plugin's files alone; copied into a project's .claude, they do what they say.
_OF_PLUGINS = ("CM008", "FM015", "RF007", "RF010", "RF011", "TL016")


def run(arguments: Sequence[str], memory: Memory | None = None) -> int:
    """Carry a call out.

    Args:
        arguments: a subcommand and what follows it.
        memory: keeps the result of a check.

    Returns:
        The exit code.

    Raises:
        WriteError: the result cannot be written.
    """
    from packlint.config import ConfigError
    from packlint.discover import PathError

    output = Output(memory)
    if not _is_somewhere():
        return complain("the folder in which packlint was started is not there any more")
    try:
        given = options.read(arguments)
        code = _RUN[given.command](given, output)
        output.close(code)
    except (UsageError, ConfigError, PathError) as error:
        return complain(str(error))
    except (BrokenPipeError, WriteError):
        raise
    except SystemExit as left:  # `argparse` has said what there is to say, and does not look whether it could
        put("")
        return CLEAN if left.code == CLEAN else USAGE
    except Exception as error:  # noqa: BLE001 - whatever a file holds, the answer is a message and a documented code
        return complain(_defect(error))
    return code


def _is_somewhere() -> bool:
    try:
        os.getcwd()
    except OSError:
        return False
    return True


def _defect(error: Exception) -> str:
    """What a person can report when packlint itself is wrong."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" at {os.path.basename(place.tb_frame.f_code.co_filename)}:{place.tb_lineno}" if place else ""
    return f"internal error, please report it: {type(error).__name__}{where}: {error}"


def _check(given: Given, output: Output) -> int:
    formats = STATISTICS if given.statistics else FORMATS
    style = given.format or ("github" if _in_actions() and not given.statistics else "text")
    if style not in formats:
        raise UsageError(f"--statistics is written as {' or '.join(formats)}, not as {style}")
    disk = Disk(output.memory.witness if output.memory is not None else None)
    settings = options.settings(given, disk)
    packs = options.packs(given, settings, disk)
    files = output.memory.files() if output.memory is not None else None
    problems = _judged(packs, settings, given.jobs, files)
    report = _report(given, settings, packs, problems, output, disk)
    output.write(writer(formats[style])(report))
    _tell_of_bystanders(given, packs, output)
    if settings.forced_layout is None:
        _tell_of_layout(report, output)
    return CLEAN if given.exit_zero else _verdict(report)


def _inspect(given: Given, output: Output) -> int:
    from packlint import inspection

    disk = Disk()
    settings = options.settings(given, disk)
    show = inspection.FORMATS[given.format or "text"]
    output.write(show(options.packs(given, settings, disk), client(settings.client)))
    return CLEAN


def _expand(given: Given, output: Output) -> int:
    from packlint.prompts import expand_output

    disk = Disk()
    # Behind `#` stands the name of a command whose text the manifest before it has.
    path = given.file if os.path.exists(given.file) else given.file.partition("#")[0]
    if not os.path.isfile(path):
        fault = "is no file" if os.path.exists(path) else "does not exist"
        raise UsageError(f"{path} {fault}; give the file of a command, such as commands/go.md, or a skill's SKILL.md")
    given.paths = [path]
    settings = options.settings(given, disk)
    sent, lines = expand_output.show(options.packs(given, settings, disk), given, client(settings.client))
    output.write(lines)
    return CLEAN if sent else FINDINGS


def _fix(given: Given, output: Output) -> int:
    from packlint.mending import fixes
    from packlint.reporters.plain import text

    settings = options.settings(given, Disk())
    found, problems, packs = fixes.fix(
        lambda: options.packs(given, settings, Disk()), _judged, settings, unsafe=given.unsafe, write=not given.diff
    )
    report = _report(given, settings, packs, problems, output, Disk())
    changes = sorted((change for change in found.values() if change.is_own), key=lambda change: change.shown)
    if given.diff:
        output.write(tame(line).removesuffix("\n") for change in changes for line in change.patch.diff(change.shown))
        if report.problems:
            output.remark(text(report))
    else:
        output.write(f"fixed {printable(change.shown)}" for change in changes if not change.refused)
        output.write(text(report))
    _tell_of_bystanders(given, packs, output)
    for name in sorted(change.shown for change in found.values() if not change.is_own):
        output.tell(f"{name} is left as it is: it leads out of the pack")
    refused = [change for change in changes if change.refused]
    for change in refused:
        output.tell(f"cannot write {change.shown}: {change.refused}; it is as it was")
    return USAGE if refused else FINDINGS if changes else _verdict(report)


def _baseline(given: Given, output: Output) -> int:
    from packlint import baseline

    disk = Disk()
    settings = options.settings(given, disk)
    packs = options.packs(given, settings, disk)
    path = options.baseline_to_write(given, disk)
    try:
        count = baseline.record(path, _judged(packs, settings), packs, settings.codes(), disk)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
    output.write([f"{number(count, 'finding')} recorded in {printable(os.path.relpath(path))}"])
    return CLEAN


def _rule(given: Given, output: Output) -> int:
    from packlint import manual

    rule = manual.rule_called(given.code)
    if rule is None:
        raise UsageError(f"no rule '{given.code}'{manual.hint(given.code)}")
    output.write([manual.page(rule).rstrip()])
    return CLEAN


def _rules(_: Given, output: Output) -> int:
    from packlint import manual
    from packlint.rules import RULES

    width = max(len(rule.NAME) for rule in RULES.values())
    output.write(
        f"{rule.CODE}  {rule.NAME.ljust(width)}  {rule.SEVERITY.ljust(7)}  {manual.summary(rule)}"
        for rule in RULES.values()
    )
    return CLEAN


def _schema(given: Given, output: Output) -> int:
    import json

    from packlint import schema

    output.write([json.dumps(schema.load(given.kind), indent=2)])
    return CLEAN


_RUN: dict[str, Callable[[Given, Output], int]] = {
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
    given: Given, settings: Settings, packs: Sequence[Pack], problems: Sequence[Problem], output: Output, disk: Disk
) -> Report:
    """The findings to report: all, or those that the baseline does not hold."""
    path, known = options.baseline_to_compare(given, disk), 0
    if path is not None:
        from packlint import baseline

        compared = baseline.compare(path, problems, packs, settings.codes(), disk)
        problems, known = compared.fresh, compared.known
        if compared.gone:
            verb = "is" if compared.gone == 1 else "are"
            output.tell(f"{number(compared.gone, 'finding')} of the baseline {verb} gone; run `packlint baseline`")
    return Report(problems, packs, client(settings.client), _colored(given), settings.strict, known)


def _tell_of_bystanders(given: Given, packs: Sequence[Pack], output: Output) -> None:
    """Say of a file that was asked for and is none of a pack that its silence means nothing."""
    named = [given.stdin_filename] if given.stdin_filename is not None else given.paths
    wanted = {path: normal(os.path.abspath(path)) for path in named if os.path.isfile(path)}
    judged = {file.location for pack in packs for file in pack.files} if wanted else set()
    for path in (path for path, location in wanted.items() if location not in judged):
        output.tell(f"{path} is no agent, command, skill, document or manifest of a pack: nothing in it was judged")


def _tell_of_layout(report: Report, output: Output) -> None:
    """Say how a folder that could be either was read, where findings hang on that."""
    of_plugins = [problem.path for problem in report.problems if problem.code in _OF_PLUGINS]
    for pack in report.packs if of_plugins else ():
        top = "" if pack.shown_root == "." else f"{pack.shown_root}/"
        if pack.is_plain and any(path.startswith(top) for path in of_plugins):
            where = "this folder" if pack.shown_root == "." else pack.shown_root
            output.tell(
                f"{where} has no plugin.json and was read as a plugin; --layout project reads it as files for .claude"
            )


def _judged(
    packs: Sequence[Pack], settings: Settings, jobs: int | None = None, files: Files | None = None
) -> list[Problem]:
    """Every problem of the packs, while a person at a terminal is told how far it is.

    Raises:
        UsageError: no rule is left to judge them by.
    """
    if settings.ignore and not settings.codes():
        raise UsageError(f"no rule is left: ignoring {', '.join(settings.ignore)} takes away all that are selected")
    watched = progress()
    try:
        return lint.check(packs, settings, watched, jobs, files)
    finally:
        if watched is not None:
            watched.close()


def _verdict(report: Report) -> int:
    return FINDINGS if any(report.failing()) else CLEAN


def _in_actions() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _colored(given: Given) -> bool:
    if given.color != "auto":
        return given.color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stderr if given.diff else sys.stdout).isatty()
