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
UNMEASURED = "coverage is not measured"
_COUNTS = re.compile(
    r"\b\d+ (?:passed|failed|errors?|skipped|xfailed|xpassed|deselected)\b.*? in [\d.]+|^Ran \d+ tests? in [\d.]+"
)
_NOTHING = re.compile(r"^Ran 0 tests")
# The line below the count of unittest, and both as they are told.
_SKIPPED = re.compile(r"^OK \((?:.*, )?(skipped=\d+)")
_ALL_SKIPPED = re.compile(r"^Ran (\d+) tests? .*, skipped=\1$")


@dataclass
class Suite:
    """The verdict on the tests, and the coverage report as JSON; `unmeasured` says why there is none."""

    result: Result
    report: dict[str, Any] = field(default_factory=dict)
    unmeasured: str = ""


def run(setting: Setting) -> Suite:
    """Run the whole suite with branch coverage."""
    files = setting.overview.tests.files
    if _is_of_unittest(setting):
        if missing := setting.without_libraries("tests"):
            return Suite(missing, unmeasured="the tests did not run")
        command, unmeasured = _measured(setting, ["unittest", "discover", *_start(setting)])
        done = setting.runner.run(command)
    else:
        unusable = setting.unusable("tests", "pytest", f"{len(files)} test files" if files else None)
        if unusable is not None:
            return Suite(unusable, unmeasured="the tests did not run")
        command, unmeasured = _command(setting)
        done = setting.runner.run([*command, "-o", f"cache_dir={setting.runner.scratch / 'pytest'}", "--color=no"])
    verdict, reason = _verdict(done.code, _counts(done.lines), len(files))
    result = Result(
        "tests",
        verdict,
        reason,
        setting.runner.shown(command),
        done.code,
        done.seconds,
        telling(_failures(done.lines)) if done.code else [],
    )
    return Suite(result, {} if unmeasured else _report(setting), unmeasured)


def _verdict(code: int, counts: str, files: int) -> tuple[Verdict, str]:
    """What an exit code and the counts prove; a suite in which nothing passed proves nothing."""
    if code == NO_TESTS or (code == 0 and _NOTHING.search(counts)):
        if files:
            return Verdict.FAILED, f"none of the tests in {files} file{'s'[: files != 1]} was collected"
        return Verdict.NOT_RUN, "there are no tests"
    has_passed = " passed" in counts or (counts.startswith("Ran") and not _ALL_SKIPPED.match(counts))
    if code == 0 and counts and not has_passed:
        return Verdict.NOT_RUN, f"no test passed: {counts}"
    return Verdict.PASSED if code == 0 else Verdict.FAILED, counts


def _is_of_unittest(setting: Setting) -> bool:
    """Whether the tests are for unittest alone: they are cases of it, and pytest is neither wanted nor there."""
    files = setting.overview.tests.files
    pytest = "pytest" in setting.overview.tools.configured or "pytest" in setting.modules
    return not pytest and any(
        "unittest" in {alias.name for alias in node.names} or getattr(node, "module", None) == "unittest"
        for module in files
        for node in module.imports
    )


def _start(setting: Setting) -> list[str]:
    """Where unittest is to begin: in a folder of tests that is no package, which it does not look into by itself."""
    tops = sorted({module.parts[0] for module in setting.overview.tests.files if len(module.parts) > 1})
    plain = [top for top in tops if not (setting.folder / top / "__init__.py").exists()]
    return ["--start-directory", plain[0]] if len(tops) == 1 and plain else []


def _command(setting: Setting) -> tuple[list[str], str]:
    """How pytest is run, and why nothing is measured where it is not."""
    options = _options(setting.folder)
    parallel = any(re.fullmatch(r"-n.*|--numprocesses(=.*)?|--dist(=.*)?", option) for option in options)
    measured = any(option.split("=")[0] == "--cov" for option in options)
    if not _measures(setting):
        return setting.runner.python("-m", "pytest"), UNMEASURED
    if "pytest_cov" in setting.modules and (parallel or measured):
        report = f"--cov-report=json:{setting.runner.scratch / 'coverage.json'}"
        sources = [] if measured else [f"--cov={source}" for source in _sources(setting)] or ["--cov"]
        return setting.runner.python("-m", "pytest", *sources, "--cov-branch", report), ""
    return _measured(setting, ["pytest", *(["-n0"] if parallel else [])])


def _measured(setting: Setting, tests: list[str]) -> tuple[list[str], str]:
    """A module that runs tests, under coverage where the project has it."""
    if not _measures(setting):
        return setting.runner.python("-m", *tests), UNMEASURED
    run = ["-m", "coverage", "run", "--branch"]
    settings = coverage_settings(setting.folder)
    if sources := _sources(setting):
        run.append(f"--source={','.join(sources)}")
    if "concurrency" not in settings and "greenlet" in setting.modules:
        run.append("--concurrency=greenlet,thread")  # asynchronous SQLAlchemy runs inside greenlets
    return setting.runner.python(*run, "-m", *tests), ""


def _measures(setting: Setting) -> bool:
    return "coverage" in setting.modules and "coverage" in setting.overview.tools.configured


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
    """How many tests passed and failed, in the words of what ran them; nothing where it came to no count."""
    counts = next((f"{match[0]} s" for line in reversed(lines) if (match := _COUNTS.search(line))), "")
    skipped = next((match[1] for line in reversed(lines) if (match := _SKIPPED.match(line))), "")
    return f"{counts}, {skipped}" if skipped and counts.startswith("Ran") else counts


def _failures(lines: list[str]) -> list[str]:
    """Pytest's own summary; the end of the output where it wrote none."""
    starts = [number for number, line in enumerate(lines) if _SUMMARY.match(line)]
    if starts:
        return [*_errors(lines[: starts[-1]]), *lines[starts[-1] + 1 :]]
    return lines[-20:]


def _errors(lines: list[str]) -> list[str]:
    """The lines that pytest marks as the reason, the first of them."""
    return [line for line in lines if line.startswith("E   ")][:8]
