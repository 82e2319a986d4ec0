"""The migration gates: up, down and up again on a database that is thrown away; and no change without a revision."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from toolkit.gates.base_revision import GitError
from toolkit.gates.database import NoDatabaseError, disposable
from toolkit.gates.gate import Result, Verdict
from toolkit.gates.setting import Setting
from toolkit.project.migrations import Migrations
from toolkit.running.asking import ask

CHAIN = "migrations"
CHECK = "models"
CHAIN_COMMAND = "alembic upgrade head; downgrade base; upgrade head"
CHECK_COMMAND = "alembic check"


def judge(setting: Setting) -> list[Result]:
    """Do the migrations go up, down and up, and do they match the models?"""
    found = setting.overview.migrations
    if found is not None and found.tool != "alembic":
        reason = f"the migrations are for {found.tool}, and these gates know Alembic alone"
        return [Result(gate, Verdict.NOT_CONFIGURED, reason) for gate in (CHAIN, CHECK)]
    place = os.path.relpath(found.config, setting.folder) if found else None
    unusable = setting.unusable(CHAIN, "alembic", place)
    if found is None or unusable is not None:
        result = unusable or Result(CHAIN, Verdict.NOT_CONFIGURED, "no folder of migrations was found")
        return [result, Result(CHECK, result.verdict, result.reason)]
    try:
        answer = _walked(setting, found)
    except NoDatabaseError as error:
        return _both(Verdict.NOT_RUN, str(error))
    if "failure" in answer:
        failure = answer["failure"]
        verdict = Verdict.NOT_RUN if failure["surroundings"] else Verdict.FAILED
        return _both(verdict, failure["message"], failure["lines"])
    return _results(answer["found"])


def _both(verdict: Verdict, reason: str, lines: list[str] | None = None) -> list[Result]:
    return [
        Result(CHAIN, verdict, reason, CHAIN_COMMAND, lines=lines or []),
        Result(CHECK, Verdict.NOT_RUN, reason, CHECK_COMMAND),
    ]


def _walked(setting: Setting, found: Migrations) -> dict[str, Any]:
    application = setting.overview.application
    request = {
        "folder": str(setting.folder),
        "root": str(application.root if application else setting.folder),
        "location": str(found.config.parent),
        "config": "" if found.config.name == "pyproject.toml" else found.config.name,
        "changed": _changed(setting, found),
    }

    def migrate(action: str, **more: Any) -> dict[str, Any]:
        return ask(setting.runner, "migrate", {**request, "action": action, **more}, found.config.parent)

    answer = migrate("address")
    if "failure" in answer:
        return answer
    with disposable(setting, answer["found"], migrate) as address:
        return migrate("run", address=address)


def _changed(setting: Setting, found: Migrations) -> list[str] | None:
    """The files of revisions that were added or changed since the base; None where that is not known."""
    if setting.base.missing:
        return None
    try:
        changed = setting.base.changed_lines()
    except GitError:
        return None
    revisions = {one.path.resolve() for one in found.revisions}
    return [str(path) for path in changed if Path(path).resolve() in revisions]


def _results(found: dict[str, Any]) -> list[Result]:
    failed = next((step for step in found["steps"] if not step["ok"]), None)
    if failed is not None:
        reason = f"{failed['command']} failed"
        chain = Result(CHAIN, Verdict.FAILED, reason, CHAIN_COMMAND, 1, lines=[*failed["lines"], *found["notes"]])
        return [chain, Result(CHECK, Verdict.NOT_RUN, "the migrations do not reach the head", CHECK_COMMAND)]
    chain = Result(CHAIN, Verdict.PASSED, f"{len(found['steps'])} steps", CHAIN_COMMAND, 0, lines=found["notes"])
    check = found["check"]
    if check is None:
        return [chain, Result(CHECK, Verdict.NOT_RUN, "this Alembic has no `check`: 1.9 brought it", CHECK_COMMAND)]
    verdict = Verdict.PASSED if check["ok"] else Verdict.FAILED
    reason = "" if check["ok"] else "the models changed without a revision"
    return [chain, Result(CHECK, verdict, reason, CHECK_COMMAND, int(not check["ok"]), lines=check["lines"])]
