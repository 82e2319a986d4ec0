"""The test suite, measured: one run gives the verdict on the tests and the data for that on coverage."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit.gates.gate import Result, Verdict, telling
from toolkit.gates.setting import Setting
from toolkit.project import configuration

NO_TESTS = 5
_SUMMARY = re.compile(r"=+ short test summary info =+")
_COUNTS = re.compile(r"\b\d+ (?:passed|failed|errors?|skipped|xfailed|xpassed|deselected)\b.*? in [\d.]+")


@dataclass
class Suite:
    """The verdict on the tests, and the coverage report as JSON; `unmeasured` says why there is none."""

    result: Result
    report: dict[str, Any] = field(default_factory=dict)
    unmeasured: str = ""


def run(setting: Setting) -> Suite:
    """Run the whole suite with branch coverage."""
    files = setting.overview.tests.files
    unusable = setting.unusable("tests", "pytest", f"{len(files)} test files" if files else None)
    if unusable is not None:
        return Suite(unusable, unmeasured="the tests did not run")
    command, unmeasured = _command(setting)
    done = setting.runner.run([*command, "-o", f"cache_dir={setting.runner.scratch / 'pytest'}", "--color=no"])
    result = Result(
        "tests",
        Verdict.PASSED if done.code == 0 else Verdict.FAILED,
        _counts(done.lines) if done.code != NO_TESTS else "no tests were collected",
        setting.runner.shown(command),
        done.code,
        done.seconds,
        telling(_failures(done.lines)) if done.code else [],
    )
    return Suite(result, {} if unmeasured else _report(setting), unmeasured)


def _command(setting: Setting) -> tuple[list[str], str]:
    """How pytest is run, and why nothing is measured where it is not."""
    options = _options(setting.folder)
    parallel = any(re.fullmatch(r"-n.*|--numprocesses(=.*)?|--dist(=.*)?", option) for option in options)
    measured = any(option.split("=")[0] == "--cov" for option in options)
    if "coverage" not in setting.modules or "coverage" not in setting.overview.tools.configured:
        return setting.runner.python("-m", "pytest"), "coverage is not measured"
    if "pytest_cov" in setting.modules and (parallel or measured):
        report = f"--cov-report=json:{setting.runner.scratch / 'coverage.json'}"
        sources = [] if measured else [f"--cov={source}" for source in _sources(setting)] or ["--cov"]
        return setting.runner.python("-m", "pytest", *sources, "--cov-branch", report), ""
    run = ["-m", "coverage", "run", "--branch"]
    settings = coverage_settings(setting.folder)
    if sources := _sources(setting):
        run.append(f"--source={','.join(sources)}")
    if "concurrency" not in settings and "greenlet" in setting.modules:
        run.append("--concurrency=greenlet,thread")  # asynchronous SQLAlchemy runs inside greenlets
    alone = ["-n0"] if parallel else []
    return setting.runner.python(*run, "-m", "pytest", *alone), ""


def _options(folder: Path) -> list[str]:
    """The options pytest's own configuration adds."""
    data = configuration.toml(folder / "pyproject.toml")
    values = [configuration.within(data, "tool", "pytest", "ini_options", "addopts")]
    values += [configuration.within(data, "tool", "pytest", "addopts")]
    for name, section in (("pytest.ini", "pytest"), ("tox.ini", "pytest"), ("setup.cfg", "tool:pytest")):
        values.append(configuration.ini(folder / name).get(section, "addopts", fallback=None))
    found: list[str] = []
    for value in values:
        found += value if isinstance(value, list) else shlex.split(value or "")
    return found


def coverage_settings(folder: Path) -> dict[str, Any]:
    """What the project's own configuration says how coverage is measured."""
    for name, section in ((".coveragerc", "run"), ("setup.cfg", "coverage:run"), ("tox.ini", "coverage:run")):
        parser = configuration.ini(folder / name)
        if parser.has_section(section):
            return dict(parser.items(section))
    run = configuration.within(configuration.toml(folder / "pyproject.toml"), "tool", "coverage", "run")
    return dict(run) if isinstance(run, Mapping) else {}


def _sources(setting: Setting) -> list[str]:
    """What to measure where the project does not say it: the application's package, files no test imports included."""
    settings = coverage_settings(setting.folder)
    application = setting.overview.application
    if application is None or {"source", "source_pkgs", "source_dirs", "include"} & set(settings):
        return []
    return [os.path.relpath(application.folder, setting.folder)]


def _report(setting: Setting) -> dict[str, Any]:
    """The report on what was measured; empty where there is none."""
    scratch = setting.runner.scratch
    target = scratch / "coverage.json"
    if not target.exists():
        coverage = setting.runner.python("-m", "coverage")
        if not (scratch / "coverage").exists():
            setting.runner.run([*coverage, "combine", str(scratch)])
        setting.runner.run([*coverage, "json", "--quiet", "--ignore-errors", "--fail-under=0", "-o", str(target)])
    try:
        report: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return report


def _counts(lines: list[str]) -> str:
    """How many tests passed and failed, in pytest's own words; nothing where it came to no count."""
    return next((f"{match[0]} s" for line in reversed(lines) if (match := _COUNTS.search(line))), "")


def _failures(lines: list[str]) -> list[str]:
    """Pytest's own summary; the end of the output where it wrote none."""
    starts = [number for number, line in enumerate(lines) if _SUMMARY.match(line)]
    if starts:
        return [*_errors(lines[: starts[-1]]), *lines[starts[-1] + 1 :]]
    return lines[-20:]


def _errors(lines: list[str]) -> list[str]:
    """The lines that pytest marks as the reason, the first of them."""
    return [line for line in lines if line.startswith("E   ")][:8]
