"""Imports the project's code inside the project's own Python, and says why where that fails."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from toolkit.inside import placeholders

MOST_ROUNDS = 80
# What an exception of these says is about the surroundings of the code, and not about the code.
SURROUNDINGS = ("ValidationError", "SettingsError", "OperationalError", "InterfaceError", "ConnectionError", "EnvError")


def answer(result: str, request: dict[str, Any], work: Callable[[dict[str, Any]], Any], *, connects: bool) -> None:
    """Import the project's code as a request says, and write what comes of it, as JSON.

    Args:
        result: the file to write: `found`, or `failure` where the project raises; `placeholders` are filled settings.
        request: what `folder`, `root` and `environment` say of the project; the rest is for `work`.
        work: gives what is found; it is called again where a setting has no fit value.
        connects: whether it connects to a database; otherwise nothing does.
    """
    folder, used = Path(request["folder"]), set[str]()
    written: dict[str, Any] = {}
    try:
        prepare(Path(request["root"]), folder, used, environment=request["environment"])
        if not connects:
            refuse_connections()
        written["found"] = persist(lambda: work(request), folder, used)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever the project raises is the answer
        written["failure"] = failure(error, folder)
    written["placeholders"] = sorted(used)
    Path(result).write_text(json.dumps(written, default=str), encoding="utf-8")


def prepare(root: Path, folder: Path, used: set[str], *, environment: bool) -> None:
    """Import from `root` first, as a server started there does, and fill settings that are missing.

    Args:
        root: the folder imports start from.
        folder: the project's folder.
        used: the names of filled settings are put in here.
        environment: whether variables without a value are filled, too.
    """
    warnings.simplefilter("ignore")
    # Neither the pack nor its package is to be found by what is imported from here on.
    pack = str(Path(__file__).resolve().parents[2])
    sys.path[:] = [str(root), str(folder), *(path for path in sys.path if path != pack)]
    for name in [name for name in sys.modules if name.partition(".")[0] == "toolkit"]:
        del sys.modules[name]
    placeholders.fill_settings(used)
    if environment:
        placeholders.fill_environment(folder, used)


def persist(work: Callable[[], Any], folder: Path, used: set[str]) -> Any:
    """Do something that imports the project's code, again for each variable that is not there or has no fit value."""
    for _ in range(MOST_ROUNDS):
        before = set(sys.modules)
        try:
            return work()
        except Exception as error:
            name = placeholders.missing_variable(error)
            if name is not None:
                os.environ[name] = placeholders.variable(name)
                used.add(name)
            elif not placeholders.try_another(error):
                raise
            for module in set(sys.modules) - before:
                if is_own(getattr(sys.modules[module], "__file__", None) or "", folder):
                    del sys.modules[module]
    return work()


def refuse_connections() -> None:
    """Let imported code make engines and neither tables nor connections: it is looked at, and not run."""
    if importlib.util.find_spec("sqlalchemy") is None:
        return
    from sqlalchemy import MetaData, event
    from sqlalchemy.engine import Engine

    def nothing(*_: Any, **__: Any) -> None:
        return

    def refuse(*_: Any) -> None:
        raise ConnectionRefusedError("importing the code connects to a database: move that into the lifespan")

    MetaData.create_all = MetaData.drop_all = nothing
    event.listen(Engine, "do_connect", refuse)


def is_own(file: str, folder: Path) -> bool:
    """Whether a file is the project's, and not of a library that is installed inside the project's folder."""
    return folder in Path(file).parents and "site-packages" not in file


def attribute(import_name: str, variable: str, *, factory: bool) -> Any:
    """The object a server would be given."""
    found = getattr(importlib.import_module(import_name), variable)
    return found() if factory else found


def failure(error: BaseException, folder: Path) -> dict[str, Any]:
    """What went wrong, where in the project, and whether it is the code or what surrounds it."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if is_own(one.filename, folder)]
    places = [f"{os.path.relpath(one.filename, folder)}:{one.lineno} {one.line or ''}".strip() for one in frames[-3:]]
    names = {kind.__name__ for kind in type(error).__mro__}
    surrounding = bool(names & set(SURROUNDINGS)) or isinstance(error, OSError)
    # A value of ours may be what the code cannot use, whatever it says.
    surrounding |= isinstance(error, ValueError) and placeholders.any_variable()
    lines = str(error).strip().splitlines() or [""]
    if isinstance(error, SyntaxError) and error.filename and is_own(error.filename, folder):
        # Its own words name the file without its folder, and the last frame is the import.
        place = f"{os.path.relpath(error.filename, folder)}:{error.lineno}"
        lines, places = [f"{error.msg} ({place})"], [*places, f"{place} {(error.text or '').strip()}".strip()]
    return {
        "message": f"{type(error).__name__}: {lines[0]}",
        "lines": [*places, *lines[1:6]],
        "surroundings": surrounding,
    }
