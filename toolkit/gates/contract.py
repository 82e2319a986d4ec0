"""The OpenAPI gate: what the application's document says now, against what it said at the base revision."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from toolkit.gates.base_revision import GitError
from toolkit.gates.gate import Result, Verdict
from toolkit.gates.setting import Setting
from toolkit.openapi import comparison
from toolkit.project.application import Application
from toolkit.running.asking import ask

GATE = "openapi"
ENVIRONMENT_FILES = ".env*"


def judge(setting: Setting) -> Result:
    """Can the application be built, and does its OpenAPI document break no client of the base revision?"""
    application = setting.overview.application
    if application is None:
        unparsed = setting.overview.unparsed
        why = f"; this Python cannot parse {unparsed[0]}" if unparsed else ""
        return Result(GATE, Verdict.NOT_RUN, f"no application was found in the code{why}")
    if application.needs:
        return Result(GATE, Verdict.NOT_RUN, f"{application.spec} cannot be called by a server: it needs arguments")
    if missing := setting.without_libraries(GATE):
        return missing
    head = document(setting, application, setting.folder)
    command = f"openapi of {application.spec}"
    if "failure" in head:
        return _unbuilt(head, command)
    notes = _placeholders(head)
    if setting.base.missing:
        return Result(GATE, Verdict.NOT_RUN, f"nothing to compare with: {setting.base.missing}", command, lines=notes)
    try:
        base = _of_base(setting, application)
    except GitError as error:
        return Result(GATE, Verdict.NOT_RUN, f"nothing to compare with: {error.reason}", command, lines=notes)
    command += f" against {setting.base.commit[:12]}"
    if "failure" in base:
        why = f"the application of the base revision cannot be built: {base['failure']['message']}"
        return Result(GATE, Verdict.NOT_RUN, why, command, lines=notes)
    return _compared(setting, comparison.compare(base["found"], head["found"]), command, notes)


def document(setting: Setting, application: Application, folder: Path) -> dict[str, Any]:
    """The answer of the application in a folder, which is the project's or a copy of it, to what its document is."""
    # It is the folder above where the project's own is the package.
    root = os.path.normpath(folder / os.path.relpath(application.root, setting.folder))
    request = {
        "what": "openapi",
        "folder": str(folder),
        "root": root,
        "import_name": application.import_name,
        "variable": application.variable,
        "factory": application.factory,
    }
    return ask(setting.runner, "describe", request, folder)


def _of_base(setting: Setting, application: Application) -> dict[str, Any]:
    target = setting.runner.scratch / "base" / setting.folder.name
    shutil.rmtree(target.parent, ignore_errors=True)
    target.mkdir(parents=True)
    folder = setting.base.export(target)
    if not folder.is_dir():
        return {"failure": {"message": "the project was not there"}}
    _lend_environment_files(setting.folder, folder, target)
    return document(setting, application, folder)


def _lend_environment_files(project: Path, folder: Path, top: Path) -> None:
    """Let the base revision's settings be those of today: link the files that hold them and are in no commit."""
    while True:
        for path in project.glob(ENVIRONMENT_FILES):
            if path.is_file() and not (folder / path.name).exists():
                (folder / path.name).symlink_to(path.resolve())
        if folder == top:
            return
        project, folder = project.parent, folder.parent


def _unbuilt(answer: dict[str, Any], command: str) -> Result:
    failure = answer["failure"]
    verdict = Verdict.NOT_RUN if failure["surroundings"] else Verdict.FAILED
    reason = f"the application cannot be built: {failure['message']}"
    return Result(GATE, verdict, reason, command, lines=[failure["message"], *failure["lines"], *_placeholders(answer)])


def _placeholders(answer: dict[str, Any]) -> list[str]:
    filled = answer.get("placeholders")
    what = "tried with" if "failure" in answer else "built with"
    return [f"{what} placeholders for settings that are not set: {', '.join(filled)}"] if filled else []


def _compared(setting: Setting, changes: list[comparison.Change], command: str, notes: list[str]) -> Result:
    breaking = [change for change in changes if change.breaking]
    lines = [f"breaking: {change.text}" for change in breaking]
    lines += [f"also: {change.text}" for change in changes if not change.breaking]
    other = len(changes) - len(breaking)
    told = f"{len(breaking)} breaking, {other} other change{'' if other == 1 else 's'}"
    reason = told if changes else "no difference"
    failed = breaking and not setting.allow_breaking
    return Result(GATE, Verdict.FAILED if failed else Verdict.PASSED, reason, command, lines=[*lines, *notes])
