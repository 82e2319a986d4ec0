"""The gates that read code without running it: format, lint, types. They judge the whole tree."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.gates.gate import Result, Verdict, telling
from toolkit.gates.setting import Setting
from toolkit.project import configuration


def formatting(setting: Setting) -> Result:
    """Is every file as the project's formatter writes it?"""
    configured = setting.overview.tools.configured
    ruff = configuration.within(configuration.toml(setting.folder / "pyproject.toml"), "tool", "ruff", "format")
    if "black" in configured and ruff is None:
        command = setting.runner.python("-m", "black", "--check", ".")
        return setting.unusable("format", "black") or _judged(setting, "format", command)
    command = setting.runner.python("-m", "ruff", "format", "--check", ".")
    return setting.unusable("format", "ruff") or _judged(setting, "format", command)


def linting(setting: Setting) -> Result:
    """Does the linter find nothing?"""
    command = setting.runner.python("-m", "ruff", "check", ".")
    return setting.unusable("lint", "ruff") or _judged(setting, "lint", command, "--output-format", "concise")


def typing(setting: Setting) -> Result:
    """Does the type checker find nothing?"""
    unshown = ("--no-pretty", "--cache-dir", str(setting.runner.cache / "mypy"))
    command = setting.runner.python("-m", "mypy", *([] if _says_what(setting) else ["."]))
    return setting.unusable("types", "mypy") or _judged(setting, "types", command, *unshown)


def _judged(setting: Setting, gate: str, command: Sequence[str], *unshown: str) -> Result:
    """A gate that passes when a command ends with 0; options that only keep the project clean are not shown."""
    done = setting.runner.run([*command, *unshown])
    verdict = Verdict.FAILED if done.code else Verdict.PASSED
    lines = telling(done.lines) if done.code else []
    return Result(gate, verdict, "", setting.runner.shown(command), done.code, done.seconds, lines)


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
