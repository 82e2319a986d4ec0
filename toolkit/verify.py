"""`verify`: the gates that a change has to pass, run with the project's own tools over the whole tree."""

from __future__ import annotations

import argparse
import hashlib
import math
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from toolkit.failure import ToolkitError
from toolkit.gates import base_revision, contract, coverage, migrating, report, static, suite
from toolkit.gates.gate import Result, Verdict
from toolkit.gates.setting import Setting
from toolkit.project import environment, tools
from toolkit.project.overview import Overview
from toolkit.running.command import Runner

QUICK = ("format", "lint", "types")
GATES = (*QUICK, "tests", "coverage", migrating.CHAIN, migrating.CHECK, contract.GATE)
DESCRIPTION = """\
Run a project's gates over its whole tree and print a table: format, lint, types; tests, with branch coverage of the
lines that changed since the base revision (90 % at least); migrations up, down and up again on a database that is
thrown away, and whether the models need another revision (models); what changed in the OpenAPI document, breaking
changes by name. Verdicts: passed; failed; not configured, when the project lacks the tool; not run, with the reason.

The tools are the project's: those of its .venv, else of the environment that uv, poetry, pipenv or hatch names, else of
the active one, else of the Python that runs this. Nothing is left in the project; mypy's cache is kept in
~/.cache/fastapi-pack. Your database is not touched: migrations get one of their own, on your server if it is on this
machine, else on a PostgreSQL of their own if its programs are here."""
EXIT_CODES = "Exit codes: 0 no gate failed, 1 one did, 2 usage or environment error."


def main(argv: Sequence[str]) -> int:
    """Run the gates.

    Args:
        argv: the arguments after `verify`.

    Returns:
        1 when a gate failed, else 0.

    Raises:
        ToolkitError: there is no project, or an argument is wrong.
    """
    given = _parser().parse_args(argv)
    wanted = _wanted(given)
    if given.json and not given.json.parent.is_dir():
        raise ToolkitError(f"--json {given.json}: there is no folder {given.json.parent}")
    overview = Overview.of(given.project)
    base = base_revision.find(overview.folder, given.base)
    signal.signal(signal.SIGTERM, _interrupt)
    with tempfile.TemporaryDirectory(prefix="verify-", ignore_cleanup_errors=True) as scratch:
        found = environment.find(overview.folder)
        runner = Runner(overview.folder, found, Path(scratch), _cache(overview.folder), given.limit)
        setting = Setting(overview, runner, base, given.allow_breaking, given.database_url)
        setting.use_own_code()
        results = list(_results(setting, wanted))
    print("\n".join([*report.header(overview, found, base), "", *report.table(results)]))
    print(f"\n{report.conclusion(results)}")
    if beside := tools.beside(overview.folder):
        print(f"not run here, the project has them beside these gates: {', '.join(beside)}")
    if given.json:
        report.write(given.json, overview.folder, found, base, results)
    return int(any(one.verdict == Verdict.FAILED for one in results))


def _results(setting: Setting, wanted: Sequence[str]) -> Iterator[Result]:
    """The results of the wanted gates, in their order."""
    for names, judge in JUDGES:
        if set(names) & set(wanted):
            started = time.monotonic()
            with _announced(names):
                results = judge(setting)
            results[0].seconds = results[0].seconds or time.monotonic() - started
            yield from (one for one in results if one.gate in wanted)


@contextmanager
def _announced(names: Sequence[str]) -> Iterator[None]:
    """Say at a terminal what is running, for as long as it does: a suite takes minutes."""
    if not sys.stderr.isatty():
        yield
        return
    words = f"running {', '.join(names)} ..."
    print(words, end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        print(f"\r{' ' * len(words)}\r", end="", file=sys.stderr, flush=True)


def _tests(setting: Setting) -> list[Result]:
    ran = suite.run(setting)
    return [ran.result, coverage.judge(setting, ran)]


JUDGES: tuple[tuple[tuple[str, ...], Callable[[Setting], list[Result]]], ...] = (
    (("format",), lambda setting: [static.formatting(setting)]),
    (("lint",), lambda setting: [static.linting(setting)]),
    (("types",), lambda setting: [static.typing(setting)]),
    (("tests", "coverage"), _tests),
    ((migrating.CHAIN, migrating.CHECK), migrating.judge),
    ((contract.GATE,), lambda setting: [contract.judge(setting)]),
)


def _wanted(given: argparse.Namespace) -> tuple[str, ...]:
    if given.only is None:
        return QUICK if given.quick else GATES
    names = given.only.split(",")
    unknown = [name for name in names if name not in GATES]
    if unknown:
        raise ToolkitError(f"no gate is called {', '.join(unknown)}: choose from {', '.join(GATES)}")
    return tuple(gate for gate in GATES if gate in names)


def _seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return number


def _cache(project: Path) -> Path:
    """A folder that outlives the run, apart from those of other projects."""
    place = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return place / "fastapi-pack" / hashlib.sha256(str(project).encode()).hexdigest()[:16]


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """End as an interrupted run does: with everything that was started."""
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 toolkit verify",
        description=DESCRIPTION,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--project", type=Path, default=Path(), help="the project's folder (default: this one)")
    parser.add_argument(
        "--base", metavar="REVISION", help="the revision to compare with (default: where the branch began)"
    )
    parser.add_argument("--quick", action="store_true", help="format, lint and types alone")
    parser.add_argument("--only", metavar="GATES", help=f"some gates alone, with commas: {', '.join(GATES)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results to a file, too")
    parser.add_argument(
        "--allow-breaking", action="store_true", help="name breaking changes of the API without failing"
    )
    parser.add_argument("--database-url", metavar="URL", help="a server on which a database for migrations may be made")
    parser.add_argument(
        "--limit", type=_seconds, default=540, metavar="SECONDS", help="for each command (default: 540)"
    )
    return parser
