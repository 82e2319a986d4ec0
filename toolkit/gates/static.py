"""The gates that read code without running it: format, lint, types. They judge the whole tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.gates.gate import Result, Verdict, telling, together
from toolkit.gates.setting import Setting
from toolkit.project import configuration
from toolkit.project.environment import FOLDERS

BLACK_SAW_NOTHING = "No Python files are present"
NOTHING_SEEN = "its settings, or git's, leave out every Python file"


def formatting(setting: Setting) -> Result:
    """Is every file as the project's formatter writes it?"""
    configured = setting.overview.tools.configured
    ruff = configuration.within(configuration.toml(setting.folder / "pyproject.toml"), "tool", "ruff", "format")
    runs = {"ruff": ("format", "--check", "."), "isort": ("--check-only", ".")}
    if "black" in configured and ruff is None:
        runs = {"black": ("--check", "."), "isort": ("--check-only", ".")}
    return _all_of(setting, "format", runs)


def linting(setting: Setting) -> Result:
    """Does the linter find nothing?"""
    folders = ",".join(FOLDERS)
    runs = {"ruff": ("check", "."), "flake8": (f"--extend-exclude={folders}", ".")}
    return _all_of(setting, "lint", runs, {"ruff": ("--output-format", "concise")})


def typing(setting: Setting) -> Result:
    """Does the type checker find nothing?"""
    python = ("--pythonpath", str(setting.runner.environment.python))
    runs = {"mypy": () if _says_what(setting) else (".",), "pyright": (), "basedpyright": ()}
    mypy = ("--no-pretty", "--cache-dir", str(setting.runner.cache / "mypy"))
    return _all_of(setting, "types", runs, {"mypy": mypy, "pyright": python, "basedpyright": python})


def _all_of(
    setting: Setting,
    gate: str,
    runs: Mapping[str, tuple[str, ...]],
    unshown: Mapping[str, tuple[str, ...]] | None = None,
) -> Result:
    """A gate that passes when each of its tools that the project has ends with 0.

    Args:
        setting: the run.
        gate: its name.
        runs: the arguments of each tool, the usual one first.
        unshown: options that only keep the project clean and the output short.
    """
    tools = setting.overview.tools
    present = [tool for tool in runs if tool in tools.configured]
    if not present:
        usual = next(iter(runs))
        return _elsewhere(setting, gate, runs) or setting.unusable(gate, usual) or Result(gate, Verdict.NOT_CONFIGURED)
    results = []
    for tool in present:
        command = setting.runner.python("-m", tool, *runs[tool])
        result = setting.unusable(gate, tool) or _judged(setting, gate, command, *(unshown or {}).get(tool, ()))
        if result.verdict == Verdict.PASSED and tool == "ruff" and not setting.files_of_ruff:
            result.verdict, result.reason = Verdict.NOT_RUN, NOTHING_SEEN
        results.append(result)
    return together(gate, results)


def _elsewhere(setting: Setting, gate: str, runs: Mapping[str, tuple[str, ...]]) -> Result | None:
    for tool, place in setting.overview.tools.elsewhere.items():
        if tool in runs:
            reason = f"{tool} is configured ({place}), and the project does not depend on it"
            return Result(gate, Verdict.NOT_CONFIGURED, reason)
    return None


def _judged(setting: Setting, gate: str, command: Sequence[str], *unshown: str) -> Result:
    """A gate that passes when a command ends with 0; options that only keep the project clean are not shown."""
    done = setting.runner.run([*command, *unshown])
    verdict, reason = Verdict.FAILED if done.code else Verdict.PASSED, ""
    if not done.code and BLACK_SAW_NOTHING in done.output:
        verdict, reason = Verdict.NOT_RUN, NOTHING_SEEN
    lines = telling(done.lines) if done.code else []
    return Result(gate, verdict, reason, setting.runner.shown(command), done.code, done.seconds, lines)


def _says_what(setting: Setting) -> bool:
    """Whether mypy's configuration names what it checks."""
    folder = setting.folder
    table = configuration.within(configuration.toml(folder / "pyproject.toml"), "tool", "mypy") or {}
    keys = set(table)
    for name in ("mypy.ini", ".mypy.ini", "setup.cfg", "tox.ini"):
        parser = configuration.ini(folder / name)
        if parser.has_section("mypy"):
            keys |= set(parser.options("mypy"))
    return bool(keys & {"files", "packages", "modules"})
