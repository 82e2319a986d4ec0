"""The migration gates: up, down and up again on a database that is thrown away; and no change without a revision."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from toolkit.gates.base_revision import GitError
from toolkit.gates.database import NoDatabaseError, disposable
from toolkit.gates.gate import Result, Verdict, together
from toolkit.gates.setting import Setting
from toolkit.project.migrations import Migrations
from toolkit.running.asking import ask

CHAIN = "migrations"
CHECK = "models"
WITHOUT_REVISION = "the models changed without a revision"
TOLD_BY_CODE = "there is no alembic.ini: the code itself tells Alembic where the migrations are, and these gates do not"


def judge(setting: Setting) -> list[Result]:
    """Do the migrations go up, down and up, and do they match the models? Each section of the settings has its own."""
    found = setting.overview.migrations
    place = os.path.relpath(found[0].config, setting.folder) if found else None
    if found and found[0].tool != "alembic":
        reason = f"the migrations are for {found[0].tool}, and these gates know Alembic alone"
        unusable: Result | None = Result(CHAIN, Verdict.NOT_CONFIGURED, reason)
    elif found and found[0].is_told_by_code:
        unusable = Result(CHAIN, Verdict.NOT_CONFIGURED, TOLD_BY_CODE)
    else:
        unusable = setting.unusable(CHAIN, "alembic", place)
    if unusable is not None or not found:
        result = unusable or Result(CHAIN, Verdict.NOT_CONFIGURED, "no folder of migrations was found")
        return [result, Result(CHECK, result.verdict, result.reason)]
    results = [_judged(setting, one) for one in found]
    return [together(CHAIN, [chain for chain, _ in results]), together(CHECK, [check for _, check in results])]


def _judged(setting: Setting, found: Migrations) -> tuple[Result, Result]:
    alembic = " ".join(("alembic", *found.named))
    chain = Result(CHAIN, Verdict.NOT_RUN, command=f"{alembic} upgrade head; downgrade base; upgrade head")
    check = Result(CHECK, Verdict.NOT_RUN, command=f"{alembic} check")
    try:
        answer = _walked(setting, found)
    except NoDatabaseError as error:
        chain.reason = check.reason = str(error)
        return chain, check
    if "failure" in answer:
        failure = answer["failure"]
        chain.verdict = Verdict.NOT_RUN if failure["surroundings"] else Verdict.FAILED
        chain.reason = check.reason = failure["message"]
        chain.lines = failure["lines"]
    else:
        _conclude(answer["found"], alembic, chain, check)
    return chain, check


def _walked(setting: Setting, found: Migrations) -> dict[str, Any]:
    application = setting.overview.application
    request = {
        "folder": str(setting.folder),
        "root": str(application.root if application else setting.folder),
        "location": str(found.config.parent),
        "section": found.named,
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


def _conclude(found: dict[str, Any], alembic: str, chain: Result, check: Result) -> None:
    """Fill in what a walk through the migrations has shown."""
    failed = next((step for step in found["steps"] if not step["ok"]), None)
    chain.exit_code, chain.lines = int(failed is not None), found["notes"]
    if failed is not None:
        chain.verdict, chain.reason = Verdict.FAILED, f"{failed['command'].replace('alembic', alembic, 1)} failed"
        chain.lines = [*failed["lines"], *chain.lines]
        check.reason = "the migrations do not reach the head"
        return
    chain.verdict, chain.reason = Verdict.PASSED, f"{len(found['steps'])} steps"
    if found["check"] is None:
        check.reason = "this Alembic has no `check`: 1.9 brought it"
        return
    fine = found["check"]["ok"]
    check.verdict, check.reason = (Verdict.PASSED, "") if fine else (Verdict.FAILED, WITHOUT_REVISION)
    check.exit_code, check.lines = int(not fine), found["check"]["lines"]
